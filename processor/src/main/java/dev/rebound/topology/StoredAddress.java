package dev.rebound.topology;

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
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

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
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeLong(touchedAt);
            out.writeLong(due);
            out.writeLong(told);
            out.writeShort(history.evidence().size());
            for (Evidence evidence : history.evidence()) {
                write(out, evidence);
            }
            out.writeShort(history.acceptances().size());
            for (Acceptance acceptance : history.acceptances()) {
                out.writeUTF(acceptance.id());
                out.writeLong(acceptance.time());
                out.writeLong(acceptance.message());
            }
            out.writeShort(history.contradictions().size());
            for (Contradiction contradiction : history.contradictions()) {
                out.writeUTF(contradiction.id());
                out.writeLong(contradiction.time());
                out.writeLong(contradiction.message());
            }
            out.writeShort(history.commands().size());
            for (Command command : history.commands()) {
                write(out, command);
            }
            out.writeBoolean(history.removal() != null);
            if (history.removal() != null) {
                write(out, history.removal());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a byte array cannot fail", e);
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, Evidence evidence) throws IOException {
        out.writeUTF(evidence.id());
        out.writeLong(evidence.time());
        out.writeByte(evidence.outcome().ordinal());
        out.writeByte(evidence.bounceType().ordinal());
        out.writeUTF(evidence.category());
        out.writeByte((evidence.gone() ? GONE : 0)
                | (evidence.uncorrelated() ? UNCORRELATED : 0)
                | (evidence.asynchronous() ? ASYNCHRONOUS : 0));
        out.writeByte(evidence.statusClass());
        writeText(out, evidence.code());
        writeText(out, evidence.provider());
        out.writeLong(evidence.message());
        writeText(out, evidence.stream());
        writeText(out, evidence.reply());
        out.writeUTF(evidence.topic());
        out.writeInt(evidence.partition());
        out.writeLong(evidence.offset());
    }

    private static void write(DataOutputStream out, Command command) throws IOException {
        out.writeUTF(command.id());
        out.writeLong(command.time());
        out.writeByte(command.action().ordinal());
        out.writeByte(command.reason().ordinal());
        writeText(out, command.category());
        writeTime(out, command.since());
        writeTime(out, command.expires());
        out.writeByte(command.source().ordinal());
        out.writeUTF(command.by());
        out.writeUTF(command.why());
        writeText(out, command.detail());
        out.writeBoolean(command.retracts() != null);
        if (command.retracts() != null) {
            out.writeUTF(command.retracts().id());
            out.writeLong(command.retracts().time());
        }
    }

    private static void writeText(DataOutputStream out, String text) throws IOException {
        out.writeBoolean(text != null);
        if (text != null) {
            out.writeUTF(text);
        }
    }

    private static void writeTime(DataOutputStream out, Instant time) throws IOException {
        out.writeBoolean(time != null);
        if (time != null) {
            out.writeLong(time.toEpochMilli());
        }
    }

    /** {@link #touchedAt()} of a row, without reading the rest of it. */
    static long touchedAt(byte[] row) {
        return ByteBuffer.wrap(row, TOUCHED_AT, Long.BYTES).getLong();
    }

    /** A row holds failures or complaints; found out without reading the rest of it. */
    static boolean hasEvidence(byte[] row) {
        return ByteBuffer.wrap(row, EVIDENCE_SIZE_AT, Short.BYTES).getShort() > 0;
    }

    /** Reads a row; {@link #NONE} for null. */
    static StoredAddress fromBytes(byte[] bytes) {
        if (bytes == null) {
            return NONE;
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            byte version = in.readByte();
            if (version != VERSION) {
                throw new IOException("row has version " + version + " (expected: " + VERSION + ")");
            }
            long touchedAt = in.readLong();
            long due = in.readLong();
            long told = in.readLong();
            List<Evidence> evidence = readAll(in, StoredAddress::readEvidence);
            List<Acceptance> acceptances =
                    readAll(in, from -> new Acceptance(from.readUTF(), from.readLong(), from.readLong()));
            List<Contradiction> contradictions =
                    readAll(in, from -> new Contradiction(from.readUTF(), from.readLong(), from.readLong()));
            List<Command> commands = readAll(in, StoredAddress::readCommand);
            Command removal = in.readBoolean() ? readCommand(in) : null;
            return new StoredAddress(
                    new History(evidence, acceptances, contradictions, commands, removal), touchedAt, due, told);
        } catch (IOException e) {
            throw new UncheckedIOException("stored row of " + Steps.ADDRESS_STORE + " cannot be read", e);
        }
    }

    /** Reads one of something. */
    @FunctionalInterface
    private interface Reading<T> {
        T from(DataInputStream in) throws IOException;
    }

    private static <T> List<T> readAll(DataInputStream in, Reading<T> one) throws IOException {
        int size = in.readShort();
        List<T> all = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            T read = one.from(in);
            if (read != null) {
                all.add(read);
            }
        }
        return all;
    }

    /** Null for evidence of a category that has changed its scope since, and is none any more. */
    private static Evidence readEvidence(DataInputStream in) throws IOException {
        String id = in.readUTF();
        long time = in.readLong();
        Outcome outcome = OUTCOMES[in.readByte()];
        BounceType bounceType = BOUNCE_TYPES[in.readByte()];
        String category = in.readUTF();
        int flags = in.readByte();
        int statusClass = in.readByte();
        String code = readText(in);
        String provider = readText(in);
        long message = in.readLong();
        String stream = readText(in);
        String reply = readText(in);
        String topic = in.readUTF();
        int partition = in.readInt();
        long offset = in.readLong();
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

    private static Command readCommand(DataInputStream in) throws IOException {
        return new Command(
                in.readUTF(),
                in.readLong(),
                ACTIONS[in.readByte()],
                REASONS[in.readByte()],
                readText(in),
                readTime(in),
                readTime(in),
                SOURCES[in.readByte()],
                in.readUTF(),
                in.readUTF(),
                readText(in),
                in.readBoolean() ? new Command.Place(in.readUTF(), in.readLong()) : null);
    }

    private static String readText(DataInputStream in) throws IOException {
        return in.readBoolean() ? in.readUTF() : null;
    }

    private static Instant readTime(DataInputStream in) throws IOException {
        return in.readBoolean() ? Instant.ofEpochMilli(in.readLong()) : null;
    }
}
