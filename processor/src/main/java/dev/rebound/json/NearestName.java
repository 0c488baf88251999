package dev.rebound.json;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that a misspelt one was probably meant to be. */
public final class NearestName {

    /** Longer names are compared by their beginning only, so that a hostile one costs nothing. */
    private static final int COMPARED = 64;

    private NearestName() {}

    /**
     * The candidate that takes the fewest insertions, deletions and replacements to reach, letter case aside.
     *
     * @param candidates at least one
     */
    public static String of(String name, Collection<String> candidates) {
        return candidates.stream()
                .min(Comparator.comparingInt((String candidate) -> distance(name, candidate))
                        .thenComparing(Comparator.naturalOrder()))
                .orElseThrow();
    }

    /** The same, where it takes so few that it was probably meant; empty where it does not, or there are no candidates. */
    public static Optional<String> close(String name, Collection<String> candidates) {
        return candidates.isEmpty()
                ? Optional.empty()
                : Optional.of(of(name, candidates))
                        .filter(candidate -> distance(name, candidate) <= Math.max(1, candidate.length() / 3));
    }

    private static int distance(String left, String right) {
        String from = comparable(left);
        String to = comparable(right);
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }

    private static String comparable(String name) {
        return name.substring(0, Math.min(name.length(), COMPARED)).toLowerCase(Locale.ROOT);
    }
}
