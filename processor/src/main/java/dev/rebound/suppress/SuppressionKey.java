package dev.rebound.suppress;

import dev.rebound.address.EmailAddress;
import dev.rebound.address.InvalidAddressException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * What one suppression is about: an address, for the mail of a list. Written as {@code list|address}.
 *
 * @param list whose mail
 * @param address an address in normal form, {@code @domain} for all addresses of a domain, or {@code hash:} and the keyed hash of
 *     an address that was erased
 */
public record SuppressionKey(SuppressionList list, String address) {

    /** How the stand-in of an erased address begins. */
    public static final String HASH = "hash:";

    private static final Pattern HASHED = Pattern.compile(HASH + "[0-9a-f]{64}");

    /**
     * A key for an address as somebody wrote it.
     *
     * @throws InvalidAddressException when it is no address, domain or hash; the message does not contain it
     */
    public static SuppressionKey of(SuppressionList list, String address) throws InvalidAddressException {
        return new SuppressionKey(list, normalised(address));
    }

    /**
     * Reads a key as {@link #text()} writes it.
     *
     * @throws IllegalArgumentException when it is none; the message does not contain it
     */
    public static SuppressionKey parse(String text) {
        int bar = text.indexOf('|');
        if (bar < 0 || bar == text.length() - 1) {
            throw new IllegalArgumentException("key has no | with an address behind it (expected: list|address)");
        }
        return new SuppressionKey(SuppressionList.parse(text.substring(0, bar)), text.substring(bar + 1));
    }

    /**
     * The normal form of an address, of {@code @domain}, or of the stand-in of an erased address.
     *
     * @throws InvalidAddressException when it is none of them; the message does not contain it
     */
    public static String normalised(String address) throws InvalidAddressException {
        if (address != null && address.startsWith("@")) {
            return '@' + EmailAddress.domain(address.substring(1).strip());
        }
        if (address != null && HASHED.matcher(address).matches()) {
            return address;
        }
        return EmailAddress.parse(address).toString();
    }

    /** Key of the topic and of the state. */
    public String text() {
        return list.text() + '|' + address;
    }

    /** {@link #text()} in UTF-8. */
    public byte[] bytes() {
        return text().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * What places the state among the partitions, in UTF-8: that of the events of the tenant's recipient, so that all lists of a
     * tenant are beside their evidence. An erased address has none of its own: it stays where the address was.
     */
    public byte[] home() {
        return home(list.tenant(), address);
    }

    /** Where the state of a tenant's address is; null for all tenants. See {@link #home()}. */
    public static byte[] home(String tenant, String address) {
        return ((tenant == null ? "*" : tenant) + '|' + address).getBytes(StandardCharsets.UTF_8);
    }

    /** This stands for an erased address. */
    public boolean isErased() {
        return address.startsWith(HASH) && address.indexOf('@') < 0;
    }

    /** This is about all addresses of a domain. */
    public boolean isDomain() {
        return address.lastIndexOf('@') == 0;
    }
}
