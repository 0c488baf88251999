package dev.rebound.statistics;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/**
 * One subject in one window of event time.
 *
 * @param subject what is counted
 * @param size length of the window
 * @param start first moment of the window, epoch milliseconds
 */
public record RowKey(Subject subject, WindowSize size, long start) {

    private static final Subject.Kind[] KINDS = Subject.Kind.values();
    private static final WindowSize[] SIZES = WindowSize.values();
    private static final int NAME_AT = 2 + Long.BYTES;
    private static final byte END_OF_NAME = 0;

    /** The window of this size around a moment. */
    public static RowKey around(Subject subject, WindowSize size, long time) {
        return new RowKey(subject, size, size.startOf(time));
    }

    /** The same subject in the longer window around this one. */
    public RowKey in(WindowSize longer) {
        return around(subject, longer, start);
    }

    /** The same window of another subject. */
    public RowKey of(Subject other) {
        return new RowKey(other, size, start);
    }

    /**
     * The form for stores: kind, size, start, name, tenant. Its order, as unsigned bytes, is that of time within a kind and a size, so
     * that a span is one range of rows.
     */
    public byte[] bytes() {
        byte[] tenant = subject.tenant().getBytes(StandardCharsets.UTF_8);
        byte[] name = subject.name().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(NAME_AT + name.length + 1 + tenant.length)
                .put(prefix(subject.kind(), size, start))
                .put(name)
                .put(END_OF_NAME)
                .put(tenant)
                .array();
    }

    /** What the keys of a kind's rows in one window begin with. */
    public static byte[] prefix(Subject.Kind kind, WindowSize size, long start) {
        return ByteBuffer.allocate(NAME_AT)
                .put((byte) kind.ordinal())
                .put((byte) size.ordinal())
                .putLong(start ^ Long.MIN_VALUE)
                .array();
    }

    /** What the keys of a name's rows in one window begin with, whoever the tenant. */
    public static byte[] prefix(Subject.Kind kind, WindowSize size, long start, String name) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(NAME_AT + text.length + 1)
                .put(prefix(kind, size, start))
                .put(text)
                .put(END_OF_NAME)
                .array();
    }

    /** Reads what {@link #bytes} wrote. */
    public static RowKey parse(byte[] key) {
        int end = NAME_AT;
        while (key[end] != END_OF_NAME) {
            end++;
        }
        String name = new String(key, NAME_AT, end - NAME_AT, StandardCharsets.UTF_8);
        String tenant = new String(key, end + 1, key.length - end - 1, StandardCharsets.UTF_8);
        return new RowKey(new Subject(KINDS[key[0]], tenant, name), sizeOf(key), startOf(key));
    }

    /** Size of the window of a key in its stored form. */
    public static WindowSize sizeOf(byte[] key) {
        return SIZES[key[1]];
    }

    /** Start of the window of a key in its stored form, epoch milliseconds. */
    public static long startOf(byte[] key) {
        return ByteBuffer.wrap(key, 2, Long.BYTES).getLong() ^ Long.MIN_VALUE;
    }

    /** What all rows of a subject have in common, to place them: its kind, name and tenant. */
    public byte[] place() {
        byte[] key = bytes();
        byte[] place = Arrays.copyOfRange(key, NAME_AT - 1, key.length);
        place[0] = key[0];
        return place;
    }

    /** {@code tenant|name|size|start}, the last two in ISO 8601: the key in topics. */
    public String text() {
        return subject.tenant() + '|' + subject.name() + '|' + size.text() + '|' + Instant.ofEpochMilli(start);
    }
}
