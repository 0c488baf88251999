package dev.rebound.compare;

import dev.rebound.compare.Comparison.Suppressions;
import dev.rebound.schema.Suppression;
import dev.rebound.serde.AvroDecoder;
import dev.rebound.serde.UndecodableException;
import dev.rebound.serde.WriterSchemas;
import dev.rebound.suppress.Decision;
import dev.rebound.suppress.Erasure;
import dev.rebound.suppress.History;
import dev.rebound.suppress.SuppressionKey;
import dev.rebound.topology.AddressHistories;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Compares whom two sides suppress, as of a moment. Feeds and histories of both are gathered in a table on disk, by their key; a side that
 * has come to its end decides anew, so that time which has passed since makes no difference.
 */
final class SuppressionComparison {

    /** Columns of the table; those of the second side follow. */
    private static final int FEED = 0;

    private static final int HISTORY = 1;
    private static final int COLUMNS_OF_SIDE = 2;

    private static final byte INSIDE = -1;
    private static final Outside[] REASONS = Outside.values();

    private final Side[] sides;
    private final Scope scope;
    private final Instant now;
    private final Meter meter;
    private final AvroDecoder<Suppression> decoder;
    private final Rows rows;
    private final Map<Outside, Long> outside = new EnumMap<>(Outside.class);
    private final List<SuppressionDifference> listed = new ArrayList<>();
    private final int mostListed;
    private final long[] kinds = new long[SuppressionDifference.Kind.values().length];
    private long same;
    private long unreadable;

    /** @param table empty */
    SuppressionComparison(
            Side before, Side after, Scope scope, Settings settings, WriterSchemas schemas, Table table, Meter meter) {
        this.sides = new Side[] {before, after};
        this.scope = scope;
        this.now = settings.now();
        this.mostListed = settings.listed();
        this.meter = meter;
        this.decoder = new AvroDecoder<>(schemas, Suppression.getClassSchema());
        this.rows = new Rows(table, COLUMNS_OF_SIDE * sides.length);
    }

    /** Takes a record of a side's feed. @param side 0 or 1 */
    void feed(int side, byte[] key, byte[] value) {
        rows.put(column(side, FEED), key, value);
    }

    /** What is known of addresses is needed of a side. */
    boolean needsHistory(int side) {
        return !sides[side].live() || !scope.complete();
    }

    /** Takes a record of what a side knows of addresses. Of one that is live, only whether it can be compared is kept. */
    void history(int side, byte[] key, byte[] value) {
        byte[] kept = value == null || !sides[side].live() ? value : new byte[] {standing(value)};
        rows.put(column(side, HISTORY), key, kept);
    }

    private byte standing(byte[] value) {
        try {
            Outside reason = Outside.of(AddressHistories.parse(value), scope);
            return reason == null ? INSIDE : (byte) reason.ordinal();
        } catch (UncheckedIOException e) {
            unreadable++;
            return (byte) Outside.EVIDENCE.ordinal();
        }
    }

    private static int column(int side, int column) {
        return side * COLUMNS_OF_SIDE + column;
    }

    /** Compares what was taken. @param each takes the differences, in the order of their keys */
    Suppressions compare(Consumer<SuppressionDifference> each) {
        rows.forEach((key, columns) -> compare(key, columns, each));
        return new Suppressions(
                same,
                kinds[SuppressionDifference.Kind.ADDED.ordinal()],
                kinds[SuppressionDifference.Kind.LIFTED.ordinal()],
                kinds[SuppressionDifference.Kind.CHANGED.ordinal()],
                outside.values().stream().mapToLong(Long::longValue).sum(),
                Collections.unmodifiableMap(outside),
                unreadable,
                List.copyOf(listed));
    }

    private void compare(byte[] bytes, byte[][] columns, Consumer<SuppressionDifference> each) {
        meter.check();
        Found before;
        Found after;
        SuppressionKey key;
        try {
            key = SuppressionKey.parse(new String(bytes, StandardCharsets.UTF_8));
            before = found(0, key, columns);
            after = found(1, key, columns);
        } catch (UndecodableException | UncheckedIOException | IllegalArgumentException e) {
            // Says nothing of the key: it holds an address.
            unreadable++;
            return;
        }
        if (before.suppression() == null && after.suppression() == null) {
            return;
        }
        Outside reason = !scope.recipients().test(key)
                ? Outside.FILTERED
                : before.outside() == null ? after.outside() : before.outside();
        if (reason != null) {
            outside.merge(reason, 1L, Long::sum);
        } else if (SuppressionDifference.isSame(before.suppression(), after.suppression())) {
            same++;
        } else if (before.suppression() == null && isErased(key)) {
            outside.merge(Outside.ERASED, 1L, Long::sum);
        } else {
            tell(new SuppressionDifference(key, before.suppression(), after.suppression()), each);
        }
    }

    /**
     * What a side has of a key.
     *
     * @param suppression in force at the moment of the comparison; null for none
     * @param outside why it cannot be compared; null when it can be
     */
    private record Found(Suppression suppression, Outside outside) {}

    private Found found(int side, SuppressionKey key, byte[][] columns) throws UndecodableException {
        byte[] feed = columns[column(side, FEED)];
        byte[] known = columns[column(side, HISTORY)];
        if (known == null) {
            return new Found(inForce(feed), null);
        }
        if (sides[side].live()) {
            return new Found(inForce(feed), known[0] == INSIDE ? null : REASONS[known[0]]);
        }
        History history = AddressHistories.parse(known);
        Decision decision =
                Decision.of(key, history, sides[side].policies().of(key.list().tenant()), now.toEpochMilli());
        return new Found(decision.suppression(), scope.complete() ? null : Outside.of(history, scope));
    }

    /** The first side has a stand-in for the address, on its list or on that of the whole tenant. */
    private boolean isErased(SuppressionKey key) {
        Optional<Erasure> erasure = sides[0].config().erasure();
        if (erasure.isEmpty() || key.isErased() || key.isDomain()) {
            return false;
        }
        String standIn = erasure.get().standIn(key.address());
        return Stream.of(key.list(), key.list().wholeTenant())
                .anyMatch(list -> rows.get(column(0, FEED), new SuppressionKey(list, standIn).bytes()) != null);
    }

    private Suppression inForce(byte[] value) throws UndecodableException {
        if (value == null) {
            return null;
        }
        Suppression suppression = decoder.decode(value);
        boolean ended =
                suppression.getExpires() != null && !suppression.getExpires().isAfter(now);
        return ended ? null : suppression;
    }

    private void tell(SuppressionDifference difference, Consumer<SuppressionDifference> each) {
        kinds[difference.kind().ordinal()]++;
        meter.differs();
        if (listed.size() < mostListed) {
            listed.add(difference);
        }
        each.accept(difference);
    }
}
