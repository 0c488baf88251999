package dev.rebound.topology;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;

/**
 * Tells in memory which rows a store surely does not have: looking there for each delivery would cost more than all the rest. It holds 32
 * bits of each key's hash, in four to eight bytes, and so takes one row in some hundreds for another where there are ten millions. Until it
 * has been shown all rows once, any can be there.
 */
final class KnownRows {

    private static final Hasher64 HASHER = Hashing.komihash5_0();

    /** Of all rows; null as long as they have not been shown once. */
    private Hashes complete;

    /** Of the rows shown in the round under way and of those written meanwhile; null when none is. */
    private Hashes next = new Hashes();

    /** Whether a row can be there. */
    boolean mayHave(byte[] key) {
        return complete == null || complete.contains(hash(key));
    }

    /** A row is there. */
    void add(byte[] key) {
        int hash = hash(key);
        if (complete != null) {
            complete.add(hash);
        }
        if (next != null) {
            next.add(hash);
        }
    }

    /** All rows will be shown from now on. */
    void begin() {
        next = new Hashes();
    }

    /** All rows have been shown since: what was deleted before is forgotten. */
    void end() {
        complete = next;
        next = null;
    }

    private static int hash(byte[] key) {
        return (int) HASHER.hashBytesToLong(key);
    }

    /** A set of numbers, in open addressing; 0 is an empty place, and stands for itself by 1. */
    private static final class Hashes {

        private int[] places = new int[1024];
        private int size;

        boolean contains(int hash) {
            return places[place(places, hash)] != 0;
        }

        void add(int hash) {
            int place = place(places, hash);
            if (places[place] == 0) {
                places[place] = stored(hash);
                size++;
                if (size * 2L > places.length) {
                    grow();
                }
            }
        }

        private void grow() {
            int[] more = new int[places.length * 2];
            for (int hash : places) {
                if (hash != 0) {
                    more[place(more, hash)] = hash;
                }
            }
            places = more;
        }

        /** Where a number is, or where it would be. */
        private static int place(int[] places, int hash) {
            int stored = stored(hash);
            int place = stored & places.length - 1;
            while (places[place] != 0 && places[place] != stored) {
                place = place + 1 & places.length - 1;
            }
            return place;
        }

        private static int stored(int hash) {
            return hash == 0 ? 1 : hash;
        }
    }
}
