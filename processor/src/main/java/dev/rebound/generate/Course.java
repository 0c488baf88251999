package dev.rebound.generate;

import dev.rebound.schema.Outcome;

/**
 * How a message goes when no incident comes in between.
 *
 * @param deferrals after how many deferred attempts the end comes
 * @param deferral the answer to those; null when there are none
 * @param end what becomes of it
 * @param reply the answer in the end; null: no answer
 * @param sequel what comes after a delivery
 */
record Course(int deferrals, Reply deferral, Outcome end, Reply reply, Sequel sequel) {

    /** What comes after a delivery. */
    enum Sequel {
        /** Nothing. */
        NONE,
        /** A delivery report: the message had been taken, and bounced all the same. */
        REPORT,
        /** The recipient calls it spam. */
        COMPLAINT
    }

    /** One attempt that ends it. */
    static Course ends(Outcome end, Reply reply) {
        return new Course(0, null, end, reply, Sequel.NONE);
    }

    /** The same with something after the delivery. */
    Course followedBy(Sequel next) {
        return new Course(deferrals, deferral, end, reply, next);
    }

    /** More events follow the first one. */
    boolean goesOn() {
        return deferrals > 0 || sequel != Sequel.NONE;
    }
}
