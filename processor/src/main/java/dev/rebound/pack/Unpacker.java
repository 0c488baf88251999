package dev.rebound.pack;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Reads what a {@link Packer} wrote. What is not of that form throws {@link IllegalArgumentException}. */
public final class Unpacker {

    private final List<String> recurring = new ArrayList<>();
    private final byte[] bytes;
    private int at;

    /** Reads from the beginning of the array, which is not copied. */
    public Unpacker(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A byte. */
    public byte getByte() {
        need(1);
        return bytes[at++];
    }

    /** A number of up to ten bytes. */
    public long getLong() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = getByte();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number has no end");
    }

    /** A number of up to ten bytes that is an int. */
    public int getInt() {
        long value = getLong();
        if (value != (int) value) {
            throw new IllegalArgumentException("a number is too large");
        }
        return (int) value;
    }

    /** A number of which all bits count. */
    public long getFixed() {
        need(Long.BYTES);
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value = value << 8 | bytes[at++] & 0xFF;
        }
        return value;
    }

    /** Null where null was written. */
    public String getText() {
        int lengthAndOne = getInt();
        if (lengthAndOne == 0) {
            return null;
        }
        int length = present(lengthAndOne - 1);
        String text = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }

    /** Null where null was written. */
    public String getRecurring() {
        int number = getInt();
        if (number == 0) {
            return null;
        }
        if (number == recurring.size() + 1) {
            recurring.add(getText());
        }
        if (number < 0 || number > recurring.size()) {
            throw new IllegalArgumentException("a text has a number that is not in use");
        }
        return recurring.get(number - 1);
    }

    /** Copy of bytes that stand behind their number. */
    public byte[] getBytes() {
        int length = present(getInt());
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }

    /** Names and how often each of them was counted. */
    public void getCounts(Map<String, Long> into) {
        int size = getInt();
        for (int i = 0; i < size; i++) {
            into.put(getText(), getLong());
        }
    }

    /** Nothing is left. */
    public void requireEnd() {
        if (at != bytes.length) {
            throw new IllegalArgumentException("bytes are left over");
        }
    }

    private int present(int length) {
        if (length < 0) {
            throw new IllegalArgumentException("a length is negative");
        }
        need(length);
        return length;
    }

    private void need(int count) {
        if (bytes.length - at < count) {
            throw new IllegalArgumentException("it ends too early");
        }
    }
}
