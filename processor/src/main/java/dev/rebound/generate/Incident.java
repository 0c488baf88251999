package dev.rebound.generate;

import dev.rebound.schema.Outcome;

/** What a scenario lays over ordinary traffic. Times are milliseconds since 1970, of the attempt. */
interface Incident {

    /** Nothing happens. */
    Incident NONE = new Incident() {};

    /** A message of the incident's own in place of an ordinary one; null: an ordinary one. */
    default Dispatch dispatch(long at) {
        return null;
    }

    /** What a receiver answers at that time to whatever message; null: each message goes its own way. */
    default Answer answer(Receiver receiver, long at) {
        return null;
    }

    /**
     * An answer to whatever message.
     *
     * @param outcome what becomes of the attempt
     * @param reply the answer
     * @param recovery from when on a refused message is sent again
     */
    record Answer(Outcome outcome, Reply reply, long recovery) {}

    /** The incident of a plan. */
    static Incident of(TrafficPlan plan, OrdinaryMail mail) {
        return switch (plan.scenario()) {
            case ORDINARY -> NONE;
            case THROTTLE -> new Throttle(plan, Throttle.BEGINS_AFTER, mail);
            case STALE_LIST -> new StaleList(plan, StaleList.BEGINS_AFTER, mail);
            case OUTAGE -> new Outage(plan);
            case MORNING -> new Morning(plan, mail);
        };
    }
}
