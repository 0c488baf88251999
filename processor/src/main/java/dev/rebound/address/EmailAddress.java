package dev.rebound.address;

import com.ibm.icu.text.IDNA;
import java.text.Normalizer;
import java.util.Locale;

/**
 * A mailbox address (RFC 5321 section 4.1.2, RFC 6531) in normal form: ASCII letters in lower case, the local part in
 * Unicode normalization form C, the domain in A-label form (RFC 5890, by UTS #46 without transitional mapping). Tags and
 * dots of the local part stay, because only the receiving system knows whether they matter.
 *
 * @param localPart what stands before the last {@code @}; never empty
 * @param domain receiving domain, or an address literal in brackets; never empty
 */
public record EmailAddress(String localPart, String domain) {

    /** Longest address taken, as written and in normal form, in UTF-16 units; RFC 5321 section 4.5.3.1.3 allows 256, and real return paths exceed it. */
    public static final int MAX_LENGTH = 512;

    private static final int MAX_DOMAIN_LENGTH = 253;
    private static final int MAX_LABEL_LENGTH = 63;
    private static final IDNA IDNA_UTS46 =
            IDNA.getUTS46Instance(IDNA.NONTRANSITIONAL_TO_ASCII | IDNA.NONTRANSITIONAL_TO_UNICODE | IDNA.CHECK_BIDI);

    /**
     * Reads and normalises an address. White space around it and one pair of angle brackets are taken off.
     *
     * @param text the address; null and empty are refused
     * @throws InvalidAddressException when the text is no address; the message does not contain the text
     */
    public static EmailAddress parse(String text) throws InvalidAddressException {
        if (text == null) {
            throw new InvalidAddressException("address is missing");
        }
        int sign = signOfNormal(text);
        if (sign > 0) {
            return new EmailAddress(text.substring(0, sign), text.substring(sign + 1));
        }
        String address = text.strip();
        if (address.startsWith("<") && address.endsWith(">")) {
            address = address.substring(1, address.length() - 1).strip();
        }
        if (address.isEmpty()) {
            throw new InvalidAddressException("address is empty");
        }
        checkLength(address.length());
        int at = address.lastIndexOf('@');
        if (at < 0) {
            throw new InvalidAddressException("address has no @");
        }
        String localPart = localPart(address.substring(0, at));
        String domain = domain(address.substring(at + 1));
        // A-labels are longer than what they stand for, and the normal form must be an address too.
        checkLength(localPart.length() + 1 + domain.length());
        return new EmailAddress(localPart, domain);
    }

    /** Whether a text is an address in normal form, and a plain one: one that {@link #parse} gives back as it is, without a closer look. */
    public static boolean isPlain(String text) {
        return signOfNormal(text) > 0;
    }

    /**
     * Where the sign is in an address that is in normal form as it stands: lower-case ASCII without anything that needs quotes, and a domain of
     * letters, digits and single dots. Most addresses are, and this is one look at each character.
     *
     * @return -1 when it takes a closer look
     */
    private static int signOfNormal(String text) {
        int length = text.length();
        if (length > MAX_LABEL_LENGTH) {
            return -1;
        }
        int sign = -1;
        char before = '.';
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            boolean plain = c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_';
            if (c == '@' && sign < 0 && i > 0) {
                sign = i;
                c = '.';
            } else if (!plain && (sign < 0 ? c != '.' && c != '+' : c != '.' || before == '.')) {
                return -1;
            }
            before = c;
        }
        return before == '.' ? -1 : sign;
    }

    private static void checkLength(int length) throws InvalidAddressException {
        if (length > MAX_LENGTH) {
            throw new InvalidAddressException(
                    "address has " + length + " characters (expected: at most " + MAX_LENGTH + ")");
        }
    }

    private static String localPart(String text) throws InvalidAddressException {
        if (text.isEmpty()) {
            throw new InvalidAddressException("address has nothing before the @");
        }
        boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
        boolean ascii = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c)) {
                throw new InvalidAddressException("address has a control character");
            }
            if (!quoted && Character.isWhitespace(c)) {
                throw new InvalidAddressException("address has white space outside quotes");
            }
            if (Character.isSurrogate(c) && !isPaired(text, i)) {
                throw new InvalidAddressException("address has half of a surrogate pair");
            }
            ascii &= c < 0x80;
        }
        return asciiLowerCase(ascii ? text : Normalizer.normalize(text, Normalizer.Form.NFC));
    }

    /**
     * Normalises a domain name, or an address literal in brackets.
     *
     * @throws InvalidAddressException when the text is neither; the message does not contain the text
     */
    public static String domain(String text) throws InvalidAddressException {
        if (text.startsWith("[") && text.endsWith("]")) {
            return addressLiteral(text);
        }
        String name = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        if (name.isEmpty()) {
            throw new InvalidAddressException("domain is empty");
        }
        String ascii = isAscii(name) ? asciiLowerCase(name) : toALabels(name);
        checkLabels(ascii);
        return ascii;
    }

    private static String addressLiteral(String text) throws InvalidAddressException {
        for (int i = 1; i < text.length() - 1; i++) {
            char c = text.charAt(i);
            boolean allowed = c == '.' || c == ':' || c == '-' || isAsciiLetterOrDigit(c);
            if (!allowed) {
                throw new InvalidAddressException("address literal has a character that is not allowed");
            }
        }
        if (text.length() == 2) {
            throw new InvalidAddressException("address literal is empty");
        }
        return asciiLowerCase(text);
    }

    private static String toALabels(String name) throws InvalidAddressException {
        IDNA.Info info = new IDNA.Info();
        String ascii = IDNA_UTS46.nameToASCII(name, new StringBuilder(), info).toString();
        if (info.hasErrors()) {
            throw new InvalidAddressException("domain is not a valid internationalised name");
        }
        return ascii.toLowerCase(Locale.ROOT);
    }

    /** Letters, digits, hyphen, and the underscore that real names have against RFC 1123. */
    private static void checkLabels(String domain) throws InvalidAddressException {
        if (domain.length() > MAX_DOMAIN_LENGTH) {
            throw new InvalidAddressException("domain is longer than " + MAX_DOMAIN_LENGTH + " characters");
        }
        int start = 0;
        for (int i = 0; i <= domain.length(); i++) {
            if (i == domain.length() || domain.charAt(i) == '.') {
                if (i == start || i - start > MAX_LABEL_LENGTH) {
                    throw new InvalidAddressException(
                            "domain has a label that is empty or longer than " + MAX_LABEL_LENGTH + " characters");
                }
                start = i + 1;
            } else if (!isAsciiLetterOrDigit(domain.charAt(i)) && domain.charAt(i) != '-' && domain.charAt(i) != '_') {
                throw new InvalidAddressException("domain has a character that is not allowed");
            }
        }
    }

    private static boolean isAsciiLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isPaired(String text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private static String asciiLowerCase(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 'A' && text.charAt(i) <= 'Z') {
                return lowered(text, i);
            }
        }
        return text;
    }

    private static String lowered(String text, int from) {
        StringBuilder out = new StringBuilder(text);
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                out.setCharAt(i, (char) (c + ('a' - 'A')));
            }
        }
        return out.toString();
    }

    /** The address in normal form: personal data, not for logs above debug level. */
    @Override
    public String toString() {
        return localPart + "@" + domain;
    }
}
