package dev.rebound.metrics;

import dev.rebound.lookup.Measure;
import dev.rebound.lookup.StatisticsLookups;
import dev.rebound.lookup.StatisticsLookups.Frame;
import dev.rebound.lookup.UnavailableException;
import dev.rebound.statistics.Counts;
import dev.rebound.statistics.Counts.Counter;
import dev.rebound.statistics.Span;
import dev.rebound.statistics.Subject.Kind;
import dev.rebound.statistics.WindowSize;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happened in this hour and the one before at the domains and providers with most mail, of those that the instance
 * processes. Only so many have series; the statistics themselves have all.
 */
final class SubjectMeters {

    private static final Logger LOG = LoggerFactory.getLogger(SubjectMeters.class);
    private static final List<Counter> OUTCOMES =
            List.of(Counter.DELIVERED, Counter.DEFERRED, Counter.SOFT, Counter.HARD, Counter.COMPLAINED);

    private final StatisticsLookups lookups;
    private final Clock clock;
    private final int top;
    private final MultiGauge domains;
    private final MultiGauge providers;

    /** @param top so many domains, and so many providers, have series */
    SubjectMeters(MeterRegistry registry, StatisticsLookups lookups, Clock clock, int top) {
        this.lookups = lookups;
        this.clock = clock;
        this.top = top;
        this.domains = MultiGauge.builder("rebound.domain.events")
                .description(
                        "Events of this hour and the one before at the receiving domains with most mail, by event time.")
                .register(registry);
        this.providers = MultiGauge.builder("rebound.provider.events")
                .description("Events of this hour and the one before at the providers with most mail, by event time.")
                .register(registry);
    }

    /** Takes the numbers as they are now; without a change when they cannot be had. */
    void refresh() {
        // Whole hours, of which there are fewer rows than of minutes.
        long hour = WindowSize.HOUR.startOf(clock.millis());
        Frame hours = new Frame(new Span(hour - WindowSize.HOUR.millis(), hour + WindowSize.HOUR.millis()), null);
        try {
            domains.register(rows("domain", lookups.processedHere(Kind.DOMAIN, hours)), true);
            providers.register(rows("provider", lookups.processedHere(Kind.PROVIDER, hours)), true);
        } catch (UnavailableException e) {
            if (e.why() == UnavailableException.Why.TOO_MUCH) {
                LOG.warn("Metrics of domains stay as they were: {}", e.getMessage());
            }
        } catch (RuntimeException e) {
            // One that is thrown out of a scheduled task would end all further ones.
            LOG.warn("Metrics of domains could not be taken", e);
        }
    }

    private List<MultiGauge.Row<?>> rows(String label, Map<String, Counts> subjects) {
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        subjects.entrySet().stream()
                .sorted(Map.Entry.<String, Counts>comparingByValue(Measure.ATTEMPTS.highestFirst())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(top)
                .forEach(subject -> OUTCOMES.forEach(outcome -> rows.add(MultiGauge.Row.of(
                        Tags.of(
                                label,
                                subject.getKey(),
                                "outcome",
                                outcome.name().toLowerCase(Locale.ROOT)),
                        subject.getValue().get(outcome)))));
        return rows;
    }
}
