package dev.rebound.event;

/** The rule for tenant names: they are part of keys, in front of a vertical bar. */
public final class Tenants {

    /** The tenant of events that name none. */
    public static final String DEFAULT = "default";

    /** Longest name, in characters. */
    public static final int MAX_LENGTH = 128;

    /** The rule in words, for messages. */
    public static final String EXPECTED =
            "1 to " + MAX_LENGTH + " characters without '|', white space and control characters";

    private Tenants() {}

    /** Whether a text keeps the rule. */
    public static boolean isValid(String tenant) {
        return !tenant.isEmpty() && tenant.length() <= MAX_LENGTH && (isGraphic(tenant) || isPrintable(tenant));
    }

    /** Of ASCII characters that leave a mark, the bar excepted, as nearly all names are. */
    private static boolean isGraphic(String tenant) {
        for (int i = 0; i < tenant.length(); i++) {
            char c = tenant.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '|') {
                return false;
            }
        }
        return true;
    }

    private static boolean isPrintable(String tenant) {
        return tenant.codePoints()
                .noneMatch(c -> c == '|'
                        || Character.isWhitespace(c)
                        || Character.isSpaceChar(c)
                        || Character.isISOControl(c)
                        || Character.getType(c) == Character.SURROGATE);
    }
}
