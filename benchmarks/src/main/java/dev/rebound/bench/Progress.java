package dev.rebound.bench;

/** Tells on standard error now and then how many events are produced. */
final class Progress {

    private static final long SAID_EVERY_NANOS = 5_000_000_000L;
    private static final int LOOKED_EVERY = 1_024;

    private final long all;
    private final long begin = System.nanoTime();
    private long said = begin;

    Progress(long all) {
        this.all = all;
    }

    void at(long done) {
        if (done == all || done % LOOKED_EVERY == 0 && System.nanoTime() - said > SAID_EVERY_NANOS) {
            said = System.nanoTime();
            System.err.printf("%,d of %,d events produced, %,.0f/s%n", done, all, done * 1e9 / (said - begin));
        }
    }
}
