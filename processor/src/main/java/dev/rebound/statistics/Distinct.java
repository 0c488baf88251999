package dev.rebound.statistics;

import com.dynatrace.hash4j.distinctcount.UltraLogLog;
import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.rebound.pack.Packer;
import dev.rebound.pack.Unpacker;
import java.util.Arrays;

/**
 * How many different things there were: exact for a few, then estimated by UltraLogLog (Ertl: "UltraLogLog", VLDB 2024) with a
 * standard error of 2.4 %. It holds parts of hashes: nobody can list the things, but who has
 * one can tell whether it may be among the few that are held one by one. The same things give the same state, in whatever order,
 * grouping and number they come.
 */
public final class Distinct {

    /** Registers are 2 to the power of this; the standard error is 0.78 / 2^(p/2). */
    private static final int PRECISION = 10;

    /** So many are held one by one: a sketch takes 1 KiB, and most domains have few recipients in a window. */
    private static final int MOST_EXACT = 128;

    private static final Hasher64 HASHER = Hashing.komihash5_0();

    private int[] tokens = new int[4];
    private int exact;
    private UltraLogLog sketch;

    /** What stands for something, which is in the bytes from here to their end: 32 bits of which the sketch is made. */
    static int token(byte[] bytes, int from) {
        return UltraLogLog.computeToken(HASHER.hashBytesToLong(bytes, from, bytes.length - from));
    }

    /** Adds what a {@link #token} stands for. */
    void add(int token) {
        if (sketch != null) {
            sketch.addToken(token);
            return;
        }
        int place = Arrays.binarySearch(tokens, 0, exact, token);
        if (place >= 0) {
            return;
        }
        if (exact == MOST_EXACT) {
            toSketch().addToken(token);
            return;
        }
        if (exact == tokens.length) {
            tokens = Arrays.copyOf(tokens, tokens.length * 2);
        }
        int insert = -place - 1;
        System.arraycopy(tokens, insert, tokens, insert + 1, exact - insert);
        tokens[insert] = token;
        exact++;
    }

    private UltraLogLog toSketch() {
        sketch = UltraLogLog.create(PRECISION);
        for (int i = 0; i < exact; i++) {
            sketch.addToken(tokens[i]);
        }
        exact = 0;
        return sketch;
    }

    void add(Distinct other) {
        if (other.sketch != null) {
            (sketch == null ? toSketch() : sketch).add(other.sketch);
        }
        for (int i = 0; i < other.exact; i++) {
            add(other.tokens[i]);
        }
    }

    /** The number, estimated where there are more than {@value #MOST_EXACT}. */
    public long count() {
        return sketch == null ? exact : Math.round(sketch.getDistinctCountEstimate());
    }

    void pack(Packer packer) {
        if (sketch != null) {
            packer.put((byte) 1).put(sketch.getState());
            return;
        }
        packer.put((byte) 0).put((long) exact);
        int before = 0;
        for (int i = 0; i < exact; i++) {
            // In their order, the differences are smaller than the tokens.
            packer.put(Integer.toUnsignedLong(tokens[i] - before));
            before = tokens[i];
        }
    }

    static Distinct unpack(Unpacker unpacker) {
        Distinct distinct = new Distinct();
        if (unpacker.getByte() == 1) {
            distinct.sketch = UltraLogLog.wrap(unpacker.getBytes());
            return distinct;
        }
        distinct.exact = unpacker.getInt();
        distinct.tokens = new int[Math.max(4, distinct.exact)];
        int before = 0;
        for (int i = 0; i < distinct.exact; i++) {
            before += (int) unpacker.getLong();
            distinct.tokens[i] = before;
        }
        return distinct;
    }
}
