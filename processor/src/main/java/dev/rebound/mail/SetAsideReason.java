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
    REPORT_TOO_LARGE("The delivery report in the mail is larger than 4 MiB."),
    /** RFC 5965. */
    COMPLAINT("The mail is a complaint report (RFC 5965), which is not read yet."),
    /** RFC 8098. */
    DISPOSITION_NOTIFICATION("The mail is a disposition notification, such as a read receipt (RFC 8098)."),
    /** RFC 3834. */
    AUTOMATIC_REPLY("The mail is an automatic reply, such as a vacation notice (RFC 3834)."),
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
