package dev.rebound.suppress;

import dev.rebound.schema.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rules in plain English. */
public final class RuleWords {

    private RuleWords() {}

    /**
     * What a rule does, in two sentences.
     *
     * @param settles that of its policy
     */
    public static String of(Rule rule, Duration settles) {
        String timing = enumerated(timing(rule));
        return "After " + counted(rule) + (timing.isEmpty() ? "" : ", " + timing) + ", the address is suppressed for "
                + lasts(rule.lasts()) + (rule.level() == Rule.Level.STREAM ? ", for mail of the same stream" : "")
                + ". " + delivery(rule, settles);
    }

    /** What counts, as {@code 5 failures (MAILBOX_FULL or MAILBOX_UNAVAILABLE)}. */
    private static String counted(Rule rule) {
        boolean failures = rule.when().stream()
                .anyMatch(condition -> condition.outcomes().isEmpty()
                        || condition.outcomes().stream().anyMatch(outcome -> outcome != Outcome.COMPLAINED));
        boolean complaints =
                rule.when().stream().anyMatch(condition -> condition.outcomes().contains(Outcome.COMPLAINED));
        String plural = rule.failures() == 1 ? "" : "s";
        String nouns = (failures ? "failure" + plural : "")
                + (failures && complaints ? " or " : "")
                + (complaints ? "complaint" + plural : "");
        String kinds = rule.when().stream().map(RuleWords::of).collect(Collectors.joining("; or "));
        return rule.failures() + " " + nouns + (kinds.isEmpty() ? "" : " (" + kinds + ")");
    }

    /** What a condition asks for; empty when it asks for complaints and nothing else. */
    public static String of(Condition condition) {
        List<String> parts = new ArrayList<>();
        if (!condition.outcomes().isEmpty() && !condition.outcomes().equals(Set.of(Outcome.COMPLAINED))) {
            parts.add("outcome " + either(condition.outcomes()));
        }
        if (condition.bounceType() != null) {
            parts.add(condition.bounceType().name());
        }
        if (!condition.categories().isEmpty()) {
            parts.add(either(condition.categories()));
        }
        if (!condition.scopes().isEmpty()) {
            parts.add("scope " + either(condition.scopes()));
        }
        if (condition.gone() != null) {
            parts.add(condition.gone() ? "gone" : "not gone");
        }
        if (!condition.classes().isEmpty()) {
            parts.add("class "
                    + either(condition.classes().stream()
                            .map(digit -> digit == 0 ? "none" : digit.toString())
                            .sorted()
                            .toList()));
        }
        if (!condition.codes().isEmpty()) {
            parts.add("code " + either(condition.codes()));
        }
        if (!condition.providers().isEmpty()) {
            parts.add("at " + either(condition.providers()));
        }
        if (condition.uncorrelated() != null) {
            parts.add(condition.uncorrelated() ? "uncorrelated" : "not uncorrelated");
        }
        return String.join(", ", parts);
    }

    private static List<String> timing(Rule rule) {
        return Stream.of(
                        apart(rule),
                        rule.within() == null ? "" : "within " + Spans.words(rule.within()),
                        rule.spanning().isZero() ? "" : "spanning at least " + Spans.words(rule.spanning()),
                        rule.consecutive() ? "without a delivery in between" : "")
                .filter(part -> !part.isEmpty())
                .toList();
    }

    private static String apart(Rule rule) {
        String atLeast = "at least " + Spans.words(rule.apart());
        return rule.apart().isZero()
                ? ""
                : rule.failures() == 1 ? "each " + atLeast + " after the one before" : atLeast + " apart";
    }

    /** As {@code 30 days, then 90, then for ever}. */
    private static String lasts(List<Duration> times) {
        StringBuilder text = new StringBuilder(Spans.words(times.get(0)));
        for (int i = 1; i < times.size(); i++) {
            String before = Spans.words(times.get(i - 1));
            String words = Spans.words(times.get(i));
            String unit = before.substring(Math.max(0, before.indexOf(' ')));
            text.append(", then ");
            if (words.equals("ever")) {
                text.append("for ever");
            } else {
                text.append(words.endsWith(unit) ? words.substring(0, words.length() - unit.length()) : words);
            }
        }
        return text.toString();
    }

    private static String delivery(Rule rule, Duration settles) {
        String after = settles.isZero() ? "at once" : "after " + Spans.words(settles);
        return switch (rule.delivery()) {
            case LIFTS -> "A later delivery lifts it " + after + ".";
            case RESETS -> "A later delivery begins the count anew " + after + "; a suppression stays.";
            case IGNORED ->
                rule.consecutive() ? "A later delivery does not lift it." : "Later deliveries change nothing.";
        };
    }

    private static String either(Collection<?> values) {
        return values.stream().map(Object::toString).collect(Collectors.joining(" or "));
    }

    private static String enumerated(List<String> parts) {
        int last = parts.size() - 1;
        return last < 1
                ? String.join("", parts)
                : String.join(", ", parts.subList(0, last)) + " and " + parts.get(last);
    }
}
