package dev.rebound.json;

import java.io.IOException;

/** Input that is not UTF-8; the message names it, the line and the remedy. */
public final class NotUtf8Exception extends IOException {
    private static final long serialVersionUID = 1L;

    NotUtf8Exception(String name, long line) {
        super(name + ": line " + line + " is not UTF-8 (expected: text in UTF-8; convert it, for example with"
                + " iconv -f ISO-8859-1 -t UTF-8)");
    }
}
