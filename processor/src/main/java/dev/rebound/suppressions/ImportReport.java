package dev.rebound.suppressions;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rebound.suppress.imports.BadRow;
import java.util.List;
import java.util.Map;

/**
 * What an import found and did.
 *
 * @param format how the file was read, such as {@code amazon-ses}
 * @param rows rows with something in them; the sum of the next three
 * @param good rows that can be imported
 * @param bad rows that cannot
 * @param duplicates rows whose address an earlier good row has
 * @param byReason good rows by reason, the most first
 * @param byCategory good rows by category, {@code none} for none
 * @param badRows the first of the rows that cannot be imported, at most {@value #MAX_BAD_ROWS}
 * @param suppressed good rows whose address is suppressed on the list already
 * @param imported good rows that an earlier import has brought: they are passed over
 * @param erased good rows whose address was erased and is suppressed by its stand-in: they are passed over
 * @param written commands that were written; 0 in a dry run
 * @param complete false: it was stopped before its end, and running it again continues
 */
public record ImportReport(
        String format,
        long rows,
        long good,
        long bad,
        long duplicates,
        Map<String, Long> byReason,
        Map<String, Long> byCategory,
        List<BadRow> badRows,
        long suppressed,
        long imported,
        long erased,
        long written,
        boolean complete) {

    /** So many bad rows are told of; all are counted. */
    public static final int MAX_BAD_ROWS = 1_000;

    /** Good rows that are not passed over. */
    @JsonProperty
    public long toWrite() {
        return good - imported - erased;
    }
}
