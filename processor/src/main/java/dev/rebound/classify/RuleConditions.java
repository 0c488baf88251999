package dev.rebound.classify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What has to hold beside the text for a rule to count. Written as words with blanks between them, all of which must hold:
 * {@code class=5}, {@code code=5.7.1,5.4.*}, {@code basic=550,554}, {@code command=DATA}; with {@code !=} none of the values may
 * be there. The word {@code weak} is for words that stand beside many reasons: the rule counts only where no other one matches and
 * no exact or basic code says why.
 *
 * @param text as it is written; empty for none
 * @param conditions what codes and command must be or must not be
 * @param weak the rule counts only where nothing else says why
 */
public record RuleConditions(String text, List<Condition> conditions, boolean weak) {

    static final RuleConditions NONE = new RuleConditions("", List.of(), false);

    private static final String WEAK = "weak";

    /** What a condition looks at. */
    public enum Subject {
        /** First digit of the code that decides. */
        CLASS,
        /** Enhanced code. */
        CODE,
        /** Basic code. */
        BASIC,
        /** SMTP command that was refused. */
        COMMAND
    }

    /**
     * One condition.
     *
     * @param subject what it looks at
     * @param values any of them; a code that ends in a dot stands for all that begin with it
     * @param wanted whether one of the values must be there, or none
     */
    public record Condition(Subject subject, List<String> values, boolean wanted) {

        private static Condition parse(String rule, String word) {
            int equals = word.indexOf('=');
            boolean negated = equals > 0 && word.charAt(equals - 1) == '!';
            String name = equals < 0 ? word : word.substring(0, negated ? equals - 1 : equals);
            Subject subject = Stream.of(Subject.values())
                    .filter(known -> known.name().toLowerCase(Locale.ROOT).equals(name))
                    .findFirst()
                    .orElseThrow(() -> invalid(rule));
            List<String> values = Arrays.stream(word.substring(equals + 1).split(",", -1))
                    .map(value -> value(rule, subject, value))
                    .toList();
            return new Condition(subject, values, !negated);
        }

        private static String value(String rule, Subject subject, String value) {
            switch (subject) {
                case CLASS -> {
                    if (value.length() != 1 || "245".indexOf(value.charAt(0)) < 0) {
                        throw invalid(rule);
                    }
                }
                case BASIC -> {
                    if (value.length() != 3) {
                        throw invalid(rule);
                    }
                    CodeId.parse(value);
                }
                case CODE -> {
                    return code(rule, value);
                }
                case COMMAND -> {
                    String command = value.toUpperCase(Locale.ROOT);
                    if (!SmtpCommand.known().contains(command)) {
                        throw new InvalidRowException(
                                "when", rule, "command= with one of " + String.join(", ", SmtpCommand.known()));
                    }
                    return command;
                }
            }
            return value;
        }

        private static String code(String rule, String value) {
            boolean subjectOnly = value.endsWith(".*");
            String id = subjectOnly ? value.substring(0, value.length() - 2) : value;
            if (id.indexOf('.') < 0) {
                throw invalid(rule);
            }
            CodeId.parse(id);
            return subjectOnly ? id + "." : id;
        }

        /** What is not known is none of the values. */
        private boolean holds(Evidence evidence) {
            for (String value : values) {
                if (isThere(value, evidence)) {
                    return wanted;
                }
            }
            return !wanted;
        }

        private boolean isThere(String value, Evidence evidence) {
            Codes codes = evidence.codes();
            return switch (subject) {
                case CLASS -> value.charAt(0) - '0' == codes.firstDigit();
                case CODE ->
                    codes.enhanced() != null
                            && (value.endsWith(".")
                                    ? codes.enhanced().startsWith(value)
                                    : codes.enhanced().equals(value));
                case BASIC -> value.equals(codes.basic());
                case COMMAND -> value.equals(evidence.command());
            };
        }
    }

    /**
     * Reads conditions; null and the empty text are none.
     *
     * @throws InvalidRowException when a condition cannot be understood
     */
    static RuleConditions parse(String text) {
        if (text == null || text.isBlank()) {
            return NONE;
        }
        List<Condition> conditions = new ArrayList<>();
        boolean weak = false;
        for (String word : text.strip().split("\\s+")) {
            if (word.equals(WEAK)) {
                weak = true;
            } else {
                conditions.add(Condition.parse(text, word));
            }
        }
        return new RuleConditions(text.strip(), List.copyOf(conditions), weak);
    }

    /** Whether codes and command are as they must be. */
    boolean hold(Evidence evidence) {
        for (Condition condition : conditions) {
            if (!condition.holds(evidence)) {
                return false;
            }
        }
        return true;
    }

    private static InvalidRowException invalid(String text) {
        return new InvalidRowException(
                "when",
                text,
                "class=5, code=5.7.1,5.4.*, basic=550,554, command=DATA, each also with != for none of them, or weak; with"
                        + " blanks between several");
    }
}
