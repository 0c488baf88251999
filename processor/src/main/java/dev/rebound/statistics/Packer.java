package dev.rebound.statistics;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/** Writes the compact form of stores and internal topics: numbers in seven bits a byte, texts and bytes behind their length. */
final class Packer {

    private byte[] bytes;
    private int length;

    Packer(int capacity) {
        bytes = new byte[capacity];
    }

    Packer put(byte value) {
        room(1);
        bytes[length++] = value;
        return this;
    }

    /** A number that is mostly small and not negative; a negative one takes ten bytes. */
    Packer put(long value) {
        room(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[length++] = (byte) (rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
        return this;
    }

    /** A number of which all bits count. */
    Packer putFixed(long value) {
        room(Long.BYTES);
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[length++] = (byte) (value >>> shift);
        }
        return this;
    }

    /** A text that may be null, behind its length and one. */
    Packer put(String text) {
        if (text == null) {
            return put(0L);
        }
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return put(utf8.length + 1L).raw(utf8);
    }

    Packer put(byte[] value) {
        return put((long) value.length).raw(value);
    }

    private Packer raw(byte[] value) {
        room(value.length);
        System.arraycopy(value, 0, bytes, length, value.length);
        length += value.length;
        return this;
    }

    Packer put(Map<String, Long> counts) {
        put((long) counts.size());
        counts.forEach((name, count) -> put(name).put((long) count));
        return this;
    }

    byte[] bytes() {
        return Arrays.copyOf(bytes, length);
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
