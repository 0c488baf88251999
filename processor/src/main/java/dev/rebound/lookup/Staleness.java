package dev.rebound.lookup;

import java.util.OptionalLong;

/**
 * Why an answer may not know the latest.
 *
 * @param partition partition of the state that it is about
 * @param reason why
 * @param lag how many changes of the state the copy that was read still lacked; empty when that could not be found out in time
 */
public record Staleness(int partition, Reason reason, OptionalLong lag) {

    /** Why. */
    public enum Reason {
        /** A copy answered, because the instance that processes the partition did not. */
        STANDBY,
        /** The instance that processes the partition answered while it still restores the state, or hands partitions over. */
        RESTORING
    }
}
