package dev.rebound.topology;

import dev.rebound.suppress.Decision;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Goes round all addresses, some at a time: decides about all anew where the policies have changed since the last start, and once a
 * day drops what has become too old to matter.
 */
final class AddressRounds {

    /** So many are looked at in one go: a transaction must stay short. */
    private static final int AT_ONCE = 5_000;

    private static final Duration BETWEEN = Duration.ofDays(1);

    private final KeyValueStore<byte[], byte[]> addresses;
    private final DueAddresses due;
    private final Duration forgetAfter;
    private final byte[] revision;
    private boolean decides;
    private byte[] next;
    private boolean under;
    private long nextRoundAt;

    AddressRounds(KeyValueStore<byte[], byte[]> addresses, DueAddresses due, SuppressionSettings settings) {
        this.addresses = addresses;
        this.due = due;
        this.forgetAfter = settings.forgetAfter();
        this.revision = settings.policies().revision().getBytes(StandardCharsets.UTF_8);
        this.decides = !Arrays.equals(revision, due.revision());
        this.under = decides;
        this.nextRoundAt = Long.MIN_VALUE;
    }

    /**
     * Looks at the next addresses, when a round is under way or due.
     *
     * @param decide decides about a row anew
     */
    void step(long now, BiConsumer<byte[], StoredAddress> decide) {
        if (!under) {
            if (now < nextRoundAt) {
                return;
            }
            under = true;
        }
        List<KeyValue<byte[], byte[]>> rows = nextRows();
        for (KeyValue<byte[], byte[]> row : rows) {
            StoredAddress stored = StoredAddress.fromBytes(row.value);
            if (isTooOld(stored, now)) {
                addresses.delete(row.key);
                due.move(row.key, stored.due(), Decision.NEVER);
            } else if (decides) {
                decide.accept(row.key, stored);
            }
        }
        if (next == null) {
            end(now);
        }
    }

    private void end(long now) {
        under = false;
        nextRoundAt = now + BETWEEN.toMillis();
        if (decides) {
            decides = false;
            due.revision(revision);
        }
    }

    private List<KeyValue<byte[], byte[]>> nextRows() {
        List<KeyValue<byte[], byte[]>> rows = new ArrayList<>();
        try (KeyValueIterator<byte[], byte[]> all = addresses.range(next, null)) {
            next = null;
            while (all.hasNext()) {
                KeyValue<byte[], byte[]> row = all.next();
                if (rows.size() == AT_ONCE) {
                    next = row.key;
                    break;
                }
                rows.add(row);
            }
        }
        return rows;
    }

    /** What somebody decided is kept for good; so is a removal, behind which old evidence counts no more. */
    private boolean isTooOld(StoredAddress stored, long now) {
        long limit = now - forgetAfter.toMillis();
        return stored.told() == 0
                && stored.history().commands().isEmpty()
                && stored.history().removal() == null
                && stored.touchedAt() < limit
                && stored.history().latest() < limit;
    }
}
