package dev.rebound.suppress.imports;

import dev.rebound.schema.SuppressionReason;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVRecord;

/** Reads the rows of one CSV file. */
final class RowReader {

    /** Reasons that a list of somebody's own may give, in letters and digits alone. */
    private static final Map<String, SuppressionReason> REASONS = Map.ofEntries(
            Map.entry("bounce", SuppressionReason.BOUNCE),
            Map.entry("bounced", SuppressionReason.BOUNCE),
            Map.entry("hardbounce", SuppressionReason.BOUNCE),
            Map.entry("complaint", SuppressionReason.COMPLAINT),
            Map.entry("spamcomplaint", SuppressionReason.COMPLAINT),
            Map.entry("spamreport", SuppressionReason.COMPLAINT),
            Map.entry("unsubscribe", SuppressionReason.UNSUBSCRIBE),
            Map.entry("unsubscribed", SuppressionReason.UNSUBSCRIBE));

    /** Mailgun's word, with or without the brackets of a list, for an unsubscribe from everything. */
    private static final Pattern ALL_TAGS = Pattern.compile("[\\[\\]\"'\\s]*\\*?[\\[\\]\"'\\s]*");

    private final ImportFormat format;
    private final Header header;
    private final Column addressColumn;
    private final Optional<Column> timeColumn;
    private final boolean mayBeBlocks;

    /**
     * @param header has a column for the address, and those that the format needs
     * @param mayBeBlocks the file may also be SendGrid's export of blocks
     */
    RowReader(ImportFormat format, Header header, boolean mayBeBlocks) {
        this.format = format;
        this.header = header;
        this.addressColumn = format.addressColumn(header).orElseThrow();
        this.timeColumn = format.timeColumn(header);
        this.mayBeBlocks = mayBeBlocks;
    }

    ImportFormat format() {
        return format;
    }

    boolean mayBeBlocks() {
        return mayBeBlocks;
    }

    /** Reads a row. @param number line on which it begins, from 1 */
    ImportedRow read(long number, CSVRecord cells) throws BadRowException {
        if (cells.size() != header.width()) {
            throw BadRowException.unreadable("row has " + cells.size() + " cells (expected: " + header.width()
                    + ", as many as there are column names; quote cells with commas or line breaks)");
        }
        String listed = cell(cells, addressColumn);
        String address = format == ImportFormat.CSV
                ? ListedAddress.addressOrDomain(ListedAddress.unescaped(listed))
                : ListedAddress.address(listed);
        Why why = why(cells);
        String time = timeColumn.map(column -> cell(cells, column)).orElse(null);
        return new ImportedRow(number, address, why.reason, why.category, Detail.of(why.words), ListedTime.read(time));
    }

    private Why why(CSVRecord cells) throws BadRowException {
        return switch (format) {
            case AMAZON_SES -> amazonSes(cell(cells, Column.REASON));
            case SENDGRID_BOUNCES, SENDGRID_BLOCKS -> sendGrid(cell(cells, Column.STATUS), cell(cells, Column.REASON));
            case SENDGRID_SPAM_REPORTS, MAILGUN_COMPLAINTS -> Why.of(SuppressionReason.COMPLAINT, null);
            case SENDGRID_INVALID_EMAILS -> invalidEmail(cell(cells, Column.REASON));
            case SENDGRID_UNSUBSCRIBES -> Why.of(SuppressionReason.UNSUBSCRIBE, null);
            case MAILGUN_BOUNCES -> mailgun(cell(cells, Column.CODE), cell(cells, Column.ERROR));
            case MAILGUN_UNSUBSCRIBES -> unsubscribe(cell(cells, Column.TAGS));
            case POSTMARK -> postmark(cell(cells, Column.SUPPRESSION_REASON), cell(cells, Column.ORIGIN));
            case CSV, PLAIN -> own(cell(cells, Column.REASON));
        };
    }

    private static Why amazonSes(String reason) throws BadRowException {
        return switch (Column.folded(reason == null ? "" : reason)) {
            case "bounce" -> Why.of(SuppressionReason.BOUNCE, reason);
            case "complaint" -> Why.of(SuppressionReason.COMPLAINT, reason);
            default -> throw unknown("reason", "BOUNCE or COMPLAINT");
        };
    }

    private Why sendGrid(String status, String reason) throws BadRowException {
        ListedReply reply = ListedReply.of(status, reason);
        if (mayBeBlocks) {
            reply.refuseDoubtful();
        } else {
            reply.refuseOthersTrouble();
        }
        return new Why(SuppressionReason.BOUNCE, reply.categoryName(), reason == null ? status : reason);
    }

    /** SendGrid's own check found it invalid: nothing here is a reply that could be about the sender. */
    private static Why invalidEmail(String reason) {
        return new Why(SuppressionReason.BOUNCE, ListedReply.of(null, reason).recipientsCategoryName(), reason);
    }

    private static Why mailgun(String code, String error) throws BadRowException {
        ListedReply reply = ListedReply.of(code, error);
        reply.refuseOthersTrouble();
        boolean codeIsInError = error != null && (code == null || error.startsWith(code));
        String words = codeIsInError ? error : error == null ? code : code + " " + error;
        return new Why(SuppressionReason.BOUNCE, reply.categoryName(), words);
    }

    private static Why unsubscribe(String tags) {
        boolean all = tags == null || ALL_TAGS.matcher(tags).matches();
        return Why.of(SuppressionReason.UNSUBSCRIBE, all ? null : "tags: " + tags);
    }

    /** What Postmark calls manual is an unsubscribe when it came from the recipient. */
    private static Why postmark(String reason, String origin) throws BadRowException {
        String words = origin == null ? reason : reason + ", origin " + origin;
        return switch (Column.folded(reason == null ? "" : reason)) {
            case "hardbounce" -> Why.of(SuppressionReason.BOUNCE, words);
            case "spamcomplaint" -> Why.of(SuppressionReason.COMPLAINT, words);
            case "manualsuppression" ->
                Why.of(
                        "recipient".equalsIgnoreCase(origin) ? SuppressionReason.UNSUBSCRIBE : SuppressionReason.MANUAL,
                        words);
            default -> throw unknown("suppression_reason", "HardBounce, SpamComplaint or ManualSuppression");
        };
    }

    private static Why own(String reason) {
        String folded = Column.folded(reason == null ? "" : reason);
        return Why.of(REASONS.getOrDefault(folded, SuppressionReason.MANUAL), reason);
    }

    /** The value is not shown: in a row whose cells are mixed up it may be an address. */
    private static BadRowException unknown(String column, String expected) {
        return BadRowException.unreadable(column + " is empty or not known (expected: " + expected + ")");
    }

    /** The cell of the column; null when it is blank, or there is no such column. */
    private String cell(CSVRecord cells, Column column) {
        Integer place = header.place(column);
        String cell = place == null ? "" : cells.get(place).strip();
        return cell.isEmpty() ? null : cell;
    }

    /** Why an address is listed; category and words may be null. */
    private record Why(SuppressionReason reason, String category, String words) {

        static Why of(SuppressionReason reason, String words) {
            return new Why(reason, null, words);
        }
    }
}
