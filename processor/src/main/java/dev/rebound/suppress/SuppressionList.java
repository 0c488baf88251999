package dev.rebound.suppress;

import dev.rebound.event.Tenants;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Whose mail a suppression is about. Written as {@code *} for all tenants, {@code tenant}, or {@code tenant/stream}; what would be
 * taken for something else inside a name is percent-encoded (RFC 3986 section 2.1).
 *
 * @param tenant the tenant; null for all
 * @param stream kind of mail within the tenant; null for all of it
 */
public record SuppressionList(String tenant, String stream) {

    /** All tenants' mail. Only commands put addresses on it: no tenant's evidence speaks for another. */
    public static final SuppressionList ALL = new SuppressionList(null, null);

    /** Longest name of a stream, in characters. */
    public static final int MAX_STREAM = 128;

    private static final String ALL_TEXT = "*";
    private static final String EXPECTED = "*, a tenant, or tenant/stream";

    /**
     * A list.
     *
     * @throws IllegalArgumentException when the names cannot be those of a list
     */
    public SuppressionList {
        if (tenant == null ? stream != null : !Tenants.isValid(tenant)) {
            throw new IllegalArgumentException("list: no such tenant name (expected: " + EXPECTED + ")");
        }
        if (stream != null && (stream.isEmpty() || stream.length() > MAX_STREAM)) {
            throw new IllegalArgumentException("list: the stream has " + stream.length()
                    + " characters (expected: 1 to " + MAX_STREAM + "; the list as " + EXPECTED + ")");
        }
    }

    /** All mail of a tenant. */
    public static SuppressionList of(String tenant) {
        return new SuppressionList(tenant, null);
    }

    /**
     * Reads a list as {@link #text()} writes it.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static SuppressionList parse(String text) {
        if (text.equals(ALL_TEXT)) {
            return ALL;
        }
        if (text.startsWith(ALL_TEXT + '/')) {
            throw new IllegalArgumentException("list: all tenants have no streams (expected: " + EXPECTED + ")");
        }
        int slash = text.indexOf('/');
        SuppressionList list = slash < 0
                ? of(decoded(text))
                : new SuppressionList(decoded(text.substring(0, slash)), decoded(text.substring(slash + 1)));
        if (text.indexOf('|') >= 0) {
            throw new IllegalArgumentException("list: it has a | (expected: " + EXPECTED + ")");
        }
        return list;
    }

    /** The list as part of a key. */
    public String text() {
        if (tenant == null) {
            return ALL_TEXT;
        }
        String name = tenant.equals(ALL_TEXT) ? "%2A" : encoded(tenant);
        return stream == null ? name : name + '/' + encoded(stream);
    }

    /** The list of the whole tenant, which contains this one; itself when it is that. */
    public SuppressionList wholeTenant() {
        return stream == null ? this : of(tenant);
    }

    private static String encoded(String name) {
        int i = 0;
        while (i < name.length() && isPlain(name.charAt(i))) {
            i++;
        }
        if (i == name.length()) {
            return name;
        }
        StringBuilder text = new StringBuilder();
        name.codePoints().forEach(c -> {
            if (c > 0x7f || isPlain((char) c)) {
                text.appendCodePoint(c);
            } else {
                text.append(String.format("%%%02X", c));
            }
        });
        return text.toString();
    }

    private static boolean isPlain(char c) {
        return c != '%' && c != '/' && c != '|' && c > ' ' && c != 0x7f;
    }

    private static String decoded(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < encoded.length; i++) {
            if (encoded[i] != '%') {
                bytes.write(encoded[i]);
                continue;
            }
            int high = i + 2 < encoded.length ? Character.digit(encoded[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(encoded[i + 2], 16);
            if (low < 0) {
                throw new IllegalArgumentException("list: a % is not followed by two hexadecimal digits");
            }
            bytes.write(high << 4 | low);
            i += 2;
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return text();
    }
}
