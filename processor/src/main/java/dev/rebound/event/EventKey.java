package dev.rebound.event;

import dev.rebound.address.EmailAddress;
import dev.rebound.address.InvalidAddressException;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.schema.Outcome;
import java.nio.charset.StandardCharsets;

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
        try {
            return (tenant + '|' + EmailAddress.parse(event.getRecipient())).getBytes(StandardCharsets.UTF_8);
        } catch (InvalidAddressException e) {
            throw new InvalidEventException(
                    InvalidEventException.Reason.INVALID_RECIPIENT, "recipient: " + e.getMessage());
        }
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
