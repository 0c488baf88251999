package dev.rebound.mail;

import dev.rebound.address.EmailAddress;
import dev.rebound.address.InvalidAddressException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address as a delivery report names it: type, semicolon, address (RFC 3464 section 2.3.1), the type often missing, the
 * address in angle brackets, followed by a comment, behind a source route, or encoded.
 */
final class ReportedAddress {

    /** RFC 6533 section 3, EmbeddedUnicodeChar. */
    private static final Pattern EMBEDDED = Pattern.compile("\\\\x\\{([0-9A-Fa-f]{2,6})\\}");

    /** RFC 5321 section 4.1.2, A-d-l: receivers ignore it. */
    private static final Pattern SOURCE_ROUTE = Pattern.compile("^@[^:@]{1,255}(?:,@[^:@]{1,255})*+:(?=.*@)");

    private static final Pattern TYPE = Pattern.compile("^[A-Za-z0-9][A-Za-z0-9_-]{0,40}\\s*;");
    private static final int MAX_LENGTH = 2_000;

    private ReportedAddress() {}

    /** The text behind the type, decoded; it need not be an e-mail address. Empty when nothing is there. */
    static Optional<String> text(String field) {
        String text = TYPE.matcher(field).replaceFirst("").strip();
        if (text.isEmpty() || text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        String decoded = decoded(SOURCE_ROUTE.matcher(bare(text)).replaceFirst(""));
        return decoded.isEmpty() ? Optional.empty() : Optional.of(decoded);
    }

    /** Whether mail can be sent to it: an address that {@link EmailAddress} takes. */
    static boolean isUsable(String address) {
        try {
            EmailAddress.parse(address);
            return true;
        } catch (InvalidAddressException e) {
            return false;
        }
    }

    /** What stands in angle brackets if there are any; without a comment at the end otherwise. */
    private static String bare(String text) {
        int open = text.startsWith("\"") ? text.indexOf('<', Math.max(0, text.indexOf('"', 1))) : text.indexOf('<');
        int close = text.indexOf('>', open + 1);
        if (open >= 0 && close > open) {
            return text.substring(open + 1, close).strip();
        }
        int comment = text.indexOf(" (");
        return comment > 0 ? text.substring(0, comment).strip() : text;
    }

    private static String decoded(String address) {
        return embeddedDecoded(isXtext(address) ? xtextDecoded(address) : address);
    }

    /**
     * xtext (RFC 3461 section 4) should have been undone before an address gets into a report, and {@code +20} or
     * {@code +ab} is also what people tag addresses with. In xtext no plus sign and no equals sign stands for itself; so it
     * is taken for xtext only if each plus sign begins the code of one of these two.
     */
    private static boolean isXtext(String address) {
        int plus = address.indexOf('+');
        boolean any = plus >= 0;
        for (; plus >= 0; plus = address.indexOf('+', plus + 1)) {
            String code = address.substring(plus + 1, Math.min(plus + 3, address.length()))
                    .toUpperCase(Locale.ROOT);
            if (!code.equals("2B") && !code.equals("3D")) {
                return false;
            }
        }
        return any && address.indexOf('=') < 0;
    }

    private static String xtextDecoded(String address) {
        return address.replaceAll("\\+2[Bb]", "+").replaceAll("\\+3[Dd]", "=");
    }

    private static String embeddedDecoded(String address) {
        Matcher embedded = EMBEDDED.matcher(address);
        return embedded.replaceAll(match -> {
            int codePoint = Integer.parseInt(match.group(1), 16);
            boolean character = Character.isValidCodePoint(codePoint)
                    && !(codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE);
            return Matcher.quoteReplacement(character ? Character.toString(codePoint) : match.group());
        });
    }
}
