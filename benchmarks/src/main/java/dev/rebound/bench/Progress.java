package dev.rebound.bench;

/** Tells on standard error now and then how far something is. */
final class Progress {

    private static final long SAID_EVERY_NANOS = 5_000_000_000L;
    private static final int LOOKED_EVERY = 1_024;

    private final String what;
    private final long all;
    private final long begin = System.nanoTime();
    private long said = begin;

    Progress(String what, long all) {
        this.what = what;
        this.all = all;
    }

    void at(long done) {
        if (done == all || done % LOOKED_EVERY == 0 && System.nanoTime() - said > SAID_EVERY_NANOS) {
            said = System.nanoTime();
            System.err.printf("%,d of %,d %s produced, %,.0f/s%n", done, all, what, done * 1e9 / (said - begin));
        }
    }
}
