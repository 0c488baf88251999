package dev.rebound.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rebound.classify.CodeTable;
import dev.rebound.classify.ProviderRow;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Map;

/** Rows about providers, and what they say of hosts, in words and in JSON. */
final class ProviderText {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final CodeTable table;
    private final Instant at;
    private final Map<String, String> names;

    /** As the table has it at this time. */
    ProviderText(CodeTable table, Instant at) {
        this.table = table;
        this.at = at;
        this.names = table.providerNames(at);
    }

    /** One line of a table of rows. */
    String line(ProviderRow row) {
        return String.format(
                "%-38s %-15s %-17s %s",
                row.suffix(),
                row.provider() == null ? "-" : row.provider(),
                row.origins(),
                row.provider() == null ? "nobody's" : name(row));
    }

    /** One line of JSON. */
    String json(ProviderRow row) {
        ObjectNode object = JSON.createObjectNode().put("suffix", row.suffix());
        return about(row, object)
                .put("source", row.reference())
                .put("origins", row.origins())
                .toString();
    }

    /** One line of a table of hosts. */
    String hostLine(String host) {
        ProviderRow row = table.providerOf(host, at);
        if (row == null) {
            return String.format("%-50s %-15s no row has a suffix of it", host, "-");
        }
        return String.format(
                "%-50s %-15s %s, by suffix %s",
                host,
                row.provider() == null ? "-" : row.provider(),
                row.provider() == null ? "nobody's" : name(row),
                row.suffix());
    }

    /** One line of JSON about a host; the fields behind it are null where no row has a suffix of it. */
    String hostJson(String host) {
        ProviderRow row = table.providerOf(host, at);
        ObjectNode object = JSON.createObjectNode().put("host", host);
        return about(row, object)
                .put("suffix", row == null ? null : row.suffix())
                .put("origins", row == null ? null : row.origins())
                .toString();
    }

    private ObjectNode about(ProviderRow row, ObjectNode object) {
        return object.put("provider", row == null ? null : row.provider())
                .put("name", row == null || row.provider() == null ? null : name(row));
    }

    /** A row in full: merged, then what each origin says, with its history. */
    void print(String suffix, PrintWriter out) {
        ProviderRow row = table.providerRow(suffix, at);
        out.println(suffix);
        if (row == null) {
            CodeRowText.field(out, "in force", "no");
        } else {
            CodeRowText.field(out, "provider", row.provider() == null ? "none: nobody's" : row.provider());
            CodeRowText.field(out, "name", row.provider() == null ? null : name(row));
            CodeRowText.field(out, "source", row.reference());
        }
        CodeRowText.printOrigins(table, ProviderRow.id(suffix), out);
    }

    private String name(ProviderRow row) {
        return names.get(row.provider());
    }
}
