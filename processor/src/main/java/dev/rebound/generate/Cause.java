package dev.rebound.generate;

/** Why a server answers as it does; each has answers in {@code replies.tsv}. */
enum Cause {
    /** The message is taken. */
    DELIVERED,
    /** First contact: later, please. */
    GREYLISTED,
    /** Too much from this sender. */
    SLOWED,
    /** Trouble of the receiver's own. */
    BUSY,
    /** No connection; the sending server's words. */
    UNREACHABLE,
    /** Mailbox full, perhaps not for long. */
    FULL,
    /** Mailbox full, and the receiver has lost patience. */
    FULL_FOR_GOOD,
    /** No such mailbox. */
    GONE,
    /** The mailbox exists and takes no mail. */
    DISABLED,
    /** The content was judged unwanted. */
    SPAM,
    /** A rule of the receiver. */
    POLICY,
    /** The sender's name is poor. */
    BLOCKED,
    /** SPF, DKIM or DMARC failed. */
    UNAUTHENTICATED,
    /** Message too large. */
    TOO_LARGE,
    /** The server does not serve that domain. */
    RELAY,
    /** No such domain; the sending server's words. */
    NO_SUCH_DOMAIN,
    /** The domain says in the DNS that it takes no mail (RFC 7505); the sending server's words. */
    NULL_MX,
    /** Bare, cut, broken and misleading answers. */
    ODD,
    /** The sending server has tried for long enough. */
    GAVE_UP,
    /** The sending side did not try. */
    NOT_TRIED,
    /** A delivery report after the message had been taken. */
    REPORTED,
    /** The scenario's provider puts mail off. */
    THROTTLED,
    /** The scenario's provider knows none of its users. */
    OUTAGE
}
