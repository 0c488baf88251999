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
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
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

    /** What live knows of an address that can be compared. */
    private static final byte[] INSIDE = {};

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

    /**
     * Takes a record of what a side knows of addresses. Of one that is live, only whether it can be compared is kept, and all where something
     * that came later is why it cannot.
     */
    void history(int side, byte[] key, byte[] value) {
        byte[] kept = value == null || !sides[side].live() ? value : standing(value);
        rows.put(column(side, HISTORY), key, kept);
    }

    private byte[] standing(byte[] value) {
        try {
            Outside reason = Outside.of(AddressHistories.parse(value), scope);
            if (reason == null) {
                return INSIDE;
            }
            byte[] known = reason == Outside.EVIDENCE ? INSIDE : value;
            return ByteBuffer.allocate(1 + known.length)
                    .put((byte) reason.ordinal())
                    .put(known)
                    .array();
        } catch (IllegalArgumentException e) {
            unreadable++;
            return new byte[] {(byte) Outside.EVIDENCE.ordinal()};
        }
    }

    private static int column(int side, int column) {
        return side * COLUMNS_OF_SIDE + column;
    }

    /**
     * Compares what was taken.
     *
     * @param each takes the differences, in the order of their keys
     * @param overtaken takes, likewise, those of recipients whom the second side would change had the first not learnt something later; they
     *     are not counted then. Null: they are counted as outside
     */
    Suppressions compare(Consumer<SuppressionDifference> each, Consumer<SuppressionDifference> overtaken) {
        rows.forEach((key, columns) -> compare(key, columns, each, overtaken));
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

    private void compare(
            byte[] bytes,
            byte[][] columns,
            Consumer<SuppressionDifference> each,
            Consumer<SuppressionDifference> overtaken) {
        meter.check();
        Found before;
        Found after;
        SuppressionKey key;
        try {
            key = SuppressionKey.parse(new String(bytes, StandardCharsets.UTF_8));
            before = found(0, key, columns);
            after = found(1, key, columns);
        } catch (UndecodableException | IllegalArgumentException e) {
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
            if (overtaken != null && reason == before.outside() && isOvertaken(key, before, after)) {
                meter.differs();
                overtaken.accept(new SuppressionDifference(
                        key, before.suppression(), after.suppression(), Later.of(before.later(), scope)));
            } else {
                outside.merge(reason, 1L, Long::sum);
            }
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
     * @param later what live knows of it, where something that came later is why; else null
     */
    private record Found(Suppression suppression, Outside outside, History later) {

        Found(Suppression suppression, Outside outside) {
            this(suppression, outside, null);
        }
    }

    /** The sides differ, and did when the second one ended: what came later alone is nothing that the second side would change. */
    private boolean isOvertaken(SuppressionKey key, Found before, Found after) {
        if (before.later() == null
                || after.outside() == Outside.EVIDENCE
                || SuppressionDifference.isSame(before.suppression(), after.suppression())) {
            return false;
        }
        Suppression then = decided(0, key, Later.without(before.later(), scope));
        return !SuppressionDifference.isSame(then, after.suppression());
    }

    private Suppression decided(int side, SuppressionKey key, History history) {
        return Decision.of(key, history, sides[side].policies().of(key.list().tenant()), now.toEpochMilli())
                .suppression();
    }

    private Found found(int side, SuppressionKey key, byte[][] columns) throws UndecodableException {
        byte[] feed = columns[column(side, FEED)];
        byte[] known = columns[column(side, HISTORY)];
        if (known == null) {
            return new Found(inForce(feed), null);
        }
        if (sides[side].live()) {
            return foundLive(inForce(feed), known);
        }
        History history = AddressHistories.parse(known);
        return new Found(decided(side, key, history), scope.complete() ? null : Outside.of(history, scope));
    }

    private static Found foundLive(Suppression suppression, byte[] known) {
        if (known.length == 0) {
            return new Found(suppression, null);
        }
        History later = known.length == 1 ? null : AddressHistories.parse(Arrays.copyOfRange(known, 1, known.length));
        return new Found(suppression, REASONS[known[0]], later);
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
