package dev.rebound.docs;

import static dev.rebound.docs.Markdown.code;
import static dev.rebound.docs.Markdown.plain;

import dev.rebound.classify.Categories;
import dev.rebound.classify.Category;
import dev.rebound.classify.CodeRow;
import dev.rebound.classify.CodeTable;
import dev.rebound.classify.Origin;
import dev.rebound.classify.ShippedCodes;
import dev.rebound.schema.Layer;
import dev.rebound.schema.StatusCode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The code table as it ships, and the taxonomy that its rows point into. */
final class CodesPage {

    private static final String RESOURCES = "processor/src/main/resources/dev/rebound/codes/";

    private CodesPage() {}

    static Page of() {
        Markdown page = Markdown.generated("Status codes and categories")
                .paragraph("""
                        What Rebound ships. `rebound codes list` shows the table of a running installation, with the rows that its operators
                        set; [classification](classification.md) says how a row is chosen.""")
                .heading("Categories")
                .paragraph("""
                        Why mail came back: a closed list. A row of the table names a category, and everything else follows from it: scope
                        says whose trouble it is; “gone” says whether the address will not accept mail again (always, by the text of the
                        reply, or never). Categories without codes are found by [text rules](rules.md) alone.""")
                .table(
                        List.of("category", "scope", "gone", "meaning", "what to do", "codes"),
                        Categories.shipped().all().stream()
                                .map(CodesPage::categoryRow)
                                .toList())
                .heading("Counterparts")
                .paragraph("""
                        The nearest term elsewhere, for moving from one system to another. These are judgements; the columns for SES and
                        SendGrid were written from memory: check them before relying on them.""")
                .table(
                        List.of("category", "Sisimai", "SparkPost", "PowerMTA / KumoMTA", "Amazon SES", "SendGrid"),
                        columns("category", "sisimai", "sparkpost", "powermta_kumomta", "ses", "sendgrid"))
                .heading("Codes")
                .paragraph("""
                        Merged from two origins: `seed`, the list of codes that Rebound starts from, whose wording and bounce types stand
                        as they are; and `iana`, the registry of enhanced status codes and the RFCs, which adds codes, categories and
                        explanations. The wording is a label and not evidence: the seed's 5.0.0 says “Address does not exist”, which holds
                        for about one in four of such replies. A bounce type applies to final failures; where it is empty, class 5 is hard
                        and class 4 soft.""");
        for (Layer layer : List.of(Layer.CLASS, Layer.GROUP, Layer.BASIC, Layer.SUBJECT, Layer.EXACT)) {
            page.paragraph("**" + heading(layer) + "**")
                    .table(
                            List.of(
                                    "id",
                                    "seed's wording",
                                    "other wording",
                                    "bounce type",
                                    "category",
                                    "scope",
                                    "explanation",
                                    "origin"),
                            documented()
                                    .filter(row -> row.id().layer() == layer)
                                    .map(CodesPage::codeRow)
                                    .toList());
        }
        page.heading("Codes of providers")
                .paragraph("""
                        Enhanced codes that nobody registered, and that a large provider uses with a meaning of its own. They are exact rows
                        of origin `rebound`; a range stands for each code in it.""")
                .table(
                        List.of("id", "wording", "category", "explanation", "reference"),
                        resource("vendor.tsv").stream()
                                .map(row -> List.of(
                                        code(row.get("id")),
                                        plain(row.get("summary")),
                                        code(row.get("category")),
                                        plain(row.get("explanation")),
                                        plain(row.get("reference"))))
                                .toList());
        return new Page("topology-docs/codes.md", page.toString());
    }

    /** Without the codes of providers, which have a table of their own. */
    private static Stream<CodeRow> documented() {
        return ShippedCodes.table().rows(Instant.EPOCH).stream()
                .filter(row -> !row.origins().equals(Origin.REBOUND.text()));
    }

    private static String heading(Layer layer) {
        return switch (layer) {
            case CLASS -> "Classes, for enhanced codes that no other row knows";
            case GROUP -> "Groups, for basic codes that no other row knows";
            case BASIC -> "Basic codes (RFC 5321)";
            case SUBJECT -> "Subjects, for details that nobody registered";
            case EXACT -> "Enhanced codes (RFC 3463, RFC 5248)";
            case NONE, OUTCOME, TEXT, PROVIDER_TEXT -> throw new IllegalArgumentException("no codes: " + layer);
        };
    }

    private static List<String> codeRow(CodeRow row) {
        return List.of(
                code(row.id().text()),
                plain(summary(Origin.SEED, row)),
                summary(Origin.SEED, row) == null ? plain(summary(Origin.IANA, row)) : "",
                row.bounceType() == null ? "" : row.bounceType().name(),
                row.category() == null ? "" : code(row.category().name()),
                row.category() == null ? "" : row.category().scope().name(),
                plain(row.explanation()),
                row.origins());
    }

    private static String summary(Origin origin, CodeRow row) {
        CodeTable table = ShippedCodes.table();
        StatusCode source = table.source(origin, row.id().text());
        return source == null ? null : source.getRevisions().get(0).getSummary();
    }

    private static List<String> categoryRow(Category category) {
        return List.of(
                code(category.name()),
                category.scope().name(),
                category.gone().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                plain(category.meaning()),
                plain(category.whatToDo()),
                codesOf(category));
    }

    private static String codesOf(Category category) {
        return documented()
                .filter(row -> category.equals(row.category()))
                .map(row -> row.id().text())
                .collect(Collectors.joining(", "));
    }

    private static List<List<String>> columns(String... names) {
        return resource("categories.tsv").stream()
                .map(row -> Arrays.stream(names)
                        .map(name -> name.equals("category") ? code(row.get(name)) : plain(row.get(name)))
                        .toList())
                .toList();
    }

    private static List<Map<String, String>> resource(String name) {
        List<String> lines = Repository.read(RESOURCES + name)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .toList();
        String[] header = lines.get(0).split("\t", -1);
        List<Map<String, String>> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split("\t", -1);
            Map<String, String> row = new HashMap<>();
            for (int i = 0; i < header.length; i++) {
                row.put(header[i], cells[i]);
            }
            rows.add(row);
        }
        return rows;
    }
}
