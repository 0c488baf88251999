package dev.rebound.http;

import dev.rebound.replay.ReplayName;
import dev.rebound.replay.ReplayRequest;
import dev.rebound.replay.ReplayStatus;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The replays that routes tell of and change. All of it asks the brokers, and throws as {@link dev.rebound.replay.Replays} does. */
public interface ReplayControl {

    /**
     * The process that this instance started for a replay last.
     *
     * @param at when
     * @param exit what it ended with; null while it lives
     * @param log file that it writes to, on this machine
     */
    record Launch(Instant at, Integer exit, String log) {

        /** Its process has not ended. */
        boolean isAlive() {
            return exit == null;
        }
    }

    /** All of them, in the order of their names. */
    List<ReplayStatus> list();

    /** One of them; empty when there is none of the name. */
    Optional<ReplayStatus> find(ReplayName name);

    /** What this instance has started for one; empty when it has not. Asks no broker. */
    Optional<Launch> launch(ReplayName name);

    /** Defines one, or finds the one that is defined so. */
    ReplayStatus define(ReplayRequest request);

    /**
     * Has a process of its own work on one; nothing more where this instance's process is at it.
     *
     * @throws IOException when it cannot be started
     */
    void start(ReplayName name) throws IOException;

    /**
     * Asks whoever works on one to stop, and waits for that.
     *
     * @param atMost how long
     * @return where it is then, under way where it has not stopped in time
     */
    ReplayStatus stop(ReplayName name, Duration atMost);

    /** Takes one away. @return what was taken away, a line each */
    List<String> delete(ReplayName name);
}
