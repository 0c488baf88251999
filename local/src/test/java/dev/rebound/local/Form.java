package dev.rebound.local;

/**
 * How much the fault tests do: a short form by default, the long one with {@code -Drebound.faults=long}. What is random
 * follows from a seed, which is printed and can be given with {@code -Drebound.faults.seed=N} to see the same again.
 */
final class Form {

    private static final long SEED = chooseSeed();

    private Form() {}

    static boolean isLong() {
        return "long".equals(System.getProperty("rebound.faults"));
    }

    /** The first in the short form, the second in the long one. */
    static int pick(int inShort, int inLong) {
        return isLong() ? inLong : inShort;
    }

    /** The seed of this run. */
    static long seed() {
        return SEED;
    }

    private static long chooseSeed() {
        String given = System.getProperty("rebound.faults.seed", "");
        long seed = given.isEmpty() ? System.nanoTime() : Long.parseLong(given);
        System.err.println("Fault tests: " + (isLong() ? "long" : "short") + " form, seed " + seed
                + " (to repeat: -Drebound.faults.seed=" + seed + ")");
        return seed;
    }
}
