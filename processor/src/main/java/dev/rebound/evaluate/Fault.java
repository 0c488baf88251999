package dev.rebound.evaluate;

import dev.rebound.schema.Classification;
import dev.rebound.schema.Scope;

/** Whose trouble a failure is, as coarsely as labelled sets of different sources can agree on. */
enum Fault {
    /** The address, or its whole domain, will not take mail again. */
    GONE,
    /** The address takes no mail for now: full, disabled, busy. */
    RECIPIENT_TEMPORARY,
    /** What was sent, or a rule about who may send. */
    MESSAGE_OR_POLICY,
    /** Who sent it: reputation and rate. */
    REPUTATION,
    /** Servers, networks, and domains that are ill and not gone. */
    INFRASTRUCTURE,
    /** The evidence does not say. */
    UNKNOWN;

    /** What a classification comes to. */
    static Fault of(Classification classification) {
        return classification.getRecipientGone() ? GONE : of(classification.getScope());
    }

    /** What a scope comes to where the recipient is not gone. */
    static Fault of(Scope scope) {
        return switch (scope) {
            case RECIPIENT -> RECIPIENT_TEMPORARY;
            case SENDER, CONTENT -> MESSAGE_OR_POLICY;
            case REPUTATION -> REPUTATION;
            case DOMAIN, INFRASTRUCTURE -> INFRASTRUCTURE;
            case UNKNOWN -> UNKNOWN;
        };
    }
}
