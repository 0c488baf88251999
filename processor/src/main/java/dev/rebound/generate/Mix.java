package dev.rebound.generate;

/** Scrambles numbers, so that what belongs to one seed or recipient says nothing of the next. */
final class Mix {

    private Mix() {}

    /** Another number for each number, spread over all bits; the finishing steps of SplitMix64. */
    static long of(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** A number for two, in which their order counts. */
    static long of(long first, long second) {
        return of(of(first) ^ second);
    }

    /** From 0 to below the bound, from the upper bits of a scrambled number. */
    static int below(int bound, long scrambled) {
        return (int) ((scrambled >>> 33) % bound);
    }
}
