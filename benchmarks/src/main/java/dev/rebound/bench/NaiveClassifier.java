package dev.rebound.bench;

import dev.rebound.classify.ShippedCodes;
import dev.rebound.schema.BounceType;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.schema.Outcome;
import dev.rebound.schema.ReplySource;
import dev.rebound.schema.StatusCode;
import dev.rebound.schema.StatusCodeRevision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Classifies as one does it first: regular expressions, tried in turn until one matches, then the code in a map. There is one for each
 * shipped text rule, made of the first of its phrases, which are ten times as many: as many as somebody would write, and fewer than the
 * same job would take. The bounce types are those of the real classifier; the categories mostly.
 */
final class NaiveClassifier {

    private static final Pattern ENHANCED = Pattern.compile("(?<![\\d.])([245]\\.\\d{1,3}\\.\\d{1,3})(?![\\d]|\\.\\d)");
    private static final Pattern BASIC = Pattern.compile("(?<![\\w.>])([245]\\d\\d)(?![\\w.])");
    private static final Pattern GAPS = Pattern.compile("\\*|(?<= )_(?= )|\\([^()]*\\|[^()]*\\)");

    private final List<Rule> rules = new ArrayList<>();
    private final Map<String, String> codes = new HashMap<>();

    private record Rule(Pattern pattern, String category, String id) {}

    /**
     * What it says of an event.
     *
     * @param code the code that decides; null when there is none
     * @param rule id of the text rule that matched; null when none did
     */
    record Verdict(String category, BounceType type, String code, String rule) {}

    NaiveClassifier() {
        for (StatusCode row : ShippedCodes.rows()) {
            for (StatusCodeRevision revision : row.getRevisions()) {
                if (revision.getPhrases() != null) {
                    rules.add(new Rule(pattern(revision.getPhrases().get(0)), revision.getCategory(), row.getId()));
                } else if (revision.getCategory() != null) {
                    codes.putIfAbsent(row.getId(), revision.getCategory());
                }
            }
        }
    }

    /** Of words in lower case, as replies are made: that is faster than not to tell cases apart. */
    private static Pattern pattern(String phrase) {
        return Pattern.compile(expression(phrase.toLowerCase(Locale.ROOT)), Pattern.DOTALL);
    }

    /** Gaps and alternatives as a regular expression has them, the words as they are. */
    private static String expression(String phrase) {
        StringBuilder expression = new StringBuilder();
        Matcher gaps = GAPS.matcher(phrase);
        int at = 0;
        while (gaps.find()) {
            expression.append(quoted(phrase.substring(at, gaps.start())));
            switch (gaps.group()) {
                case "*" -> expression.append(".{0,80}?");
                case "_" -> expression.append(".{0,30}?");
                default -> {
                    String choices = gaps.group().substring(1, gaps.group().length() - 1);
                    List<String> alternatives = List.of(choices.split("\\|", -1)).stream()
                            .map(NaiveClassifier::quoted)
                            .toList();
                    expression
                            .append("(?:")
                            .append(String.join("|", alternatives))
                            .append(')');
                }
            }
            at = gaps.end();
        }
        return expression.append(quoted(phrase.substring(at))).toString();
    }

    private static String quoted(String words) {
        return words.isEmpty() ? "" : Pattern.quote(words);
    }

    Verdict classify(DeliveryEvent event) {
        String inReply = firstCode(event.getReply());
        String code = inReply == null ? event.getStatus() : inReply;
        BounceType type = type(event, code, inReply);
        return switch (event.getOutcome()) {
            case DELIVERED -> new Verdict("DELIVERED", type, code, null);
            case COMPLAINED -> new Verdict("COMPLAINT", type, code, null);
            case SUPPRESSED -> new Verdict("LOCAL_REJECTED", type, code, null);
            case BOUNCED, DEFERRED, EXPIRED, UNKNOWN -> byText(event.getReply(), type, code);
        };
    }

    private Verdict byText(String reply, BounceType type, String code) {
        if (reply != null) {
            String words = reply.toLowerCase(Locale.ROOT);
            for (Rule rule : rules) {
                if (rule.pattern().matcher(words).find()) {
                    return new Verdict(rule.category(), type, code, rule.id());
                }
            }
        }
        return new Verdict(codes.getOrDefault(code, "UNDETERMINED"), type, code, null);
    }

    private static BounceType type(DeliveryEvent event, String code, String inReply) {
        boolean classFive = code != null && code.startsWith("5");
        if (event.getOutcome() == Outcome.BOUNCED) {
            return classFive ? BounceType.HARD : BounceType.SOFT;
        }
        if (event.getOutcome() == Outcome.EXPIRED) {
            boolean refused = classFive && inReply != null && event.getReplySource() != ReplySource.LOCAL;
            return refused && !code.endsWith(".4.7") ? BounceType.HARD : BounceType.SOFT;
        }
        return BounceType.NONE;
    }

    private static String firstCode(String reply) {
        if (reply == null) {
            return null;
        }
        Matcher enhanced = ENHANCED.matcher(reply);
        if (enhanced.find()) {
            return enhanced.group(1);
        }
        Matcher basic = BASIC.matcher(reply);
        return basic.find() ? basic.group(1) : null;
    }
}
