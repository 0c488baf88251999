package dev.rebound.classify;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What has to hold beside the text for a rule to count. Written as words with blanks between them, all of which must hold:
 * {@code class=5}, {@code code=5.7.1,5.4.*}, {@code basic=550,554}, {@code command=DATA}.
 *
 * @param text as it is written; empty for none
 * @param statusClass first digit of the code that decides; 0 for any
 * @param codes enhanced codes, or subjects such as {@code 5.4.}; empty for any
 * @param basics basic codes; empty for any
 * @param command SMTP command that was refused, upper case; null for any
 */
record RuleConditions(String text, int statusClass, List<String> codes, List<String> basics, String command) {

    static final RuleConditions NONE = new RuleConditions("", 0, List.of(), List.of(), null);

    private static final String EXPECTED =
            "class=5, code=5.7.1,5.4.*, basic=550,554 or command=DATA, with blanks between several";

    /**
     * Reads conditions; null and the empty text are none.
     *
     * @throws InvalidRowException when a condition cannot be understood
     */
    static RuleConditions parse(String text) {
        if (text == null || text.isBlank()) {
            return NONE;
        }
        int statusClass = 0;
        List<String> codes = new ArrayList<>();
        List<String> basics = new ArrayList<>();
        String command = null;
        for (String word : text.strip().split("\\s+")) {
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            String value = word.substring(equals + 1);
            switch (name) {
                case "class" -> statusClass = digit(text, value);
                case "code" -> List.of(value.split(",")).forEach(code -> codes.add(code(text, code)));
                case "basic" -> List.of(value.split(",")).forEach(basic -> basics.add(basic(text, basic)));
                case "command" -> command = value.toUpperCase(Locale.ROOT);
                default -> throw invalid(text);
            }
            if (value.isEmpty()) {
                throw invalid(text);
            }
        }
        return new RuleConditions(text.strip(), statusClass, List.copyOf(codes), List.copyOf(basics), command);
    }

    /** How many there are. */
    int count() {
        return text.isEmpty() ? 0 : text.split("\\s+").length;
    }

    /** Whether they hold for codes and the command that was refused; a command that is not known is none of those named. */
    boolean hold(Codes found, String smtpCommand) {
        return (statusClass == 0 || statusClass == found.firstDigit())
                && (codes.isEmpty()
                        || found.enhanced() != null && codes.stream().anyMatch(code -> covers(code, found)))
                && (basics.isEmpty() || found.basic() != null && basics.contains(found.basic()))
                && (command == null || command.equalsIgnoreCase(smtpCommand));
    }

    private static boolean covers(String code, Codes found) {
        return code.endsWith(".")
                ? found.enhanced().startsWith(code)
                : found.enhanced().equals(code);
    }

    private static int digit(String text, String value) {
        if (value.length() != 1 || "245".indexOf(value.charAt(0)) < 0) {
            throw invalid(text);
        }
        return value.charAt(0) - '0';
    }

    private static String code(String text, String value) {
        boolean subject = value.endsWith(".*");
        String id = subject ? value.substring(0, value.length() - 2) : value;
        if (id.indexOf('.') < 0) {
            throw invalid(text);
        }
        CodeId.parse(id);
        return subject ? id + "." : id;
    }

    private static String basic(String text, String value) {
        if (value.length() != 3) {
            throw invalid(text);
        }
        return CodeId.parse(value).text();
    }

    private static InvalidRowException invalid(String text) {
        return new InvalidRowException("when", text, EXPECTED);
    }
}
