package dev.rebound.replay;

import java.util.regex.Pattern;

/**
 * Name of a replay; part of the names of its topics.
 *
 * @param text 1 to 40 lower-case letters, digits and hyphens, no hyphen first
 */
public record ReplayName(String text) {

    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

    /**
     * A name.
     *
     * @throws IllegalArgumentException when it cannot be one
     */
    public ReplayName {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("name of a replay: " + text
                    + " (expected: 1 to 40 lower-case letters, digits and hyphens, the first no hyphen, such as"
                    + " november-2)");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
