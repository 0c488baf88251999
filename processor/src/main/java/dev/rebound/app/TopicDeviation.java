package dev.rebound.app;

import java.util.List;

/**
 * A way in which topics differ from their declaration.
 *
 * @param weight what it means
 * @param topics names of the topics that differ so; at least one
 * @param problem what is the case and what was expected, with the topics as its subject left out: "has ..."
 * @param remedy the command or key that mends it
 */
public record TopicDeviation(Weight weight, List<String> topics, String problem, String remedy) {

    private static final int NAMES_SHOWN = 3;

    /** What a deviation means. */
    public enum Weight {
        /** The guarantees do not hold, so that the processor does not start. */
        BREAKS,
        /** The topic is as declared and cannot be used at the moment. */
        UNAVAILABLE,
        /** An administrator may have decided so. */
        CHOICE
    }

    /** The topics and what is the matter with them, as a sentence without its full stop. */
    public String sentence() {
        return subject() + " " + problem;
    }

    private String subject() {
        if (topics.size() == 1) {
            return "topic " + topics.get(0);
        }
        // Of what has to be mended every name counts.
        int shown = weight == Weight.CHOICE ? Math.min(NAMES_SHOWN, topics.size()) : topics.size();
        String names = String.join(", ", topics.subList(0, shown));
        return "each of " + topics.size() + " topics (" + names + (shown < topics.size() ? ", ..." : "") + ")";
    }
}
