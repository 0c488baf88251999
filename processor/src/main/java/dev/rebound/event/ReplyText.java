package dev.rebound.event;

/**
 * A reply within the size that events allow: a record too large for its topic would stop the processor.
 *
 * @param text the reply, at most {@value #MAX_BYTES} bytes of UTF-8
 * @param truncated whether something was cut off its end
 */
public record ReplyText(String text, boolean truncated) {
    /** Most that an event may carry. */
    public static final int MAX_BYTES = 64 * 1024;

    /** Cuts between code points, never within one. */
    public static ReplyText cut(String reply) {
        int bytes = 0;
        int i = 0;
        while (i < reply.length()) {
            int codePoint = reply.codePointAt(i);
            bytes += utf8Length(codePoint);
            if (bytes > MAX_BYTES) {
                return new ReplyText(reply.substring(0, i), true);
            }
            i += Character.charCount(codePoint);
        }
        return new ReplyText(reply, false);
    }

    private static int utf8Length(int codePoint) {
        if (codePoint < 0x80) {
            return 1;
        }
        if (codePoint < 0x800) {
            return 2;
        }
        return codePoint < 0x10000 ? 3 : 4;
    }
}
