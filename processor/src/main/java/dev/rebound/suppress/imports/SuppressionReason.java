package dev.rebound.suppress.imports;

/** Why an address is on a suppression list. */
public enum SuppressionReason {
    /** Mail to it came back. */
    BOUNCE,
    /** Its owner called a mail spam. */
    COMPLAINT,
    /** Its owner asked for no more mail. */
    UNSUBSCRIBE,
    /** Somebody put it there. */
    MANUAL
}
