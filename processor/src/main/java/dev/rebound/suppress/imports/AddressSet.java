package dev.rebound.suppress.imports;

import dev.rebound.event.Digests;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * Which addresses, or other texts, were seen, by 64 bits of their digests: 16 to 32 bytes an address. Among two million
 * addresses, the odds that any two are taken for the same are one to nine million. For one thread.
 */
public final class AddressSet {

    private static final int INITIAL_SLOTS = 1024;

    /** Marks a slot that is free; a digest of 0 counts as 1. */
    private static final long FREE = 0;

    private final MessageDigest sha256 = Digests.sha256();
    private long[] slots = new long[INITIAL_SLOTS];
    private int size;

    /** Adds an address; false when it was there. */
    public boolean add(String address) {
        if (!put(slots, hash(address))) {
            return false;
        }
        size++;
        if (size > slots.length / 2) {
            grow();
        }
        return true;
    }

    /** Whether an address was added. */
    public boolean contains(String address) {
        long hash = hash(address);
        int slot = (int) hash & (slots.length - 1);
        while (slots[slot] != FREE) {
            if (slots[slot] == hash) {
                return true;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        return false;
    }

    /** How many addresses were added. */
    public int size() {
        return size;
    }

    private long hash(String address) {
        byte[] digest = sha256.digest(address.getBytes(StandardCharsets.UTF_8));
        long hash = ByteBuffer.wrap(digest).getLong();
        return hash == FREE ? 1 : hash;
    }

    private void grow() {
        long[] larger = new long[slots.length * 2];
        for (long hash : slots) {
            if (hash != FREE) {
                put(larger, hash);
            }
        }
        slots = larger;
    }

    private static boolean put(long[] slots, long hash) {
        int slot = (int) hash & (slots.length - 1);
        while (slots[slot] != FREE) {
            if (slots[slot] == hash) {
                return false;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        slots[slot] = hash;
        return true;
    }
}
