package dev.rebound.suppress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.classify.Categories;
import dev.rebound.classify.Category;
import dev.rebound.schema.BounceType;
import dev.rebound.schema.Classification;
import dev.rebound.schema.Confidence;
import dev.rebound.schema.Correlation;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.schema.Layer;
import dev.rebound.schema.Outcome;
import dev.rebound.schema.Scope;
import dev.rebound.schema.Suppression;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Builders;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a policy says, and whatever happens: what is not the recipient's trouble suppresses nobody. */
class PolicyPropertyTest {

    private static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");
    private static final Set<Outcome> FAILURES = EnumSet.of(Outcome.BOUNCED, Outcome.EXPIRED, Outcome.COMPLAINED);

    /** A classified event. */
    private record Happened(DeliveryEvent event, Classification classification) {

        boolean isTheRecipients() {
            return FAILURES.contains(event.getOutcome())
                    && Evidence.SCOPES.contains(Evidence.scope(classification.getCategory()));
        }
    }

    @Property(tries = 2_000)
    void onlyFailuresOfRecipientAndDomainAreEverEvidence(
            @ForAll("policies") Policy policy, @ForAll("histories") List<Happened> happened) {
        suppressions(policy, happened).forEach(suppression -> assertThat(suppression.getEvidence())
                .isNotEmpty()
                .allSatisfy(found -> {
                    assertThat(Evidence.scope(found.getCategory())).isIn(Scope.RECIPIENT, Scope.DOMAIN);
                    assertThat(Outcome.valueOf(found.getOutcome())).isIn(FAILURES);
                }));
    }

    @Property(tries = 2_000)
    void withoutAFailureOfRecipientOrDomainNobodyIsSuppressed(
            @ForAll("policies") Policy policy, @ForAll("histories") List<Happened> happened) {
        List<Happened> rest =
                happened.stream().filter(one -> !one.isTheRecipients()).toList();

        assertThat(suppressions(policy, rest)).isEmpty();
    }

    /** Guards the two above against policies under which nothing ever happens. */
    @Property(tries = 200)
    void theSameFailureOfARecipientDoesSuppressUnderTheBluntestRule(@ForAll("histories") List<Happened> happened) {
        Policy blunt = Policy.of(
                "blunt",
                Duration.ZERO,
                List.of(rule(
                        2,
                        List.of(condition(Set.of(), null, Set.of(), Set.of(), Set.of(), null, null)),
                        1,
                        0,
                        1,
                        false,
                        Rule.OnDelivery.IGNORED)));

        assertThat(suppressions(blunt, happened).isEmpty())
                .isEqualTo(happened.stream()
                        .noneMatch(one -> one.isTheRecipients() && one.event.getOutcome() != Outcome.COMPLAINED));
    }

    private static List<Suppression> suppressions(Policy policy, List<Happened> happened) {
        List<Item> items = new ArrayList<>();
        happened.forEach(one -> Items.of(one.event, one.classification, new Items.Source("t", 0, 0, Long.MAX_VALUE))
                .ifPresent(items::add));
        List<Suppression> all = new ArrayList<>();
        for (String stream : new String[] {null, "news"}) {
            SuppressionKey key = new SuppressionKey(new SuppressionList("acme", stream), "kim@example.org");
            Playback.of(key, items, policy).stream()
                    .map(Playback.Change::suppression)
                    .filter(Objects::nonNull)
                    .forEach(all::add);
        }
        return all;
    }

    @Provide
    Arbitrary<List<Happened>> histories() {
        Arbitrary<DeliveryEvent> events = Builders.withBuilder(
                        () -> DeliveryEvent.newBuilder().setRecipient("kim@example.org"))
                .use(Arbitraries.integers().between(0, 1_000_000))
                .in((event, id) -> event.setEventId("e" + id))
                .use(Arbitraries.integers().between(0, 120 * 24))
                .in((event, hours) -> event.setEventTime(BEGINNING.plus(Duration.ofHours(hours))))
                .use(Arbitraries.of(EnumSet.complementOf(EnumSet.of(Outcome.UNKNOWN))))
                .in(DeliveryEvent.Builder::setOutcome)
                .use(Arbitraries.of(true, false).injectNull(0.5))
                .in(DeliveryEvent.Builder::setAsynchronous)
                .use(Arbitraries.of(Correlation.class))
                .in(DeliveryEvent.Builder::setCorrelation)
                .use(Arbitraries.of("m1", "m2", "m3").injectNull(0.5))
                .in(DeliveryEvent.Builder::setMessageId)
                .use(Arbitraries.of("news", "receipts").injectNull(0.5))
                .in(DeliveryEvent.Builder::setStream)
                .build(DeliveryEvent.Builder::build);
        // Categories that a sender of records made up, too: they are of no known scope.
        Arbitrary<Classification> classifications = Combinators.combine(
                        Arbitraries.of(names()),
                        Arbitraries.of(BounceType.class),
                        Arbitraries.of(0, 4, 5),
                        Arbitraries.of(true, false),
                        Arbitraries.of("google", "microsoft").injectNull(0.5))
                .as(PolicyPropertyTest::classification);
        return Combinators.combine(events, classifications)
                .as(Happened::new)
                .list()
                // One id is one event.
                .uniqueElements(one -> one.event().getEventId())
                .ofMaxSize(40);
    }

    private static List<String> names() {
        List<String> names = new ArrayList<>(Categories.shipped().names());
        names.add("MADE_UP");
        return names;
    }

    private static Classification classification(
            String category, BounceType type, int statusClass, boolean gone, String provider) {
        return Classification.newBuilder()
                .setStatusClass(statusClass == 0 ? null : statusClass)
                .setBounceType(type)
                .setCategory(category)
                // What a record claims about scope is not what counts.
                .setScope(Scope.RECIPIENT)
                .setRecipientGone(gone)
                .setConfidence(Confidence.HIGH)
                .setLayer(Layer.EXACT)
                .setEnhancedCode(statusClass == 0 ? null : statusClass + ".1.1")
                .setProvider(provider)
                .setTablePosition(0)
                .setReceivingDomain("example.org")
                .build();
    }

    @Provide
    Arbitrary<Policy> policies() {
        Arbitrary<Set<String>> categories = Arbitraries.of(Categories.shipped().all().stream()
                        .filter(category -> Evidence.SCOPES.contains(category.scope()))
                        .map(Category::name)
                        .toList())
                .set()
                .ofMaxSize(4);
        Arbitrary<Condition> conditions = Combinators.combine(
                        Arbitraries.of(FAILURES).set(),
                        Arbitraries.of(BounceType.HARD, BounceType.SOFT).injectNull(0.7),
                        categories,
                        Arbitraries.of(Evidence.SCOPES).set(),
                        Arbitraries.of(0, 4, 5).set(),
                        Arbitraries.of(true, false).injectNull(0.7),
                        Arbitraries.of(true, false).injectNull(0.7))
                .as(PolicyPropertyTest::condition);
        Arbitrary<Rule> rules = Combinators.combine(
                        Arbitraries.integers().between(0, 1_000_000),
                        conditions.list().ofMinSize(1).ofMaxSize(3),
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.of(0, 1, 24, 72),
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.of(true, false),
                        Arbitraries.of(Rule.OnDelivery.class))
                .as(PolicyPropertyTest::rule);
        return Combinators.combine(
                        Arbitraries.of(0, 1, 24).map(Duration::ofHours),
                        rules.list().uniqueElements(Rule::id).ofMinSize(1).ofMaxSize(4))
                .as((settles, list) -> Policy.of("any", settles, list));
    }

    private static Condition condition(
            Set<Outcome> outcomes,
            BounceType type,
            Set<String> categories,
            Set<Scope> scopes,
            Set<Integer> classes,
            Boolean gone,
            Boolean uncorrelated) {
        return new Condition(
                new TreeSet<>(outcomes),
                type,
                new TreeSet<>(categories),
                new TreeSet<>(scopes),
                new TreeSet<>(classes),
                List.of(),
                new TreeSet<>(),
                gone,
                uncorrelated);
    }

    private static Rule rule(
            int number,
            List<Condition> when,
            int failures,
            int hoursApart,
            int times,
            boolean consecutive,
            Rule.OnDelivery delivery) {
        List<Duration> lasts =
                List.of(Duration.ofDays(1), Duration.ofDays(30), Rule.FOR_EVER).subList(3 - times, 3);
        return new Rule(
                "rule-" + number,
                when,
                failures,
                Duration.ofHours(hoursApart),
                null,
                Duration.ofHours(number % 2 * 48),
                consecutive,
                lasts,
                delivery,
                number % 3 == 0 ? Rule.Level.STREAM : Rule.Level.TENANT,
                "");
    }
}
