package dev.rebound.suppress;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How much evidence of which kind suppresses an address, and for how long.
 *
 * @param id name within the policy, such as {@code mailbox-full}
 * @param when evidence counts when any of these holds; never empty
 * @param failures how many it takes; 1 to {@value History#MAX_EVIDENCE}
 * @param apart least time between two that count; zero for none
 * @param within the longest time from the first to the last; null for any
 * @param spanning the least time from the first to the last; zero for none
 * @param consecutive a delivery in between begins the count anew at once, not only once it has settled
 * @param lasts how long the first, the second ... suppression in succession lasts, the last for all further ones; {@link #FOR_EVER}
 *     has no end. Never empty
 * @param delivery what a later delivery does
 * @param level which list the address is put on
 * @param explanation why, in a sentence; empty for none
 */
public record Rule(
        String id,
        List<Condition> when,
        int failures,
        Duration apart,
        Duration within,
        Duration spanning,
        boolean consecutive,
        List<Duration> lasts,
        OnDelivery delivery,
        Level level,
        String explanation) {

    /** Longer than anything. */
    public static final Duration FOR_EVER = Duration.ofSeconds(Long.MAX_VALUE);

    /** The longest time that ends. */
    static final Duration LONGEST = Duration.ofDays(36_500);

    private static final String MOST = Spans.text(LONGEST);

    private static final Pattern ID = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,62}[a-z0-9])?");

    /** What a later delivery does, once it has settled. */
    public enum OnDelivery {
        /** The count begins anew, and a suppression by the rule ends. */
        LIFTS,
        /** The count begins anew; a suppression stays. */
        RESETS,
        /** Nothing. */
        IGNORED
    }

    /** Which of the lists that an event belongs to. */
    public enum Level {
        /** That of the whole tenant. */
        TENANT,
        /** That of the stream; of the tenant where an event names no stream. */
        STREAM
    }

    /**
     * A rule.
     *
     * @throws IllegalArgumentException when it can never come true, or a value is out of range; the message begins with the key of a
     *     policy file
     */
    public Rule {
        when = List.copyOf(when);
        lasts = List.copyOf(lasts);
        require(ID.matcher(id).matches(), "id: " + id, "1 to 64 small letters, digits, dots and hyphens");
        require(!when.isEmpty(), "when: nothing", "at least one condition");
        require(
                failures >= 1 && failures <= History.MAX_EVIDENCE,
                "failures: " + failures,
                "1 to " + History.MAX_EVIDENCE + ", which is what is kept of an address");
        require(!apart.isNegative() && apart.compareTo(LONGEST) <= 0, "apart: " + Spans.text(apart), "0h to " + MOST);
        String shownWithin = "within: " + (within == null ? "none" : Spans.text(within));
        require(
                within == null || !within.isNegative() && !within.isZero() && within.compareTo(LONGEST) <= 0,
                shownWithin,
                "more than 0h, at most " + MOST);
        require(
                !spanning.isNegative() && spanning.compareTo(LONGEST) <= 0,
                "spanning: " + Spans.text(spanning),
                "0h to " + MOST);
        require(
                within == null || within.compareTo(spanning) >= 0,
                shownWithin,
                "at least spanning, which is " + Spans.text(spanning) + ": else the rule never comes true");
        require(
                within == null || within.compareTo(apart.multipliedBy(failures - 1L)) >= 0,
                shownWithin,
                "at least " + Spans.text(apart.multipliedBy(failures - 1L)) + ": " + failures + " failures "
                        + Spans.text(apart) + " apart take so long");
        require(!lasts.isEmpty(), "lasts: nothing", "for-ever, or one or more times");
        lasts.forEach(time -> require(
                time.equals(FOR_EVER) || !time.isNegative() && !time.isZero() && time.compareTo(LONGEST) <= 0,
                "lasts: " + Spans.text(time),
                "for-ever, or more than 0h, at most " + MOST));
        require(
                lasts.indexOf(FOR_EVER) < 0 || lasts.indexOf(FOR_EVER) == lasts.size() - 1,
                "lasts: a time behind for-ever",
                "for-ever only as the last");
    }

    private static void require(boolean holds, String found, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(found + " (expected: " + expected + ")");
        }
    }

    /** Whether the rule counts this evidence. */
    public boolean counts(Evidence found) {
        for (Condition condition : when) {
            if (condition.holds(found)) {
                return true;
            }
        }
        return false;
    }

    /** The same rule without the sentence, which changes nothing. */
    Rule unexplained() {
        return new Rule(id, when, failures, apart, within, spanning, consecutive, lasts, delivery, level, "");
    }

    /** Whether a delivery can change what the rule comes to. */
    boolean mindsDeliveries() {
        return consecutive || delivery != OnDelivery.IGNORED;
    }

    /** Whether the rule can put an address on this list: on that of a stream only where it looks at streams. */
    boolean canPutOn(SuppressionList list) {
        return list.stream() == null || level == Level.STREAM;
    }

    /** How long the suppression lasts that is the nth in succession, from 1. */
    Duration lasts(int occurrence) {
        return lasts.get(Math.min(occurrence, lasts.size()) - 1);
    }
}
