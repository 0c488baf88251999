package dev.rebound.classify;

import dev.rebound.schema.Layer;

/**
 * The id of a code table row, and the layer that it belongs to.
 *
 * @param text {@code 5.1.1}, {@code 5.1}, {@code 550}, {@code 5.XXX.YYY} or {@code 5xx}
 * @param layer {@code EXACT}, {@code SUBJECT}, {@code BASIC}, {@code CLASS} or {@code GROUP}
 */
public record CodeId(String text, Layer layer) {

    private static final String CLASS_SUFFIX = ".XXX.YYY";
    private static final String GROUP_SUFFIX = "xx";

    /**
     * Reads an id.
     *
     * @throws InvalidRowException when the text is not the id of a row
     */
    public static CodeId parse(String text) {
        Layer layer = text == null ? null : layerOf(text);
        if (layer == null) {
            throw new InvalidRowException(
                    "id",
                    text,
                    "an enhanced code such as 5.1.1, its subject 5.1, a basic code such as 550, a class such as"
                            + " 5.XXX.YYY or a group such as 5xx");
        }
        return new CodeId(text, layer);
    }

    /** First digit of the code: its status class where that is 2, 4 or 5. */
    public int firstDigit() {
        return text.charAt(0) - '0';
    }

    private static Layer layerOf(String text) {
        if (text.isEmpty() || text.length() > 9 || text.charAt(0) < '1' || text.charAt(0) > '5') {
            return null;
        }
        String rest = text.substring(1);
        boolean enhancedClass = text.charAt(0) == '2' || text.charAt(0) == '4' || text.charAt(0) == '5';
        if (rest.equals(GROUP_SUFFIX)) {
            return Layer.GROUP;
        }
        if (rest.equals(CLASS_SUFFIX)) {
            return enhancedClass ? Layer.CLASS : null;
        }
        if (rest.length() == 2 && isDigits(rest)) {
            return Layer.BASIC;
        }
        if (!enhancedClass || !rest.startsWith(".")) {
            return null;
        }
        int dot = rest.indexOf('.', 1);
        if (dot < 0) {
            return isNumber(rest.substring(1)) ? Layer.SUBJECT : null;
        }
        return isNumber(rest.substring(1, dot)) && isNumber(rest.substring(dot + 1)) ? Layer.EXACT : null;
    }

    /** One to three digits without a superfluous zero in front (RFC 3463 section 2). */
    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.length() <= 3 && isDigits(text) && (text.length() == 1 || text.charAt(0) != '0');
    }

    private static boolean isDigits(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
