package dev.rebound.classify;

import dev.rebound.schema.CodeFound;
import dev.rebound.schema.CodeSource;
import java.util.ArrayList;
import java.util.List;

/**
 * The codes that an event's evidence holds, and which of them counts.
 *
 * <p>The order, best first:
 *
 * <ol>
 *   <li>an enhanced code of the reply that stands where a code belongs,
 *   <li>the delivery report's Status, unless it is X.0.0, which says nothing, or X.4.7 beside a reply that has a code of its
 *       own: X.4.7 is the word of the queue that gave up, and the reply that of the receiving server,
 *   <li>an enhanced code elsewhere in the reply, if its class is that of the reply's basic code or there is none: such a number
 *       may as well be a version or the section of a document,
 *   <li>a Status of X.0.0,
 *   <li>the basic code of the reply.
 * </ol>
 *
 * <p>An overruled code takes no part in the look-up.
 *
 * @param enhanced the enhanced code that counts; null when none does
 * @param basic the basic code that counts, alone or beside an enhanced code of its class; null when none does
 * @param fromReply a code of the reply counts: the enhanced one, or a basic one of the class that decides
 * @param found all codes with the reason why any was overruled, then vendors' tags
 */
record Codes(String enhanced, String basic, boolean fromReply, List<CodeFound> found) {

    private static final String QUEUE_GAVE_UP = ".4.7";
    private static final String SAYS_NOTHING = ".0.0";

    /** Settles the codes of a reply and a Status field; either may be null. */
    static Codes settle(String reply, String status) {
        ReplyCodes inReply = ReplyCodes.in(reply);
        ReplyCodes.Found replyBasic = first(inReply.basic());
        ReplyCodes.Found statusCode = first(ReplyCodes.in(status).enhanced());
        ReplyCodes.Found replyEnhanced = replyEnhanced(inReply, replyBasic, statusCode);
        boolean receiverOverQueue = statusCode != null
                && statusCode.text().endsWith(QUEUE_GAVE_UP)
                && replyBasic != null
                && isFailure(replyBasic);
        ReplyCodes.Found enhanced = replyEnhanced != null ? replyEnhanced : receiverOverQueue ? null : statusCode;
        boolean basicCounts = replyBasic != null && (enhanced == null || sameClass(enhanced, replyBasic));

        List<CodeFound> found = new ArrayList<>(4);
        for (ReplyCodes.Found code : inReply.enhanced()) {
            add(found, code, CodeSource.REPLY_ENHANCED, code == enhanced ? null : replyOverruled(code, replyEnhanced));
        }
        if (statusCode != null) {
            add(found, statusCode, CodeSource.STATUS, statusOverruled(enhanced, statusCode));
        }
        for (ReplyCodes.Found code : inReply.basic()) {
            add(found, code, CodeSource.REPLY_BASIC, basicOverruled(code == replyBasic, basicCounts));
        }
        for (ReplyCodes.Found tag : inReply.tags()) {
            add(found, tag, CodeSource.VENDOR_TAG, null);
        }
        return new Codes(
                enhanced == null ? null : enhanced.text(),
                basicCounts ? replyBasic.text() : null,
                basicCounts || (enhanced != null && enhanced == replyEnhanced),
                found);
    }

    /** First digit of the code that decides: 1 to 5; 0 when there is no code. */
    int firstDigit() {
        String decisive = enhanced != null ? enhanced : basic;
        return decisive == null ? 0 : decisive.charAt(0) - '0';
    }

    /** Some codes disagreed with the one that counts. */
    boolean disputed() {
        for (CodeFound code : found) {
            if (code.getOverruledBecause() != null
                    && !code.getCode().equals(enhanced)
                    && !code.getCode().equals(basic)) {
                return true;
            }
        }
        return false;
    }

    /** The receiving server itself refused for good; X.4.7 is the word of a queue, not of a receiver. */
    boolean receiverRefusedForGood() {
        return fromReply && firstDigit() == 5 && (enhanced == null || !enhanced.endsWith(QUEUE_GAVE_UP));
    }

    private static ReplyCodes.Found replyEnhanced(
            ReplyCodes inReply, ReplyCodes.Found replyBasic, ReplyCodes.Found statusCode) {
        ReplyCodes.Found best = first(inReply.enhanced());
        if (best == null || best.leading()) {
            return best;
        }
        boolean statusSaysMore = statusCode != null
                && !statusCode.text().endsWith(SAYS_NOTHING)
                && !statusCode.text().endsWith(QUEUE_GAVE_UP);
        if (statusSaysMore) {
            return null;
        }
        for (ReplyCodes.Found code : inReply.enhanced()) {
            if (replyBasic == null || sameClass(code, replyBasic)) {
                return code;
            }
        }
        return null;
    }

    private static String replyOverruled(ReplyCodes.Found code, ReplyCodes.Found replyEnhanced) {
        if (replyEnhanced != null && (code.leading() || replyEnhanced.leading())) {
            return "another enhanced code comes first";
        }
        return "it stands within the text, where a number need not be a code";
    }

    private static String statusOverruled(ReplyCodes.Found enhanced, ReplyCodes.Found statusCode) {
        if (enhanced == statusCode || (enhanced != null && enhanced.text().equals(statusCode.text()))) {
            return null;
        }
        return enhanced == null
                ? "it says that the queue gave up; the receiving server's reply says why"
                : "the reply is closer to the receiving server";
    }

    private static String basicOverruled(boolean first, boolean counts) {
        if (!first) {
            return "another basic code comes first";
        }
        return counts ? null : "the class of an enhanced code goes before that of a basic one";
    }

    private static void add(List<CodeFound> found, ReplyCodes.Found code, CodeSource source, String overruled) {
        found.add(new CodeFound(code.text(), source, code.position(), overruled));
    }

    private static boolean isFailure(ReplyCodes.Found code) {
        return code.text().charAt(0) == '4' || code.text().charAt(0) == '5';
    }

    private static boolean sameClass(ReplyCodes.Found a, ReplyCodes.Found b) {
        return a.text().charAt(0) == b.text().charAt(0);
    }

    /** A reply's failure goes before the successes and intermediate answers that a transcript quotes on the way to it. */
    private static ReplyCodes.Found first(List<ReplyCodes.Found> codes) {
        for (ReplyCodes.Found code : codes) {
            if (code.leading() && isFailure(code)) {
                return code;
            }
        }
        return codes.isEmpty() ? null : codes.get(0);
    }
}
