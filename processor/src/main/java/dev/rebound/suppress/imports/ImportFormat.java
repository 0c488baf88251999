package dev.rebound.suppress.imports;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Whose export a file is. The columns are from general knowledge, and not checked against exports of live accounts. */
public enum ImportFormat {
    /** Account-level suppression list of Amazon SES. */
    AMAZON_SES("amazon-ses", Others.MAY_BE, Column.EMAIL, Column.REASON, Column.LAST_UPDATE_TIME),
    /** Bounces of Twilio SendGrid. */
    SENDGRID_BOUNCES("sendgrid-bounces", Others.MAY_BE, Column.STATUS, Column.REASON, Column.EMAIL, Column.CREATED),
    /** Blocks of Twilio SendGrid: always refused, since they are about the sender's content and reputation. */
    SENDGRID_BLOCKS("sendgrid-blocks", Others.MAY_BE, Column.STATUS, Column.REASON, Column.EMAIL, Column.CREATED),
    /** Spam reports of Twilio SendGrid. */
    SENDGRID_SPAM_REPORTS("sendgrid-spam-reports", Others.NONE, Column.IP, Column.EMAIL, Column.CREATED),
    /** Addresses that Twilio SendGrid takes for invalid. */
    SENDGRID_INVALID_EMAILS("sendgrid-invalid-emails", Others.NONE, Column.REASON, Column.EMAIL, Column.CREATED),
    /** Global and group unsubscribes of Twilio SendGrid. */
    SENDGRID_UNSUBSCRIBES("sendgrid-unsubscribes", Others.NONE, Column.EMAIL, Column.CREATED),
    /** Bounces of Mailgun. */
    MAILGUN_BOUNCES("mailgun-bounces", Others.MAY_BE, Column.ADDRESS, Column.CODE, Column.ERROR, Column.CREATED_AT),
    /** Complaints of Mailgun. */
    MAILGUN_COMPLAINTS("mailgun-complaints", Others.NONE, Column.ADDRESS, Column.CREATED_AT),
    /** Unsubscribes of Mailgun. */
    MAILGUN_UNSUBSCRIBES("mailgun-unsubscribes", Others.NONE, Column.ADDRESS, Column.TAGS, Column.CREATED_AT),
    /** Suppressions of a message stream of Postmark. */
    POSTMARK("postmark", Others.MAY_BE, Column.EMAIL, Column.SUPPRESSION_REASON, Column.ORIGIN, Column.CREATED_AT),
    /** Any CSV file with one column of addresses, and perhaps a reason and a time. */
    CSV("csv", Others.MAY_BE),
    /** An address, or {@code @} and a domain, on each line. Lines that are blank or begin with {@code #} are passed over. */
    PLAIN("plain", Others.NONE);

    /** Columns without which a row cannot be understood. */
    private static final Set<Column> NEEDED =
            EnumSet.of(Column.STATUS, Column.REASON, Column.CODE, Column.ERROR, Column.SUPPRESSION_REASON);

    private final String text;
    private final Others others;
    private final List<Column> columns;

    ImportFormat(String text, Others others, Column... columns) {
        this.text = text;
        this.others = others;
        this.columns = List.of(columns);
    }

    /** The format's name in options and messages, such as {@code amazon-ses}. */
    public String text() {
        return text;
    }

    /** Finds a format by its name; empty when there is none. */
    public static Optional<ImportFormat> named(String text) {
        return Arrays.stream(values())
                .filter(format -> format.text.equals(text))
                .findFirst();
    }

    /** The format that has these columns. Of SendGrid's bounces and blocks, which have the same, it is the bounces. */
    static Optional<ImportFormat> of(Header header) {
        return Arrays.stream(values()).filter(format -> format.isOf(header)).findFirst();
    }

    /** What a file of this format looks like, for messages. */
    String expected() {
        return switch (this) {
            case PLAIN -> "an address on each line";
            case CSV -> "one column named email, address or recipient";
            default -> "columns " + Column.labels(columns);
        };
    }

    /** All formats that can be recognised, for messages. */
    static String allExpected() {
        return Arrays.stream(values())
                .filter(format -> format != SENDGRID_BLOCKS)
                .map(format -> format.text + ": " + format.expected())
                .collect(Collectors.joining("; "));
    }

    /** The format says whose export it is, by columns that no other table is likely to have. */
    boolean isDistinct() {
        return others == Others.MAY_BE && !columns.isEmpty();
    }

    /** Columns without which rows of this format cannot be understood, beside that of the address. */
    Set<Column> needed() {
        Set<Column> needed = EnumSet.copyOf(NEEDED);
        needed.retainAll(columns);
        return needed;
    }

    /** The file has no column, of those that exports have, that would be strange in this format. */
    boolean explainsAllOf(Header header) {
        return header.columns().stream()
                .allMatch(column ->
                        columns.contains(column) || Column.ADDRESSES.contains(column) || Column.TIMES.contains(column));
    }

    /** The column of the address: the format's own, else the only one that may be it; empty when none may, or several. */
    Optional<Column> addressColumn(Header header) {
        List<Column> present = header.present(Column.ADDRESSES);
        Optional<Column> own = present.stream().filter(columns::contains).findFirst();
        return own.isPresent() || present.size() != 1 ? own : Optional.of(present.get(0));
    }

    /** The column that holds the time: the format's own, else the first that may; empty when there is none. */
    Optional<Column> timeColumn(Header header) {
        List<Column> present = header.present(Column.TIMES);
        return present.stream().filter(columns::contains).findFirst().or(() -> present.stream()
                .findFirst());
    }

    private boolean isOf(Header header) {
        return switch (this) {
            case SENDGRID_BLOCKS, PLAIN -> false;
            case CSV -> addressColumn(header).isPresent();
            default ->
                others == Others.NONE ? header.isExactly(Set.copyOf(columns)) : hasOwn(header) && hasTime(header);
        };
    }

    /** Of distinct formats the time may have another name, except where it makes the format distinct. */
    private boolean hasOwn(Header header) {
        Set<Column> own = EnumSet.copyOf(columns);
        own.remove(Column.CREATED);
        own.remove(Column.CREATED_AT);
        own.remove(Column.ORIGIN);
        return header.hasAll(own);
    }

    /** As an export names it; {@code since} is what lists of somebody's own say. */
    private static boolean hasTime(Header header) {
        return header.columns().stream().anyMatch(column -> column != Column.SINCE && Column.TIMES.contains(column));
    }

    /** Whether a file of the format may have columns that Rebound does not know. */
    private enum Others {
        /** Its own columns are telling enough. */
        MAY_BE,
        /** Its few columns could be anybody's: one that is unknown makes it somebody else's table. */
        NONE
    }
}
