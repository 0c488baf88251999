package dev.rebound.lookup;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.rebound.json.PlainJson;
import dev.rebound.schema.Suppression;
import dev.rebound.schema.SuppressionEvidence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;

/** How exported suppressions are written: a line each. */
public enum ExportFormat {
    /**
     * A JSON object a line: the record with {@code recipient}, which is its address, in front, and {@code stale} when it is from a copy
     * of the state.
     */
    NDJSON("application/x-ndjson") {
        @Override
        public String header() {
            return "";
        }

        @Override
        public void write(Suppression suppression, boolean stale, StringBuilder out) {
            out.append("{\"recipient\":\"")
                    .append(JsonStringEncoder.getInstance().quoteAsString(suppression.getAddress()))
                    .append(stale ? "\",\"stale\":true," : "\",")
                    .append(PlainJson.write(suppression, PlainJson.Nulls.WRITE).substring(1))
                    .append('\n');
        }
    },

    /**
     * Comma-separated values (RFC 4180) with a header, for spreadsheets: a text that one of them would take for a formula has an
     * apostrophe in front. Code and reply are those of the last event; all events are in one cell, as JSON.
     */
    CSV("text/csv; charset=utf-8; header=present") {
        @Override
        public String header() {
            return String.join(",", COLUMNS) + "\r\n";
        }

        @Override
        public void write(Suppression suppression, boolean stale, StringBuilder out) {
            List<SuppressionEvidence> evidence = suppression.getEvidence();
            SuppressionEvidence last = evidence.isEmpty() ? null : evidence.get(evidence.size() - 1);
            try {
                CSVFormat.RFC4180.printRecord(
                        out,
                        address(suppression.getAddress()),
                        safe(suppression.getList()),
                        suppression.getReason(),
                        suppression.getCategory(),
                        suppression.getScope(),
                        suppression.getProvider(),
                        safe(suppression.getPolicy()),
                        suppression.getPolicyRevision(),
                        suppression.getRule(),
                        suppression.getOccurrence(),
                        suppression.getSince(),
                        suppression.getExpires(),
                        suppression.getSource(),
                        safe(suppression.getCommandId()),
                        safe(suppression.getBy()),
                        safe(suppression.getWhy()),
                        safe(suppression.getDetail()),
                        last == null ? null : last.getCode(),
                        last == null ? null : safe(last.getReply()),
                        evidence.stream()
                                .map(event -> PlainJson.write(event, PlainJson.Nulls.OMIT))
                                .collect(Collectors.joining(",", "[", "]")),
                        suppression.getEvidenceOmitted(),
                        stale);
            } catch (IOException e) {
                throw new UncheckedIOException("writing to memory", e);
            }
        }
    };

    private static final List<String> COLUMNS = List.of(
            "recipient",
            "list",
            "reason",
            "category",
            "scope",
            "provider",
            "policy",
            "policyRevision",
            "rule",
            "occurrence",
            "since",
            "expires",
            "source",
            "commandId",
            "by",
            "why",
            "detail",
            "code",
            "reply",
            "evidence",
            "evidenceOmitted",
            "stale");

    private final String mediaType;

    ExportFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    /** Media type, with its parameters. */
    public String mediaType() {
        return mediaType;
    }

    /** Ending of files. */
    public String extension() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What stands before the first line; empty when nothing does. */
    public abstract String header();

    /**
     * Writes a suppression.
     *
     * @param stale it is from a copy of the state
     */
    public abstract void write(Suppression suppression, boolean stale, StringBuilder out);

    /** Behind the @ of a whole domain stands nothing that could be a formula. */
    private static String address(String address) {
        return address.startsWith("@") ? address : safe(address);
    }

    /** Spreadsheets take what begins with any of these for a formula, and run it. */
    private static String safe(String text) {
        boolean formula = text != null && !text.isEmpty() && "=+-@\t\r\n".indexOf(text.charAt(0)) >= 0;
        return formula ? '\'' + text : text;
    }
}
