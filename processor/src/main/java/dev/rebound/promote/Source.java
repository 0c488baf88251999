package dev.rebound.promote;

import dev.rebound.suppressions.Issued;
import java.time.Instant;

/**
 * From where something is promoted, and by whom.
 *
 * @param replay the replay's id
 * @param name the replay's name
 * @param until the moment up to which it knows what happened
 * @param asOf the moment up to which it knows what was decided
 * @param issued who promotes, why and when
 */
record Source(String replay, String name, Instant until, Instant asOf, Issued issued) {

    static Source of(PromotableReplay replay, Issued issued) {
        return new Source(replay.id(), replay.name(), replay.until(), replay.asOf(), issued);
    }
}
