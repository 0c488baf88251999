package dev.rebound.replay;

import java.util.regex.Pattern;

/**
 * Name of a replay; part of the names of its topics.
 *
 * @param text 1 to 40 lower-case letters, digits and hyphens, no hyphen first
 */
public record ReplayName(String text) {

    /** The form as a regular expression, without groups. */
    static final String FORM = "[a-z0-9][a-z0-9-]{0,39}";

    private static final Pattern WHOLE = Pattern.compile(FORM);

    /**
     * A name.
     *
     * @throws IllegalArgumentException when it cannot be one
     */
    public ReplayName {
        if (!isOne(text)) {
            throw new IllegalArgumentException("name of a replay: " + text
                    + " (expected: 1 to 40 lower-case letters, digits and hyphens, the first no hyphen, such as"
                    + " november-2)");
        }
    }

    /** Whether a text can be a name. */
    public static boolean isOne(String text) {
        return WHOLE.matcher(text).matches();
    }

    @Override
    public String toString() {
        return text;
    }
}
