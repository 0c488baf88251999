package dev.rebound.http;

import java.util.regex.Pattern;

/** Names by which this machine calls itself. */
final class LocalNames {

    private static final Pattern LOCAL = Pattern.compile(
            "(localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1]|\\[0:0:0:0:0:0:0:1])(:\\d{1,5})?",
            Pattern.CASE_INSENSITIVE);

    private LocalNames() {}

    /** Whether a request's Host header, null when it has none, names this machine. */
    static boolean isLocal(String host) {
        return host != null && LOCAL.matcher(host).matches();
    }
}
