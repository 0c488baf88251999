package dev.rebound.suppress.imports;

import dev.rebound.address.EmailAddress;
import dev.rebound.address.InvalidAddressException;

/** What a list may name: an address, or a whole domain. */
final class ListedAddress {

    /** Not allowed in a local part without quotes (RFC 5321 section 4.1.2), or a sign of more than one address. */
    private static final String SEPARATORS = ",;<>|@";

    /** What programs write for what they could not read: which address it was is lost. */
    private static final char REPLACEMENT = '\uFFFD';

    /** Before any of these, an apostrophe keeps spreadsheets from taking a cell for a formula. */
    private static final String FORMULAS = "=+-";

    private ListedAddress() {}

    /** The cell of a spreadsheet without the apostrophe that makes a text of what looks like a formula; null for null. */
    static String unescaped(String cell) {
        boolean escaped =
                cell != null && cell.length() > 1 && cell.charAt(0) == '\'' && FORMULAS.indexOf(cell.charAt(1)) >= 0;
        return escaped ? cell.substring(1) : cell;
    }

    /** The address in normal form. */
    static String address(String text) throws BadRowException {
        refuseReplacement(text);
        try {
            EmailAddress address = EmailAddress.parse(text);
            String localPart = address.localPart();
            if (localPart.charAt(0) != '"') {
                for (int i = 0; i < localPart.length(); i++) {
                    if (SEPARATORS.indexOf(localPart.charAt(i)) >= 0) {
                        throw BadRowException.unreadable(
                                "address has " + localPart.charAt(i) + " before its @ (expected: one address alone)");
                    }
                }
            }
            return address.toString();
        } catch (InvalidAddressException e) {
            throw BadRowException.unreadable(e.getMessage());
        }
    }

    /** The same; {@code @} and a domain stand for the whole domain. */
    static String addressOrDomain(String text) throws BadRowException {
        String listed = text == null ? "" : text.strip();
        if (listed.startsWith("*@")) {
            throw BadRowException.unreadable("address begins with *@ (expected: @ and the domain, for a whole domain)");
        }
        if (!listed.startsWith("@")) {
            return address(listed);
        }
        refuseReplacement(listed);
        try {
            return "@" + EmailAddress.domain(listed.substring(1).strip());
        } catch (InvalidAddressException e) {
            throw BadRowException.unreadable(e.getMessage());
        }
    }

    private static void refuseReplacement(String text) throws BadRowException {
        if (text != null && text.indexOf(REPLACEMENT) >= 0) {
            throw BadRowException.unreadable("address has a replacement character, U+FFFD, where another one was lost"
                    + " (expected: the address as it was before the file was converted to UTF-8)");
        }
    }
}
