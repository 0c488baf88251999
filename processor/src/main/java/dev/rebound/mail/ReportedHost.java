package dev.rebound.mail;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host as a delivery report names it: type, semicolon, name (RFC 3464 section 2.2.2), often with an address in brackets or
 * parentheses behind the name or instead of it.
 *
 * @param name host name in lower case, without a port or a final dot
 * @param address IP address
 */
record ReportedHost(Optional<String> name, Optional<String> address) {
    static final ReportedHost UNKNOWN = new ReportedHost(Optional.empty(), Optional.empty());

    private static final int MAX_LENGTH = 1_000;
    private static final Pattern TYPE = Pattern.compile("^\\s*[A-Za-z0-9][A-Za-z0-9_-]{0,40}\\s*;\\s*");
    private static final Pattern NAME =
            Pattern.compile("^([A-Za-z0-9_][A-Za-z0-9_.-]{0,252})(?::\\d{1,5})?(?=$|[\\s(\\[,;])");
    private static final Pattern BRACKETED = Pattern.compile("[\\[(](?:IPv6:)?([0-9A-Fa-f.:]{2,45})(?=[\\]),;\\s])");
    private static final Pattern BARE_ADDRESS =
            Pattern.compile("^((?:\\d{1,3}\\.){3}\\d{1,3}|(?=[^:]*:[^:]*:)[0-9A-Fa-f:]{2,39})(?=$|[\\s(,;])");
    private static final Pattern IP = Pattern.compile("(?:\\d{1,3}\\.){3}\\d{1,3}|(?=[^:]*:[^:]*:)[0-9A-Fa-f:.]{2,45}");

    static ReportedHost parse(String field) {
        if (field.length() > MAX_LENGTH) {
            return UNKNOWN;
        }
        String text = TYPE.matcher(field).replaceFirst("").strip();
        Matcher bare = BARE_ADDRESS.matcher(text);
        if (bare.find()) {
            return new ReportedHost(Optional.empty(), Optional.of(bare.group(1)));
        }
        Matcher name = NAME.matcher(text);
        Optional<String> host = name.find() ? Optional.of(withoutFinalDot(name.group(1))) : Optional.empty();
        Matcher bracketed = BRACKETED.matcher(text);
        Optional<String> address = Optional.empty();
        while (address.isEmpty() && bracketed.find()) {
            address =
                    Optional.of(bracketed.group(1)).filter(ip -> IP.matcher(ip).matches());
        }
        return new ReportedHost(host, address);
    }

    private static String withoutFinalDot(String name) {
        String host = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        return host.toLowerCase(Locale.ROOT);
    }
}
