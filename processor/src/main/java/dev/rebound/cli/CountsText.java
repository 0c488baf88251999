package dev.rebound.cli;

import java.util.Map;
import java.util.stream.Collectors;

/** Counts by name as text. */
final class CountsText {

    private static final int SHOWN = 20;

    private CountsText() {}

    /** The first twenty, such as {@code BAD_MAILBOX 17, NO_MX 2}, and how many more there are. */
    static String of(Map<String, Long> counts) {
        String shown = counts.entrySet().stream()
                .limit(SHOWN)
                .map(count -> count.getKey() + " " + count.getValue())
                .collect(Collectors.joining(", "));
        return counts.size() > SHOWN ? shown + ", and " + (counts.size() - SHOWN) + " more" : shown;
    }
}
