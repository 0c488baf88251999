package dev.rebound.suppress.imports;

import dev.rebound.address.EmailAddress;
import dev.rebound.address.InvalidAddressException;

/** What a list may name: an address, or a whole domain. */
final class ListedAddress {

    /** Not allowed in a local part without quotes (RFC 5321 section 4.1.2), or a sign of more than one address. */
    private static final String SEPARATORS = ",;<>|@";

    private ListedAddress() {}

    /** The address in normal form. */
    static String address(String text) throws BadRowException {
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
        try {
            return "@" + EmailAddress.domain(listed.substring(1).strip());
        } catch (InvalidAddressException e) {
            throw BadRowException.unreadable(e.getMessage());
        }
    }
}
