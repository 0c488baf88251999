package dev.rebound.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rebound.promote.Conflict;
import dev.rebound.replay.ReplayName;
import dev.rebound.suppressions.Issued;
import dev.rebound.suppressions.Watch;
import java.util.List;
import java.util.Optional;

/** Brings what replays came to to live, and takes it back. */
public interface Promotions {

    /**
     * What was found and done.
     *
     * @param counts how much of what was found and done, by name
     * @param conflicts so many addresses and rows stand against it
     * @param named the first of these
     * @param written commands and rows that were written
     * @param refused nothing was written, because of conflicts
     * @param complete false: it was stopped before its end, and doing it again continues
     */
    record Report(
            ObjectNode counts, long conflicts, List<Conflict> named, long written, boolean refused, boolean complete) {

        /** Copies the list. */
        public Report {
            named = List.copyOf(named);
        }
    }

    /**
     * Brings a replay to live, or takes it back.
     *
     * @param skipConflicts leaves conflicts as they are, and does the rest
     * @param issued who wants it and why; empty: only says what would be done
     * @param watch can end it
     * @throws dev.rebound.replay.ReplayException when there is no such replay
     * @throws IllegalStateException when the replay is not in a state for that
     * @throws org.apache.kafka.common.KafkaException when the brokers do not answer
     */
    @FunctionalInterface
    interface Change {
        Report run(ReplayName replay, boolean skipConflicts, Optional<Issued> issued, Watch watch);
    }

    /** Brings to live. */
    Change promotion();

    /** Takes back what was brought to live. */
    Change rollback();
}
