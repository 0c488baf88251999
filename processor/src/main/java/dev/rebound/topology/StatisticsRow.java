package dev.rebound.topology;

import dev.rebound.schema.DomainStats;
import dev.rebound.schema.ProviderStats;
import dev.rebound.schema.QuantileSummary;
import dev.rebound.statistics.Counts;
import dev.rebound.statistics.Counts.Counter;
import dev.rebound.statistics.Details;
import dev.rebound.statistics.Quantiles;
import dev.rebound.statistics.RowKey;
import dev.rebound.statistics.Subject;
import java.time.Instant;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * One subject in one window as it is now, for the topics.
 *
 * @param key subject and window
 * @param part number of the part, from 0
 * @param counts the counters
 * @param details what is known beside; null for windows that have only counts
 */
record StatisticsRow(RowKey key, int part, Counts counts, Details details) {

    /** {@code tenant|name|size|start}, and {@code |part} for parts above 0. */
    String recordKey() {
        return part == 0 ? key.text() : key.text() + '|' + part;
    }

    boolean isOf(Subject.Kind kind) {
        return key.subject().kind() == kind;
    }

    DomainStats domainStats() {
        return DomainStats.newBuilder()
                .setTenant(key.subject().tenant())
                .setDomain(key.subject().name())
                .setProvider(counts.provider())
                .setWindowSize(key.size().text())
                .setWindowStart(Instant.ofEpochMilli(key.start()))
                .setPart(part)
                .setDelivered(counts.get(Counter.DELIVERED))
                .setDeferred(counts.get(Counter.DEFERRED))
                .setSoft(counts.get(Counter.SOFT))
                .setHard(counts.get(Counter.HARD))
                .setComplained(counts.get(Counter.COMPLAINED))
                .setNotAttempted(counts.get(Counter.NOT_ATTEMPTED))
                .setUnclassified(counts.get(Counter.UNCLASSIFIED))
                .setExpired(counts.get(Counter.EXPIRED))
                .setAsynchronous(counts.get(Counter.ASYNCHRONOUS))
                .setBlocked(counts.get(Counter.BLOCKED))
                .setCategories(Map.copyOf(counts.categories()))
                .setTimeToDeliver(details == null ? null : summary(details.timeToDeliver()))
                .setAttemptsPerMessage(details == null ? null : summary(details.attempts()))
                .setRecipients(details == null ? null : details.recipients().count())
                .build();
    }

    /** The same figures as of a domain, under the name of a provider. */
    ProviderStats providerStats() {
        DomainStats figures = domainStats();
        ProviderStats stats = new ProviderStats();
        for (Schema.Field field : ProviderStats.getClassSchema().getFields()) {
            boolean isName = field.name().equals("provider");
            stats.put(field.pos(), isName ? key.subject().name() : figures.get(field.name()));
        }
        return stats;
    }

    private static QuantileSummary summary(Quantiles values) {
        return values.count() == 0
                ? null
                : new QuantileSummary(values.count(), values.at(0.5), values.at(0.9), values.at(0.99));
    }
}
