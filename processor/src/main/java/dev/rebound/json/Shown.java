package dev.rebound.json;

import com.fasterxml.jackson.databind.JsonNode;

/** How values and names of the input appear in messages: short, in one line, and never an e-mail address. */
public final class Shown {
    private static final int MAX_LENGTH = 40;

    private Shown() {}

    /** Type of the value, with the value itself where that is short and safe. */
    static String value(JsonNode node) {
        return switch (node.getNodeType()) {
            case NULL -> "null";
            case BOOLEAN -> node.asText();
            case NUMBER -> "number " + cut(node.asText());
            case STRING -> isSafe(node.asText()) ? "string \"" + cut(node.asText()) + '"' : "a string";
            case ARRAY -> "an array";
            case OBJECT -> "an object";
            case BINARY, MISSING, POJO -> "a value";
        };
    }

    /** A value that was given as text: in quotes, or named only, where it may be an address. */
    public static String text(String text) {
        return isSafe(text) ? '"' + cut(text) + '"' : "a text that is not shown here";
    }

    /** The name of a field as the input spells it. */
    public static String name(String name) {
        return isSafe(name) ? cut(name) : "a name that is not shown here";
    }

    private static boolean isSafe(String text) {
        return text.chars().noneMatch(c -> c == '@' || Character.isISOControl(c));
    }

    private static String cut(String text) {
        if (text.length() <= MAX_LENGTH) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(MAX_LENGTH - 1)) ? MAX_LENGTH - 1 : MAX_LENGTH;
        return text.substring(0, end) + "...";
    }
}
