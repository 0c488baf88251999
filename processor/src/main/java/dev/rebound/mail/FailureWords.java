package dev.rebound.mail;

import dev.rebound.classify.ShippedTable;
import dev.rebound.schema.Outcome;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What the words of a notice say became of a message. Words are compared without accents, because many notices are written without
 * them. The verdict is left open where the words say nothing.
 */
final class FailureWords {

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");

    private static final String TABLE = "/dev/rebound/mail/verdict-words.tsv";

    private static final Map<String, Pattern> WORDS = words();

    /** The mail system goes on trying. */
    private static final Pattern GOES_ON = WORDS.get("goes-on");

    /** A reply that refuses for good, and one that does not. */
    private static final Pattern PERMANENT = Pattern.compile("(?<![\\d.])5(?:\\d\\d[ -]|\\.\\d{1,3}\\.\\d{1,3})");

    private static final Pattern TEMPORARY = Pattern.compile("(?<![\\d.])4(?:\\d\\d[ -]|\\.\\d{1,3}\\.\\d{1,3})");

    private static final Pattern DELAY_MENTIONED = WORDS.get("delayed");

    /** The mail system has stopped. */
    private static final Pattern STOPPED = WORDS.get("stopped");

    private static final Pattern EXPIRED = WORDS.get("expired");
    private static final Pattern DELIVERED = WORDS.get("delivered");
    private static final Pattern FAILED = WORDS.get("failed");

    private FailureWords() {}

    private static Map<String, Pattern> words() {
        Map<String, String> alternatives = new HashMap<>();
        for (Map<String, String> row : ShippedTable.at(TABLE).rows()) {
            alternatives.merge(row.get("says"), row.get("words"), (one, other) -> one + "|" + other);
        }
        Map<String, Pattern> words = new HashMap<>();
        alternatives.forEach((says, any) -> words.put(
                says,
                Pattern.compile(
                        withoutAccents(any), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.MULTILINE)));
        return Map.copyOf(words);
    }

    private static String withoutAccents(String text) {
        return MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFD)).replaceAll("");
    }

    /** Whether the words speak of mail that did not arrive, or not yet, or did. */
    static boolean areIn(String text) {
        String plain = withoutAccents(text);
        return FAILED.matcher(plain).find()
                || GOES_ON.matcher(plain).find()
                || DELIVERED.matcher(plain).find();
    }

    /**
     * What became of the message to one of several recipients.
     *
     * @param said what the notice says of this recipient
     * @param ofAll what it says of all
     */
    static Outcome verdictOf(String said, Outcome ofAll) {
        boolean permanent = PERMANENT.matcher(said).find();
        boolean temporary = TEMPORARY.matcher(said).find();
        if (ofAll == Outcome.DEFERRED && permanent && !temporary) {
            return Outcome.BOUNCED;
        }
        boolean waits =
                temporary && !permanent && GOES_ON.matcher(withoutAccents(said)).find();
        return waits ? Outcome.DEFERRED : ofAll;
    }

    /**
     * What became of a message.
     *
     * @param subject subject of the notice; empty when there is none
     * @param text words of the notice, and of the reply that it quotes
     * @return {@code UNKNOWN} when the words do not say
     */
    static Outcome verdict(String subject, String text) {
        String title = withoutAccents(subject);
        String all = title + "\n" + withoutAccents(text);
        boolean stopped = STOPPED.matcher(all).find();
        boolean refused =
                PERMANENT.matcher(all).find() && !TEMPORARY.matcher(all).find();
        if (GOES_ON.matcher(all).find() && !stopped && !refused) {
            return Outcome.DEFERRED;
        }
        if (DELAY_MENTIONED.matcher(title).find() && !FAILED.matcher(title).find() && !stopped) {
            return Outcome.DEFERRED;
        }
        if (DELIVERED.matcher(all).find() && !FAILED.matcher(all).find()) {
            return Outcome.DELIVERED;
        }
        if (EXPIRED.matcher(all).find()) {
            return Outcome.EXPIRED;
        }
        return stopped || FAILED.matcher(all).find() ? Outcome.BOUNCED : Outcome.UNKNOWN;
    }
}
