package dev.rebound.event;

import dev.rebound.address.EmailAddress;
import dev.rebound.address.InvalidAddressException;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.schema.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The key of an event's record, {@code tenant|recipient}, and with it whether the event can be processed at all. */
public final class EventKey {

    private EventKey() {}

    /** An event that breaks the rules of its fields. The message names the field and has no personal data. */
    public static final class InvalidEventException extends Exception {
        private static final long serialVersionUID = 1L;

        /** Which rule was broken, for counting. */
        private final Reason reason;

        /** The rules. */
        public enum Reason {
            /** The recipient is not an address. */
            INVALID_RECIPIENT,
            /** The tenant cannot be part of a key. */
            INVALID_TENANT,
            /** The outcome is one that this version does not know. */
            UNKNOWN_OUTCOME
        }

        InvalidEventException(Reason reason, String message) {
            super(message, null, false, false);
            this.reason = reason;
        }

        /** Which rule was broken. */
        public Reason reason() {
            return reason;
        }
    }

    /**
     * The key of an event, in UTF-8.
     *
     * @throws InvalidEventException when tenant, recipient or outcome cannot be processed
     */
    public static byte[] of(DeliveryEvent event) throws InvalidEventException {
        return of(event, null);
    }

    /**
     * The key of an event, as {@link #of(DeliveryEvent)}.
     *
     * @param given the key that its record has, or null; the very one is the answer where it is the right one
     */
    public static byte[] of(DeliveryEvent event, byte[] given) throws InvalidEventException {
        if (event.getOutcome() == Outcome.UNKNOWN) {
            throw new InvalidEventException(
                    InvalidEventException.Reason.UNKNOWN_OUTCOME, "outcome is not known to this version of Rebound");
        }
        String tenant = event.getTenant();
        if (!Tenants.isValid(tenant)) {
            throw new InvalidEventException(
                    InvalidEventException.Reason.INVALID_TENANT,
                    "tenant cannot be part of a key (expected: " + Tenants.EXPECTED + ")");
        }
        String recipient = event.getRecipient();
        if (given != null && EmailAddress.isPlain(recipient) && isWritten(given, tenant, recipient)) {
            return given;
        }
        try {
            byte[] key = (tenant + '|' + EmailAddress.parse(recipient)).getBytes(StandardCharsets.UTF_8);
            return Arrays.equals(key, given) ? given : key;
        } catch (InvalidAddressException e) {
            throw new InvalidEventException(
                    InvalidEventException.Reason.INVALID_RECIPIENT, "recipient: " + e.getMessage());
        }
    }

    /** Whether a key is just these two. Of ASCII characters only; the rest takes longer. */
    private static boolean isWritten(byte[] key, String tenant, String recipient) {
        int bar = tenant.length();
        return key.length == bar + 1 + recipient.length()
                && key[bar] == '|'
                && isWritten(key, 0, tenant)
                && isWritten(key, bar + 1, recipient);
    }

    private static boolean isWritten(byte[] key, int from, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (key[from + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Where the recipient begins in a key, which is where a key without a bar ends: who gets mail of two tenants is one recipient. */
    public static int recipientAt(byte[] key) {
        int bar = 0;
        while (bar < key.length && key[bar] != '|') {
            bar++;
        }
        return Math.min(bar + 1, key.length);
    }
}
