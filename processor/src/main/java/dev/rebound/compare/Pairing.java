package dev.rebound.compare;

import java.util.List;
import java.util.stream.Stream;

/**
 * Brings each event of one side together with the same event of the other. All lanes advance together, the one whose next event arrived
 * earliest first, so that counterparts are near each other and few have to be held.
 */
final class Pairing {

    private static final int BEFORE = 0;
    private static final int AFTER = 1;

    private final Held held;
    private final Pairs pairs;
    private final long[] told = new long[2];
    private long paired;

    /** Takes what has met. */
    @FunctionalInterface
    interface Pairs {
        void met(Told before, Told after);
    }

    Pairing(Held held, Pairs pairs) {
        this.held = held;
        this.pairs = pairs;
    }

    /** Reads lanes to their ends. Events that have met no counterpart by then never do: it is in the lanes of the same partition. */
    void run(List<? extends Lane> before, List<? extends Lane> after) {
        List<Lane> lanes = Stream.<Lane>concat(before.stream(), after.stream()).toList();
        for (int next = earliest(lanes); next >= 0; next = earliest(lanes)) {
            Told event = lanes.get(next).head();
            lanes.get(next).advance();
            take(next < before.size() ? BEFORE : AFTER, event);
        }
        held.clear();
    }

    /** Which lane's next event arrived earliest, of equals the first; -1 when all are at their ends. */
    private static int earliest(List<Lane> lanes) {
        int earliest = -1;
        long arrival = Long.MAX_VALUE;
        for (int i = 0; i < lanes.size(); i++) {
            Told head = lanes.get(i).head();
            if (head != null && (earliest < 0 || head.source().arrival() < arrival)) {
                earliest = i;
                arrival = head.source().arrival();
            }
        }
        return earliest;
    }

    private void take(int side, Told event) {
        told[side]++;
        Told other = held.take(1 - side, event.source());
        if (other == null) {
            held.hold(side, event);
            return;
        }
        paired++;
        if (side == AFTER) {
            pairs.met(other, event);
        } else {
            pairs.met(event, other);
        }
    }

    /** Events that both sides have. */
    long paired() {
        return paired;
    }

    /** Events that only the first side has. */
    long onlyBefore() {
        return told[BEFORE] - paired;
    }

    /** Events that only the second side has. */
    long onlyAfter() {
        return told[AFTER] - paired;
    }
}
