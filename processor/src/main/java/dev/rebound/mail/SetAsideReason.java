package dev.rebound.mail;

/** Why a mail, or one recipient of a delivery report, gave no event. */
public enum SetAsideReason {
    /** Nothing in it. */
    EMPTY("The mail is empty."),
    /** More bytes than {@link DsnReader#MAX_MAIL_BYTES}. */
    TOO_LARGE("The mail is larger than 50 MiB."),
    /** The file could not be opened or read; there is no copy. */
    UNREADABLE("The file could not be read."),
    /** Not even a lenient reader finds the parts, or a header is beyond any real one. */
    MALFORMED("The structure of the mail cannot be read (RFC 2045)."),
    /** Parts, or parts within parts, beyond any real mail. */
    TOO_COMPLEX("The mail has too many parts, or they are nested too deeply."),
    /** A report too large to be read as a whole; none of it is read. */
    REPORT_TOO_LARGE("The report in the mail is larger than 4 MiB."),
    /** RFC 5965 lets a report leave out or redact whom it is about. */
    NO_COMPLAINT_RECIPIENT("The complaint does not say who complains (RFC 5965, RFC 6590); it counts against nobody."),
    /** RFC 6430: there is no outcome that takes a complaint back. */
    NOT_SPAM("The mail takes a complaint back: its recipient says that the message was no spam (RFC 6430)."),
    /** RFC 6591: about the authentication of a message, and nobody complains. */
    AUTHENTICATION_REPORT("The mail reports that a message was not authenticated (RFC 6591); nobody complains."),
    /** RFC 5965 section 7.3. */
    VIRUS_REPORT("The mail reports that a message carried a virus (RFC 5965); nobody complains."),
    /** Not registered; some systems send it. */
    OPT_OUT_REPORT("The mail reports that a recipient wants no more mail of a kind; take the address off that list."),
    /** Type other, one that is not registered, or none. */
    OTHER_FEEDBACK("The mail is a report of feedback of another type than abuse or fraud (RFC 5965)."),
    /** RFC 8098. */
    DISPOSITION_NOTIFICATION("The mail is a disposition notification, such as a read receipt (RFC 8098)."),
    /** RFC 3834. */
    AUTOMATIC_REPLY("The mail is an automatic reply, such as a vacation notice (RFC 3834)."),
    /** Some filters deliver mail only when its sender has answered them. */
    CHALLENGE("The mail is a challenge: a filter wants the sender to confirm the message before it is delivered."),
    /** Of list managers, and of people who want to leave a list. */
    SUBSCRIPTION(
            "The mail is about a subscription, such as a request to unsubscribe; hand it to those who keep the list."),
    /** RFC 7489 section 7.2.1.1, RFC 8460. */
    AGGREGATE_REPORT(
            "The mail is an aggregate report on authentication or encryption (DMARC, RFC 7489; TLS, RFC 8460)."),
    /** Of people, or of those who send to any address that they find. */
    ORDINARY_MAIL("The mail is ordinary mail or spam: no mail system wrote it, and it speaks of no failure."),
    /** Free text, if it is a report at all. */
    NO_REPORT("The mail has no machine-readable delivery report (RFC 3464)."),
    /** A report about nobody. */
    NO_RECIPIENT_BLOCK("The delivery report names no recipient (RFC 3464 section 2.3)."),
    /** No field of the block, and no other evidence, gives an address that can be used. */
    NO_ADDRESS("A recipient of the delivery report has no usable address."),
    /** Nothing says what became of the message. */
    NO_VERDICT("A recipient of the delivery report has neither a known Action nor a Status.");

    private final String sentence;

    SetAsideReason(String sentence) {
        this.sentence = sentence;
    }

    /** The reason for people, as one sentence. */
    public String sentence() {
        return sentence;
    }
}
