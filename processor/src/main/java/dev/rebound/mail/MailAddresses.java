package dev.rebound.mail;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds e-mail addresses in text that people wrote or programs printed. */
final class MailAddresses {

    /** What could be matched in several ways is bounded, so that no text takes long. */
    private static final Pattern ADDRESS = Pattern.compile(
            "(?<![\\p{L}\\p{N}._%+=-])(?:\"[^\"\\s@]{1,64}\"|[\\p{L}\\p{N}_][\\p{L}\\p{N}!#$%&'*+/=?^_`{|}~.-]{0,127}+)"
                    + "@[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]{0,62}+\\.){1,10}[\\p{L}\\p{N}-]{2,63}+");

    private static final Pattern OF_MAIL_SYSTEM = Pattern.compile(
            "(?i)(?:mailer-daemon|postmaster|mail-daemon|mail\\.delivery\\.system|double-bounce|abuse|hostmaster|helpdesk|support|noreply|no-reply|mmdf)(?:[-+].*)?@.*");

    private MailAddresses() {}

    /** A pattern for one address, to be used from any place of a text. */
    static Matcher in(String text) {
        return ADDRESS.matcher(text);
    }

    /** Addresses in the order of the text, each once, without what cannot be mailed to. */
    static List<String> all(String text) {
        List<String> found = new ArrayList<>();
        Set<String> known = new HashSet<>();
        Matcher address = in(text);
        while (address.find()) {
            String candidate = address.group();
            if (ReportedAddress.isUsable(candidate) && known.add(candidate.toLowerCase(Locale.ROOT))) {
                found.add(candidate);
            }
        }
        return found;
    }

    /** Whether a mail system, or the people who run it, answer to this address. */
    static boolean isOfMailSystem(String address) {
        return OF_MAIL_SYSTEM.matcher(address.toLowerCase(Locale.ROOT)).matches();
    }
}
