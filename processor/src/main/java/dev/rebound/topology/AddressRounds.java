package dev.rebound.topology;

import dev.rebound.suppress.Decision;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.BiConsumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Goes round all addresses, some at a time: decides about all anew where the policies have changed since the last round, and once a
 * day drops what has become too old to matter. On its way it finds out which rows there are.
 */
final class AddressRounds {

    /** So many are looked at in one go: a transaction must stay short. */
    private static final int AT_ONCE = 5_000;

    /** For so long at a time: events wait meanwhile. */
    private static final long LONGEST_STEP_NANOS = Duration.ofMillis(50).toNanos();

    private static final Duration BETWEEN = Duration.ofDays(1);

    private final KeyValueStore<byte[], byte[]> addresses;
    private final DueAddresses due;
    private final KnownRows known;
    private final Duration forgetAfter;
    private final byte[] revision;
    private boolean decides;
    private boolean begun;
    private byte[] next;
    private long nextRoundAt = Long.MIN_VALUE;

    AddressRounds(
            KeyValueStore<byte[], byte[]> addresses, DueAddresses due, KnownRows known, SuppressionSettings settings) {
        this.addresses = addresses;
        this.due = due;
        this.known = known;
        this.forgetAfter = settings.forgetAfter();
        this.revision = settings.policies().revision().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * To be called before anything is decided. Finds out whether the policies have changed, and notes in that case that rows are being
     * decided about by new ones: whoever goes back to the old ones before the round is through has to decide about all of them again.
     */
    void begin() {
        if (begun) {
            return;
        }
        begun = true;
        decides = !Arrays.equals(revision, due.revision());
        if (decides) {
            due.revision(null);
        }
    }

    /**
     * Looks at the next addresses, when a round is under way or due.
     *
     * @param decide decides about a row anew
     */
    void step(long now, BiConsumer<byte[], StoredAddress> decide) {
        boolean underWay = decides || next != null;
        if (!underWay && now < nextRoundAt) {
            return;
        }
        long begin = System.nanoTime();
        byte[] from = next;
        if (from == null) {
            known.begin();
        }
        next = null;
        try (KeyValueIterator<byte[], byte[]> rows = addresses.range(from, null)) {
            for (int i = 0; rows.hasNext(); i++) {
                KeyValue<byte[], byte[]> row = rows.next();
                if (decides && i == AT_ONCE || i % 100 == 99 && System.nanoTime() - begin > LONGEST_STEP_NANOS) {
                    next = row.key;
                    return;
                }
                look(row.key, row.value, now, decide);
            }
        }
        end(now);
    }

    private void look(byte[] row, byte[] value, long now, BiConsumer<byte[], StoredAddress> decide) {
        if (!decides && StoredAddress.touchedAt(value) >= now - forgetAfter.toMillis()) {
            known.add(row);
            return;
        }
        StoredAddress stored = StoredAddress.fromBytes(value);
        if (isTooOld(stored, now)) {
            addresses.delete(row);
            due.move(row, stored.due(), Decision.NEVER);
            return;
        }
        known.add(row);
        if (decides) {
            decide.accept(row, stored);
        }
    }

    private void end(long now) {
        nextRoundAt = now + BETWEEN.toMillis();
        known.end();
        if (decides) {
            decides = false;
            due.revision(revision);
        }
    }

    /** What somebody decided is kept for good; so is a removal, behind which old evidence counts no more. */
    private boolean isTooOld(StoredAddress stored, long now) {
        long limit = now - forgetAfter.toMillis();
        return stored.told() == 0
                && stored.history().commands().isEmpty()
                && stored.history().removal() == null
                && stored.touchedAt() < limit
                && stored.history().latestEvidence() < limit;
    }
}
