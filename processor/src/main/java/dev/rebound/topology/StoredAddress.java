package dev.rebound.topology;

import dev.rebound.pack.Packer;
import dev.rebound.pack.Unpacker;
import dev.rebound.schema.BounceType;
import dev.rebound.schema.Outcome;
import dev.rebound.schema.SuppressionAction;
import dev.rebound.schema.SuppressionReason;
import dev.rebound.schema.SuppressionSource;
import dev.rebound.suppress.Acceptance;
import dev.rebound.suppress.Command;
import dev.rebound.suppress.Contradiction;
import dev.rebound.suppress.Decision;
import dev.rebound.suppress.Evidence;
import dev.rebound.suppress.History;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * What the store holds of an address on a list.
 *
 * @param history what is known
 * @param touchedAt when that last changed, wall clock, epoch milliseconds
 * @param due when to decide anew although nothing happens; {@link Decision#NEVER} for never
 * @param told stands for the record that the feed has; 0 when it has none
 */
record StoredAddress(History history, long touchedAt, long due, long told) {

    /** Of an address of which nothing is known. */
    static final StoredAddress NONE = new StoredAddress(History.EMPTY, 0, Decision.NEVER, 0);

    private static final byte VERSION = 1;
    private static final int TOUCHED_AT = 1;
    private static final int EVIDENCE_SIZE_AT = TOUCHED_AT + 3 * Long.BYTES;

    private static final Outcome[] OUTCOMES = Outcome.values();
    private static final BounceType[] BOUNCE_TYPES = BounceType.values();
    private static final SuppressionAction[] ACTIONS = SuppressionAction.values();
    private static final SuppressionReason[] REASONS = SuppressionReason.values();
    private static final SuppressionSource[] SOURCES = SuppressionSource.values();

    private static final int GONE = 1;
    private static final int UNCORRELATED = 2;
    private static final int ASYNCHRONOUS = 4;

    byte[] toBytes() {
        Packer out = new Packer(512);
        out.put(VERSION).putFixed(touchedAt).putFixed(due).putFixed(told);
        putAll(out, history.evidence(), StoredAddress::put);
        putAll(out, history.acceptances(), (to, item) -> put(to, item.id(), item.time(), item.message()));
        putAll(out, history.contradictions(), (to, item) -> put(to, item.id(), item.time(), item.message()));
        putAll(out, history.commands(), StoredAddress::put);
        putAll(out, history.removal() == null ? List.of() : List.of(history.removal()), StoredAddress::put);
        return out.bytes();
    }

    private static <T> void putAll(Packer out, List<T> items, BiConsumer<Packer, T> one) {
        out.put((long) items.size());
        for (T item : items) {
            one.accept(out, item);
        }
    }

    private static void put(Packer out, String id, long time, long message) {
        out.put(id).putFixed(time).putFixed(message);
    }

    private static void put(Packer out, Evidence evidence) {
        put(out, evidence.id(), evidence.time(), evidence.message());
        out.put((byte) evidence.outcome().ordinal())
                .put((byte) evidence.bounceType().ordinal())
                .put((byte) ((evidence.gone() ? GONE : 0)
                        | (evidence.uncorrelated() ? UNCORRELATED : 0)
                        | (evidence.asynchronous() ? ASYNCHRONOUS : 0)))
                .put((byte) evidence.statusClass())
                .putRecurring(evidence.category())
                .putRecurring(evidence.code())
                .putRecurring(evidence.provider())
                .putRecurring(evidence.stream())
                .putRecurring(evidence.reply())
                .putRecurring(evidence.topic())
                .put((long) evidence.partition())
                .put(evidence.offset());
    }

    private static void put(Packer out, Command command) {
        out.put(command.id())
                .putFixed(command.time())
                .put((byte) command.action().ordinal())
                .put((byte) command.reason().ordinal())
                .putRecurring(command.category());
        putTime(out, command.since());
        putTime(out, command.expires());
        out.put((byte) command.source().ordinal())
                .putRecurring(command.by())
                .putRecurring(command.why())
                .putRecurring(command.detail())
                .put(command.retracts() == null ? null : command.retracts().id())
                .putFixed(command.retracts() == null ? 0 : command.retracts().time());
    }

    private static void putTime(Packer out, Instant time) {
        out.put((byte) (time == null ? 0 : 1)).putFixed(time == null ? 0 : time.toEpochMilli());
    }

    /** {@link #touchedAt()} of a row, without reading the rest of it. */
    static long touchedAt(byte[] row) {
        return ByteBuffer.wrap(row, TOUCHED_AT, Long.BYTES).getLong();
    }

    /** A row holds failures or complaints; found out without reading the rest of it. */
    static boolean hasEvidence(byte[] row) {
        return row[EVIDENCE_SIZE_AT] != 0;
    }

    /** Reads a row; {@link #NONE} for null. @throws IllegalArgumentException when it is of another form */
    static StoredAddress fromBytes(byte[] bytes) {
        if (bytes == null) {
            return NONE;
        }
        try {
            Unpacker in = new Unpacker(bytes);
            byte version = in.getByte();
            if (version != VERSION) {
                throw new IllegalArgumentException("it has version " + version + " (expected: " + VERSION + ")");
            }
            long touchedAt = in.getFixed();
            long due = in.getFixed();
            long told = in.getFixed();
            History history = new History(
                    getAll(in, StoredAddress::getEvidence),
                    getAll(in, from -> new Acceptance(from.getText(), from.getFixed(), from.getFixed())),
                    getAll(in, from -> new Contradiction(from.getText(), from.getFixed(), from.getFixed())),
                    getAll(in, StoredAddress::getCommand),
                    getAll(in, StoredAddress::getCommand).stream().findFirst().orElse(null));
            in.requireEnd();
            return new StoredAddress(history, touchedAt, due, told);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException(
                    "stored row of " + Steps.ADDRESS_STORE + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static <T> List<T> getAll(Unpacker in, Function<Unpacker, T> one) {
        int size = in.getInt();
        List<T> all = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            T read = one.apply(in);
            if (read != null) {
                all.add(read);
            }
        }
        return all;
    }

    /** Null for evidence of a category that has changed its scope since, and is none any more. */
    private static Evidence getEvidence(Unpacker in) {
        String id = in.getText();
        long time = in.getFixed();
        long message = in.getFixed();
        Outcome outcome = OUTCOMES[in.getByte()];
        BounceType bounceType = BOUNCE_TYPES[in.getByte()];
        int flags = in.getByte();
        int statusClass = in.getByte();
        String category = in.getRecurring();
        String code = in.getRecurring();
        String provider = in.getRecurring();
        String stream = in.getRecurring();
        String reply = in.getRecurring();
        String topic = in.getRecurring();
        int partition = in.getInt();
        long offset = in.getLong();
        if (!Evidence.isPossible(category)) {
            return null;
        }
        return new Evidence(
                id,
                time,
                outcome,
                bounceType,
                category,
                (flags & GONE) != 0,
                statusClass,
                code,
                provider,
                (flags & UNCORRELATED) != 0,
                (flags & ASYNCHRONOUS) != 0,
                message,
                stream,
                reply,
                topic,
                partition,
                offset);
    }

    private static Command getCommand(Unpacker in) {
        return new Command(
                in.getText(),
                in.getFixed(),
                ACTIONS[in.getByte()],
                REASONS[in.getByte()],
                in.getRecurring(),
                getTime(in),
                getTime(in),
                SOURCES[in.getByte()],
                in.getRecurring(),
                in.getRecurring(),
                in.getRecurring(),
                getPlace(in));
    }

    /** Null where there is none. */
    private static Command.Place getPlace(Unpacker in) {
        String id = in.getText();
        long time = in.getFixed();
        return id == null ? null : new Command.Place(id, time);
    }

    /** Null where there is none. */
    private static Instant getTime(Unpacker in) {
        boolean isThere = in.getByte() != 0;
        long time = in.getFixed();
        return isThere ? Instant.ofEpochMilli(time) : null;
    }
}
