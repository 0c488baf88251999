package dev.rebound.classify;

import dev.rebound.schema.BounceType;
import dev.rebound.schema.StatusCode;
import dev.rebound.schema.StatusCodeRevision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The code table rows that ship with the product: origins {@code seed} and {@code iana}. */
public final class ShippedCodes {

    private static final List<StatusCode> ROWS = load();
    private static final CodeTable TABLE = CodeTable.of(ROWS);

    private ShippedCodes() {}

    /** All shipped rows, in the order of their files. */
    public static List<StatusCode> rows() {
        return ROWS;
    }

    /** The shipped rows as a table, for use without a topic. */
    public static CodeTable table() {
        return TABLE;
    }

    private static List<StatusCode> load() {
        List<StatusCode> rows = new ArrayList<>();
        ShippedTable.read("seed.tsv").rows().forEach(row -> rows.add(seed(row)));
        for (Map<String, String> row : ShippedTable.read("iana.tsv").rows()) {
            for (int digit : new int[] {4, 5}) {
                if (!row.get("category_" + digit).isEmpty()) {
                    rows.add(iana(row, digit));
                }
            }
        }
        return List.copyOf(rows);
    }

    private static StatusCode seed(Map<String, String> row) {
        return row(row, row.get("id"), Origin.SEED, row.get("category"), BounceType.valueOf(row.get("bounce_type")));
    }

    /** {@code X.1.1} stands for the code in both classes. */
    private static StatusCode iana(Map<String, String> row, int digit) {
        return row(row, row.get("id").replace("X", "" + digit), Origin.IANA, row.get("category_" + digit), null);
    }

    private static StatusCode row(
            Map<String, String> cells, String id, Origin origin, String category, BounceType bounceType) {
        StatusCodeRevision revision = StatusCodeRevision.newBuilder()
                .setSummary(textOrNull(cells.get("summary")))
                .setDescription(textOrNull(cells.get("description")))
                .setExplanation(textOrNull(cells.get("explanation")))
                .setReference(textOrNull(cells.get("reference")))
                .setCategory(textOrNull(category))
                .setBounceType(bounceType)
                .build();
        return new StatusCode(id, origin.text(), List.of(revision));
    }

    private static String textOrNull(String cell) {
        return cell == null || cell.isEmpty() ? null : cell;
    }
}
