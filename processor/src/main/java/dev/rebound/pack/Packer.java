package dev.rebound.pack;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Writes the compact form of stores and internal topics: numbers in seven bits a byte, texts and bytes behind their length. */
public final class Packer {

    private final Map<String, Long> recurring = new HashMap<>();
    private byte[] bytes;
    private int length;

    /**
     * Nothing yet.
     *
     * @param capacity so many bytes are expected; more than 0
     */
    public Packer(int capacity) {
        bytes = new byte[capacity];
    }

    /** A byte. */
    public Packer put(byte value) {
        room(1);
        bytes[length++] = value;
        return this;
    }

    /** A number that is mostly small and not negative; a negative one takes ten bytes. */
    public Packer put(long value) {
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
    public Packer putFixed(long value) {
        room(Long.BYTES);
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[length++] = (byte) (value >>> shift);
        }
        return this;
    }

    /** A text that may be null, behind its length and one. */
    public Packer put(String text) {
        if (text == null) {
            return put(0L);
        }
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return put(utf8.length + 1L).raw(utf8);
    }

    /** A text that may be null and is likely to have been put so before: then only its number is written. */
    public Packer putRecurring(String text) {
        if (text == null) {
            return put(0L);
        }
        long next = recurring.size() + 1L;
        Long known = recurring.putIfAbsent(text, next);
        return known == null ? put(next).put(text) : put((long) known);
    }

    /** Bytes, behind their number. */
    public Packer put(byte[] value) {
        return put((long) value.length).raw(value);
    }

    private Packer raw(byte[] value) {
        room(value.length);
        System.arraycopy(value, 0, bytes, length, value.length);
        length += value.length;
        return this;
    }

    /** Names and how often each of them was counted. */
    public Packer put(Map<String, Long> counts) {
        put((long) counts.size());
        counts.forEach((name, count) -> put(name).put((long) count));
        return this;
    }

    /** Copy of what was written. */
    public byte[] bytes() {
        return Arrays.copyOf(bytes, length);
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
