package dev.rebound.lookup;

import static dev.rebound.lookup.FakeCluster.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.lookup.StatisticsLookups.Frame;
import dev.rebound.statistics.Counts;
import dev.rebound.statistics.Fact;
import dev.rebound.statistics.Span;
import dev.rebound.statistics.Subject.Kind;
import dev.rebound.statistics.WindowSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is asked of rows of minutes, hours and days is what adding the events up one by one gives. */
class SumsPropertyTest {

    private static final long MINUTE = WindowSize.MINUTE.millis();

    /** Younger than what rows of minutes are kept for. */
    private static final int MINUTES = 2 * 24 * 60;

    private static final List<String> DOMAINS = List.of("a.example", "a.example.com", "b.example", "c.example");

    /** A question: events within the span, of one tenant or all. */
    record Asked(Span span, String tenant) {

        Frame frame() {
            return new Frame(span, tenant);
        }

        boolean takes(Fact fact) {
            Span whole = span.widenedTo(WindowSize.MINUTE);
            return whole.from() <= fact.eventTime()
                    && fact.eventTime() < whole.to()
                    && (tenant == null || tenant.equals(fact.tenant()));
        }
    }

    private static StatisticsLookups lookups(List<Fact> facts) {
        return new FakeCluster(2, 3).counted(facts.toArray(Fact[]::new)).statistics(0);
    }

    private static <K> Map<K, String> summed(List<Fact> facts, Predicate<Fact> taken, Function<Fact, K> by) {
        Map<K, Counts> sums = new TreeMap<>();
        facts.stream().filter(taken).forEach(fact -> sums.computeIfAbsent(by.apply(fact), first -> new Counts())
                .add(fact));
        return texts(sums);
    }

    private static <K> Map<K, String> texts(Map<K, Counts> sums) {
        Map<K, String> texts = new TreeMap<>();
        sums.forEach((key, counts) -> texts.put(key, text(counts)));
        return texts;
    }

    private static String text(Counts counts) {
        List<String> counters = new ArrayList<>();
        for (Counts.Counter counter : Counts.Counter.values()) {
            counters.add(counter + "=" + counts.get(counter));
        }
        return counters + " " + counts.categories() + counts.codes() + counts.providers() + counts.latest();
    }

    @Property(tries = 200)
    void sumsAreThoseOfTheEvents(@ForAll("facts") List<Fact> facts, @ForAll("questions") Asked asked) {
        try (StatisticsLookups lookups = lookups(facts)) {
            assertThat(Map.of("all", text(lookups.totals(asked.frame()).value())))
                    .isEqualTo(
                            facts.stream().anyMatch(asked::takes)
                                    ? summed(facts, asked::takes, fact -> "all")
                                    : Map.of("all", text(new Counts())));
            assertThat(texts(lookups.byName(Kind.DOMAIN, asked.frame()).value()))
                    .isEqualTo(summed(facts, asked::takes, Fact::domain));
            assertThat(texts(lookups.byName(Kind.PROVIDER, asked.frame()).value()))
                    .isEqualTo(
                            summed(facts, asked::takes, fact -> fact.provider() == null ? "unknown" : fact.provider()));
        }
    }

    @Property(tries = 200)
    void namesThatAreSoughtAreThoseOfAFullScan(
            @ForAll("facts") List<Fact> facts, @ForAll("questions") Asked asked, @ForAll("names") List<String> names) {
        try (StatisticsLookups lookups = lookups(facts)) {
            Map<String, String> all =
                    texts(lookups.byName(Kind.DOMAIN, asked.frame()).value());
            all.keySet().retainAll(names);

            assertThat(texts(lookups.byName(Kind.DOMAIN, names, asked.frame()).value()))
                    .isEqualTo(all);
        }
    }

    @Property(tries = 200)
    void windowsAreThoseOfTheEventsAndAddUp(
            @ForAll("facts") List<Fact> facts, @ForAll("questions") Asked asked, @ForAll WindowSize step)
            throws Exception {
        Span whole = asked.span().widenedTo(step);
        Asked widened = new Asked(whole, asked.tenant());
        try (StatisticsLookups lookups = lookups(facts)) {
            TreeMap<Long, Counts> all = lookups.series(asked.frame(), step).value();

            assertThat(texts(all)).isEqualTo(summed(facts, widened::takes, fact -> step.startOf(fact.eventTime())));
            for (String domain : DOMAINS) {
                Map<Long, String> one = texts(
                        lookups.series(Kind.DOMAIN, domain, asked.frame(), step).value());
                assertThat(one)
                        .isEqualTo(summed(
                                facts,
                                fact -> widened.takes(fact) && fact.domain().equals(domain),
                                fact -> step.startOf(fact.eventTime())));
            }
            Counts sum = new Counts();
            all.values().forEach(sum::add);
            assertThat(text(sum)).isEqualTo(text(lookups.totals(widened.frame()).value()));
        }
    }

    @Provide
    Arbitrary<List<Fact>> facts() {
        Arbitrary<Mail> mail = Combinators.combine(
                        Arbitraries.of(DOMAINS),
                        Arbitraries.of("default", "acme", "b"),
                        Arbitraries.of("google", "microsoft").injectNull(0.4),
                        Arbitraries.longs().between(1, MINUTES * MINUTE))
                .as((domain, tenant, provider, age) ->
                        Mail.to(domain).of(tenant).with(provider).at(NOW.minusMillis(age)));
        Arbitrary<Function<Mail, Fact>> outcomes = Arbitraries.of(List.of(
                Mail::delivered,
                Mail::deferred,
                Mail::hard,
                Mail::soft,
                Mail::bouncedLater,
                Mail::expired,
                Mail::complained,
                Mail::notAttempted));
        return Combinators.combine(mail, outcomes)
                .as((to, outcome) -> outcome.apply(to))
                .list()
                .ofMaxSize(40);
    }

    @Provide
    Arbitrary<Asked> questions() {
        Arbitrary<Long> ends = Arbitraries.oneOf(
                Arbitraries.longs().between(0, MINUTES).map(minute -> minute * MINUTE),
                Arbitraries.longs().between(0, MINUTES * MINUTE));
        Arbitrary<Span> spans = Combinators.combine(ends, ends)
                .as((one, other) -> new Span(
                        NOW.toEpochMilli() - Math.max(one, other) - MINUTE, NOW.toEpochMilli() - Math.min(one, other)));
        return Combinators.combine(
                        spans, Arbitraries.of("default", "acme", "nobody").injectNull(0.5))
                .as(Asked::new);
    }

    @Provide
    Arbitrary<List<String>> names() {
        return Arbitraries.oneOf(Arbitraries.of(DOMAINS), Arbitraries.of("a.exampl", "d.example", "z"))
                .list()
                .uniqueElements()
                .ofMinSize(1)
                .ofMaxSize(4);
    }
}
