package dev.rebound.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rebound.classify.Category;
import dev.rebound.classify.CodeRow;
import dev.rebound.classify.CodeTable;
import dev.rebound.classify.Origin;
import dev.rebound.codes.CodesTopic;
import dev.rebound.json.PlainJson;
import dev.rebound.schema.StatusCode;
import dev.rebound.schema.StatusCodeRevision;
import java.io.PrintWriter;

/** Rows of the code table in words and in JSON. */
final class CodeRowText {

    private static final ObjectMapper JSON = new ObjectMapper();

    private CodeRowText() {}

    /** One line of a table. */
    static String line(CodeRow row) {
        return String.format(
                "%-9s  %-5s %-22s %-15s %-14s %s",
                row.id().text(),
                row.bounceType() == null ? "-" : row.bounceType(),
                row.category() == null ? "-" : row.category().name(),
                row.category() == null ? "-" : row.category().scope(),
                row.origins(),
                row.summary() == null ? "" : row.summary());
    }

    /** One line of JSON. */
    static String json(CodeRow row) {
        Category category = row.category();
        ObjectNode object = JSON.createObjectNode()
                .put("id", row.id().text())
                .put("layer", row.id().layer().name())
                .put(
                        "bounceType",
                        row.bounceType() == null ? null : row.bounceType().name())
                .put("category", category == null ? null : category.name())
                .put("scope", category == null ? null : category.scope().name())
                .put("summary", row.summary())
                .put("description", row.description())
                .put("explanation", row.explanation())
                .put("reference", row.reference())
                .put("origins", row.origins());
        return object.toString();
    }

    /** A row in full: merged, then what each origin says, with its history. */
    static void print(CodeRow row, CodeTable table, String id, PrintWriter out) {
        out.println(id);
        if (row != null) {
            field(out, "summary", row.summary());
            field(out, "description", row.description());
            field(out, "explanation", row.explanation());
            field(
                    out,
                    "category",
                    row.category() == null ? null : row.category().name());
            field(
                    out,
                    "scope",
                    row.category() == null ? null : row.category().scope().name());
            field(
                    out,
                    "what to do",
                    row.category() == null ? null : row.category().whatToDo());
            field(
                    out,
                    "bounce type",
                    row.bounceType() == null ? "by its class" : row.bounceType().name());
            field(out, "reference", row.reference());
        }
        printOrigins(table, id, out);
    }

    /** What each origin says of a code, a text rule or a provider, with its history. */
    static void printOrigins(CodeTable table, String id, PrintWriter out) {
        for (Origin origin : Origin.values()) {
            StatusCode source = table.source(origin, id);
            if (source != null) {
                out.println("  " + origin.text() + ":");
                for (StatusCodeRevision revision : source.getRevisions()) {
                    out.println("    " + PlainJson.write(revision, PlainJson.Nulls.OMIT));
                }
            }
        }
    }

    /** Names the rows whose latest record cannot be used. */
    static void tellUnusable(CodesTopic.Content content, PrintWriter err) {
        content.unusable()
                .forEach((key, reason) ->
                        err.println("Row " + key + " cannot be used, an earlier one may be in force: " + reason));
    }

    /** A line about a field; none when it has no value. */
    static void field(PrintWriter out, String name, String value) {
        if (value != null) {
            out.printf("  %-12s %s%n", name, value);
        }
    }
}
