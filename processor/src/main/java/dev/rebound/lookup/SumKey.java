package dev.rebound.lookup;

/**
 * What a sum is of.
 *
 * @param name name of the subject; empty when all are summed
 * @param start start of the window, epoch milliseconds; 0 when all are summed
 */
record SumKey(String name, long start) {

    /** {@code start|name}. */
    String text() {
        return start + "|" + name;
    }

    /** Reads what {@link #text} wrote. @throws IllegalArgumentException when it is something else */
    static SumKey parse(String text) {
        int bar = text.indexOf('|');
        if (bar < 0) {
            throw new IllegalArgumentException("no key of a sum");
        }
        return new SumKey(text.substring(bar + 1), Long.parseLong(text.substring(0, bar)));
    }
}
