package dev.rebound.statistics;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/** Reads what a {@link Packer} wrote. What is not of that form throws {@link IllegalArgumentException}. */
final class Unpacker {

    private final byte[] bytes;
    private int at;

    Unpacker(byte[] bytes) {
        this.bytes = bytes;
    }

    byte getByte() {
        need(1);
        return bytes[at++];
    }

    long getLong() {
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

    int getInt() {
        return Math.toIntExact(getLong());
    }

    long getFixed() {
        need(Long.BYTES);
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value = value << 8 | bytes[at++] & 0xFF;
        }
        return value;
    }

    /** Null where null was written. */
    String getText() {
        int lengthAndOne = getInt();
        if (lengthAndOne == 0) {
            return null;
        }
        int length = present(lengthAndOne - 1);
        String text = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }

    byte[] getBytes() {
        int length = present(getInt());
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }

    void getCounts(Map<String, Long> into) {
        int size = getInt();
        for (int i = 0; i < size; i++) {
            into.put(getText(), getLong());
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
