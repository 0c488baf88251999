package dev.rebound.ingest;

import java.io.IOException;
import java.io.InputStream;

/**
 * A stream of which as much can be looked at before it is taken as somebody asks for. A ring: looking far ahead, again and
 * again, reads and copies no byte twice.
 */
final class LookAhead {
    private static final int INITIAL_BYTES = 16 * 1024;

    private final InputStream in;
    private byte[] ring = new byte[INITIAL_BYTES];
    private int head;
    private int held;

    LookAhead(InputStream in) {
        this.in = in;
    }

    /** Whether so many bytes and one more are left. */
    boolean has(int offset) throws IOException {
        if (offset >= ring.length) {
            grow(offset);
        }
        while (held <= offset) {
            int end = (head + held) & (ring.length - 1);
            int room = Math.min(ring.length - held, ring.length - end);
            int read = in.read(ring, end, room);
            if (read < 0) {
                return false;
            }
            held += read;
        }
        return true;
    }

    /** A byte that {@link #has} found. */
    byte at(int offset) {
        return ring[(head + offset) & (ring.length - 1)];
    }

    /** Takes bytes that {@link #has} found. */
    void take(byte[] target, int from, int count) {
        int first = Math.min(count, ring.length - head);
        System.arraycopy(ring, head, target, from, first);
        System.arraycopy(ring, 0, target, from + first, count - first);
        skip(count);
    }

    /** Passes over bytes that {@link #has} found. */
    void skip(int count) {
        head = (head + count) & (ring.length - 1);
        held -= count;
    }

    /**
     * Looks for a byte.
     *
     * @param from offset to begin at
     * @param end offset to end before
     * @return its offset; {@code end}, or the number of bytes left when that is less, if it is not there
     */
    int indexOf(byte wanted, int from, int end) throws IOException {
        int at = from;
        while (at < end && has(at) && at(at) != wanted) {
            at++;
        }
        return at;
    }

    /** What is left, as a stream. */
    InputStream rest() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                if (!has(0)) {
                    return -1;
                }
                int next = at(0) & 0xff;
                skip(1);
                return next;
            }

            @Override
            public int read(byte[] target, int from, int count) throws IOException {
                if (count == 0) {
                    return 0;
                }
                if (!has(0)) {
                    return -1;
                }
                int taken = Math.min(count, held);
                take(target, from, taken);
                return taken;
            }
        };
    }

    private void grow(int offset) {
        byte[] larger = new byte[Integer.highestOneBit(offset) << 1];
        int kept = held;
        take(larger, 0, kept);
        ring = larger;
        head = 0;
        held = kept;
    }
}
