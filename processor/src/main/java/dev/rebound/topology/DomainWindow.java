package dev.rebound.topology;

import java.time.Duration;
import java.time.Instant;

/**
 * One receiving domain in one window of event time.
 *
 * @param tenant whose mail
 * @param domain receiving domain in A-label form
 * @param size length of the window
 * @param start first moment of the window
 */
record DomainWindow(String tenant, String domain, Duration size, Instant start) {

    static DomainWindow around(String tenant, String domain, Duration size, Instant eventTime) {
        long millis = size.toMillis();
        long start = Math.floorDiv(eventTime.toEpochMilli(), millis) * millis;
        return new DomainWindow(tenant, domain, size, Instant.ofEpochMilli(start));
    }

    /** Reads a key; none of its parts but the domain's own text can hold a {@code |}, and that neither. */
    static DomainWindow parse(String key) {
        String[] parts = key.split("\\|");
        return new DomainWindow(parts[0], parts[1], Duration.parse(parts[2]), Instant.parse(parts[3]));
    }

    /** {@code tenant|domain|size|start}, size and start in ISO 8601. */
    String key() {
        return tenant + '|' + domain + '|' + size + '|' + start;
    }
}
