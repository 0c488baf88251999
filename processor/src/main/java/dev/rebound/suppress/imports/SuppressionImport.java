package dev.rebound.suppress.imports;

import dev.rebound.schema.SuppressionReason;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads a suppression list that another system exported, in any of the {@link ImportFormat}s.
 *
 * <p>Rows are handed over as they are read; what is kept in memory is some 16 to 32 bytes for each address. Of several good
 * rows with the same address the first one wins, whatever their reasons are, and the others are counted as duplicates.
 *
 * <p>What is not the recipient's trouble must not suppress a recipient. So SendGrid's blocks are refused, and from any list
 * of bounces the rows whose reply, by the shipped codes and text rules, is about the sender, its content or reputation, or
 * the infrastructure. SendGrid's bounces and blocks have the same columns. Unless the caller says that a file is bounces,
 * it is refused when its name has the word block in it, or all of its rows are such as blocks are; and rows are taken only
 * when they tell of a lasting trouble of the recipient or the domain.
 */
public final class SuppressionImport {

    private static final String SEPARATORS = ",;\t";

    private final String name;
    private final ImportFormat asked;
    private final Tally tally;

    private SuppressionImport(String name, ImportFormat asked, Tally tally) {
        this.name = name;
        this.asked = asked;
        this.tally = tally;
    }

    /**
     * Reads a file.
     *
     * @param name name or path of the file: for messages, and to tell SendGrid's blocks
     * @param in its text, with or without a byte order mark; read to the end, not closed
     * @param formatOrNull its format; null: by its first line that is neither blank nor begins with {@code #}
     * @param good takes the rows that can be used, in the order of the file
     * @param bad takes what is wrong with the others, in the order of the file
     * @throws InvalidImportException when the file is empty, of no known format or of another one than was asked for, holds
     *     SendGrid's blocks, or is no CSV from some row on, in which case the rows before it were handed over
     * @throws IOException from {@code in}
     */
    public static ImportSummary read(
            String name, Reader in, ImportFormat formatOrNull, Consumer<ImportedRow> good, Consumer<BadRow> bad)
            throws IOException, InvalidImportException {
        return new SuppressionImport(name, formatOrNull, new Tally(good, bad)).read(new BufferedReader(in));
    }

    private ImportSummary read(BufferedReader in) throws IOException, InvalidImportException {
        if (asked == ImportFormat.SENDGRID_BLOCKS) {
            throw blocks("it was said to be one");
        }
        Lines lines = new Lines(in);
        lines.passOver('\uFEFF');
        String first = firstLine(lines);
        Optional<Header> header = header(first);
        if (isPlain(first, header)) {
            return readPlain(first, lines);
        }
        if (header.isEmpty()) {
            throw malformed(lines.number());
        }
        RowReader rows = rowReader(header.get());
        return readCsv(rows, new RecordReader(in), csv(first), lines.number());
    }

    /** The first line that has something to say; the last one read of the lines. */
    private String firstLine(Lines lines) throws IOException, InvalidImportException {
        String line = lines.next();
        while (line != null && saysNothing(line)) {
            line = lines.next();
        }
        if (line == null) {
            throw new InvalidImportException(name + " is empty (expected: " + expected() + ")");
        }
        return line;
    }

    private static boolean saysNothing(String line) {
        return line.isBlank() || line.strip().startsWith("#");
    }

    /** The line as column names; empty when it is no CSV. */
    private static Optional<Header> header(String line) throws IOException {
        try {
            Iterator<CSVRecord> records =
                    CSVParser.parse(new StringReader(line), csv(line)).iterator();
            return records.hasNext() ? Optional.of(new Header(records.next().toList())) : Optional.empty();
        } catch (UncheckedIOException e) {
            return Optional.empty();
        }
    }

    /** Spreadsheets separate cells as the country has it. */
    private static CSVFormat csv(String header) {
        char separator = header.indexOf(',') >= 0 ? ',' : header.indexOf(';') >= 0 ? ';' : '\t';
        return CSVFormat.RFC4180
                .builder()
                .setDelimiter(separator)
                .setIgnoreEmptyLines(false)
                .setIgnoreSurroundingSpaces(true)
                .get();
    }

    private boolean isPlain(String first, Optional<Header> header) throws InvalidImportException {
        if (asked != ImportFormat.PLAIN) {
            return asked == null && first.indexOf('@') >= 0 && !hasSeparator(first);
        }
        Optional<ImportFormat> other = header.flatMap(ImportFormat::of);
        if (other.isPresent()) {
            throw anotherFormat(header.get(), other.get());
        }
        return true;
    }

    private static boolean hasSeparator(String line) {
        return line.chars().anyMatch(c -> SEPARATORS.indexOf(c) >= 0);
    }

    private ImportSummary readPlain(String first, Lines lines) throws IOException {
        for (String line = first; line != null; line = lines.next()) {
            if (saysNothing(line)) {
                continue;
            }
            try {
                String address = ListedAddress.addressOrDomain(unquoted(line.strip()));
                tally.good(new ImportedRow(lines.number(), address, SuppressionReason.MANUAL, null, null, null));
            } catch (BadRowException e) {
                tally.bad(lines.number(), e);
            }
        }
        return tally.summary(ImportFormat.PLAIN);
    }

    /** Without the quotes around all of a line that some programs put around every text. */
    private static String unquoted(String line) {
        return line.length() > 2 && line.startsWith("\"") && line.endsWith("\"")
                ? line.substring(1, line.length() - 1)
                : line;
    }

    private RowReader rowReader(Header header) throws InvalidImportException {
        Optional<ImportFormat> recognised = ImportFormat.of(header);
        boolean unsure = asked == null && recognised.equals(Optional.of(ImportFormat.SENDGRID_BOUNCES));
        if (unsure && fileName().toLowerCase(Locale.ROOT).contains("block")) {
            throw blocks("its name says block");
        }
        ImportFormat format = asked == null ? recognised.orElseThrow(() -> unrecognised(header)) : checked(header);
        if (!header.repeated().isEmpty()) {
            throw new InvalidImportException(name + " has more than one column for " + Column.labels(header.repeated())
                    + " (expected: one; remove or rename the others)");
        }
        return new RowReader(format, header, unsure);
    }

    /** The format that was asked for, if the file can be of it. */
    private ImportFormat checked(Header header) throws InvalidImportException {
        Optional<ImportFormat> other = ImportFormat.of(header).filter(format -> format != asked);
        if (asked.addressColumn(header).isEmpty() || !header.hasAll(asked.needed())) {
            throw unrecognised(header);
        }
        if (other.isPresent() && isContradicted(header, other.get())) {
            throw anotherFormat(header, other.get());
        }
        return asked;
    }

    /** Columns that could be anybody's prove nothing against what the caller says. */
    private boolean isContradicted(Header header, ImportFormat other) {
        if (other == ImportFormat.CSV) {
            return false;
        }
        return asked == ImportFormat.CSV ? other.isDistinct() : !asked.explainsAllOf(header);
    }

    private ImportSummary readCsv(RowReader rows, RecordReader in, CSVFormat csv, long headerLine)
            throws IOException, InvalidImportException {
        // Not closed, since that would close the caller's reader; it holds nothing else.
        CSVParser parser = CSVParser.parse(in, csv);
        Iterator<CSVRecord> records = parser.iterator();
        while (true) {
            in.begin();
            long line = headerLine + parser.getCurrentLineNumber() + 1;
            CSVRecord record = next(records, line);
            if (record == null) {
                break;
            }
            if (record.stream().allMatch(String::isBlank)) {
                continue;
            }
            try {
                tally.good(rows.read(line, record));
            } catch (BadRowException e) {
                tally.bad(line, e);
            }
        }
        if (rows.mayBeBlocks() && tally.isAllLikeBlocks()) {
            throw blocks("its rows are such as blocks are");
        }
        return tally.summary(rows.format());
    }

    /** The next record; null when there is none. */
    private CSVRecord next(Iterator<CSVRecord> records, long line) throws IOException, InvalidImportException {
        try {
            return records.hasNext() ? records.next() : null;
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof CSVException) {
                throw malformed(line);
            }
            if (e.getCause() instanceof RecordReader.TooLongException) {
                throw new InvalidImportException(name + ": the row that begins on line " + line
                        + " does not end within " + RecordReader.MAX_LENGTH
                        + " characters; is a quote not closed? (expected: quotes within a quoted cell doubled)");
            }
            throw e.getCause();
        }
    }

    private String fileName() {
        return name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    }

    private String expected() {
        return asked == null ? ImportFormat.allExpected() : asked.text() + ": " + asked.expected();
    }

    private InvalidImportException unrecognised(Header header) {
        return new InvalidImportException(name + " has " + header.shown() + " in its first line, which is "
                + (asked == null ? "no export that is known" : "no " + asked.text() + " export") + " (expected: "
                + expected() + ")");
    }

    private InvalidImportException anotherFormat(Header header, ImportFormat other) {
        return new InvalidImportException(name + " has " + header.shown() + " in its first line, so it is "
                + other.text() + " and not " + asked.text() + " (expected: " + expected()
                + "; leave the format out, or say " + other.text() + ")");
    }

    private InvalidImportException malformed(long line) {
        return new InvalidImportException(name + ": the row that begins on line " + line
                + " is no CSV: a quote is not closed, or something stands behind a closing quote"
                + " (expected: quotes within a quoted cell doubled)");
    }

    private InvalidImportException blocks(String why) {
        return new InvalidImportException(name + " is refused as SendGrid's export of blocks: " + why
                + ". Blocks come from the content or reputation of the sender and must not suppress a recipient"
                + " (expected: the export of bounces; if it is that, say format "
                + ImportFormat.SENDGRID_BOUNCES.text() + ")");
    }
}
