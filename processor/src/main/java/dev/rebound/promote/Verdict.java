package dev.rebound.promote;

import dev.rebound.schema.Promoted;

/**
 * What is to become of one address or row.
 *
 * @param kind what
 * @param item what is to be done, as the log is to have it; null unless the kind is DO
 * @param reason what stands against it, in words; null unless the kind is CONFLICT
 */
record Verdict(Kind kind, Promoted item, String reason) {

    /** What is to become of it. */
    enum Kind {
        /** It is changed. */
        DO,
        /** That was done before. */
        ALREADY,
        /** Both sides say the same in all that a sender notices. */
        ALIKE,
        /** What the replay says has ended meanwhile. */
        OVER,
        /** The recipient, or some other person, has spoken: that stays. */
        KEPT,
        /** The address was erased. */
        ERASED,
        /** Live has moved. */
        CONFLICT
    }

    static Verdict of(Kind kind) {
        return new Verdict(kind, null, null);
    }

    static Verdict doing(Promoted item) {
        return new Verdict(Kind.DO, item, null);
    }

    static Verdict conflict(String reason) {
        return new Verdict(Kind.CONFLICT, null, reason);
    }
}
