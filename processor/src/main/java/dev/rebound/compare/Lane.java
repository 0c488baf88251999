package dev.rebound.compare;

/** A partition of an outcome topic of one side, in the order in which it was written. */
interface Lane {

    /** The next event; null at the end. Waits for it. */
    Told head();

    /** Goes on behind the next event. */
    void advance();
}
