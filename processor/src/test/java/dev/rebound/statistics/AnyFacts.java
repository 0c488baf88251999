package dev.rebound.statistics;

import dev.rebound.classify.AnyEvents;
import dev.rebound.classify.Categories;
import dev.rebound.classify.Category;
import dev.rebound.schema.BounceType;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.schema.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Facts for tests: plain ones to build on, and any for property tests. */
final class AnyFacts {

    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    /** As many as a row keeps replies of, or fewer: what is dropped depends on the order. */
    private static final List<String> PHRASES = List.of(
            "550 5.1.1 no such user ID",
            "452 4.2.2 mailbox full",
            "421 4.7.0 [TSS04] from ID later",
            "ID",
            "é \ud83d\ude00 ID",
            "550 ID ID",
            "#",
            "j***@example.com is ID");

    private AnyFacts() {}

    /** A fact to be made: a delivery of which nothing else is known, but for what a test says. */
    static final class Plain {

        private Outcome outcome = Outcome.DELIVERED;
        private BounceType type = BounceType.NONE;
        private String category = "DELIVERED";
        private String code;
        private boolean asynchronous;
        private boolean blocked;
        private long timeToDeliver = -1;
        private long attempts = -1;
        private String recipient = "someone@example.com";
        private String reply;
        private Instant at = NOON;

        Plain of(Outcome outcome, BounceType type, String category) {
            this.outcome = outcome;
            this.type = type;
            this.category = category;
            return this;
        }

        Plain code(String code) {
            this.code = code;
            return this;
        }

        Plain asynchronous() {
            this.asynchronous = true;
            return this;
        }

        Plain blocked() {
            this.blocked = true;
            return this;
        }

        Plain timeToDeliver(long millis) {
            this.timeToDeliver = millis;
            return this;
        }

        Plain attempts(long attempts) {
            this.attempts = attempts;
            return this;
        }

        Plain recipient(String recipient) {
            this.recipient = recipient;
            return this;
        }

        Plain reply(String reply) {
            this.reply = reply;
            return this;
        }

        Plain at(Instant at) {
            this.at = at;
            return this;
        }

        Fact fact() {
            return new Fact(
                    "default",
                    "example.com",
                    "google",
                    at.toEpochMilli(),
                    outcome,
                    type,
                    category,
                    code,
                    asynchronous,
                    blocked,
                    timeToDeliver,
                    attempts,
                    Distinct.token(recipient.getBytes(StandardCharsets.UTF_8), 0),
                    reply);
        }
    }

    /** A delivery of which nothing else is known. */
    static Plain delivery() {
        return new Plain();
    }

    /** A deferral that the receiver told the reason of. */
    static Plain deferral(String reply) {
        return new Plain()
                .of(Outcome.DEFERRED, BounceType.NONE, "RATE_LIMITED")
                .code("4.7.0")
                .blocked()
                .reply(reply);
    }

    /** Anything that a fact can hold. Values come from small sets now and then, so that there is something to add up. */
    static Arbitrary<Fact> facts() {
        Arbitrary<String> replies = Combinators.combine(
                        Arbitraries.of(PHRASES), Arbitraries.longs().between(1000, 1003))
                .as((phrase, id) -> phrase.replace("ID", Long.toString(id)))
                .injectNull(0.3);
        Arbitrary<String> categories = Arbitraries.of(
                Categories.shipped().all().stream().map(Category::name).toList());
        Arbitrary<Long> times = Arbitraries.oneOf(
                Arbitraries.longs(),
                Arbitraries.longs().between(0, 2).map(minute -> NOON.toEpochMilli() + minute * 30_000));
        Arbitrary<Result> results = Combinators.combine(outcomes(), categories, codes(), booleans(), booleans())
                .as(Result::new);
        Arbitrary<Numbers> numbers = Combinators.combine(
                        Arbitraries.oneOf(
                                Arbitraries.of(-1L, 0L, 1L, Long.MAX_VALUE - 1),
                                Arbitraries.longs().between(0, 500_000_000)),
                        Arbitraries.longs().between(-1, 40),
                        tokens())
                .as(Numbers::new);
        return Combinators.combine(
                        Arbitraries.of("default", "acme", "müller"),
                        Arbitraries.of("example.com", "example.org", "xn--bcher-kva.example"),
                        Arbitraries.of("google", "microsoft").injectNull(0.4),
                        times,
                        results,
                        numbers,
                        Arbitraries.of(BounceType.HARD, BounceType.SOFT),
                        replies)
                .as((tenant, domain, provider, time, result, number, type, reply) -> new Fact(
                        tenant,
                        domain,
                        provider,
                        time,
                        result.outcome,
                        result.outcome == Outcome.BOUNCED || result.outcome == Outcome.EXPIRED ? type : BounceType.NONE,
                        result.category,
                        result.code,
                        result.asynchronous,
                        result.blocked,
                        number.timeToDeliver,
                        number.attempts,
                        number.recipient,
                        reply));
    }

    private record Result(Outcome outcome, String category, String code, boolean asynchronous, boolean blocked) {}

    private record Numbers(long timeToDeliver, long attempts, int recipient) {}

    /** Of a few recipients, and of any. */
    static Arbitrary<Integer> tokens() {
        return Arbitraries.oneOf(Arbitraries.longs(), Arbitraries.longs().between(0, 20))
                .map(recipient -> Distinct.token(Long.toString(recipient).getBytes(StandardCharsets.UTF_8), 0));
    }

    private static Arbitrary<Boolean> booleans() {
        return Arbitraries.of(true, false);
    }

    private static Arbitrary<Outcome> outcomes() {
        return Arbitraries.of(Arrays.stream(Outcome.values())
                .filter(outcome -> outcome != Outcome.UNKNOWN)
                .toList());
    }

    /** Fewer than are told apart. */
    private static Arbitrary<String> codes() {
        List<String> codes = List.of("5.1.1", "5.7.1", "4.2.2", "550", "421");
        return Arbitraries.of(codes).injectNull(0.3);
    }

    /** Any text, halves of surrogate pairs left out: they have no UTF-8. */
    static Arbitrary<String> texts() {
        return AnyEvents.texts().map(text -> new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
    }

    /** Anything that an event can say of what statistics take from it. */
    static Arbitrary<DeliveryEvent> events() {
        return Combinators.combine(
                        AnyEvents.events().filter(event -> event.getOutcome() != Outcome.UNKNOWN),
                        texts().injectNull(0.1),
                        AnyEvents.moments().injectNull(0.3),
                        Arbitraries.integers().injectNull(0.3),
                        Arbitraries.of(true, false).injectNull(0.3))
                .as((event, reply, queued, attempt, asynchronous) -> DeliveryEvent.newBuilder(event)
                        .setTenant("acme")
                        .setReply(reply)
                        .setQueuedAt(queued)
                        .setAttempt(attempt)
                        .setAsynchronous(asynchronous)
                        .build());
    }
}
