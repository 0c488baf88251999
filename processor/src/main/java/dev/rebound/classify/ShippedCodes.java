package dev.rebound.classify;

import dev.rebound.schema.BounceType;
import dev.rebound.schema.StatusCode;
import dev.rebound.schema.StatusCodeRevision;
import dev.rebound.yaml.InvalidYamlException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The rows of the code table that ship with the product: codes, rules about the text of replies, and who hosts which domains. */
public final class ShippedCodes {

    private static final List<String> RULE_FILES = List.of(
            "recipient.yaml",
            "domain.yaml",
            "sender.yaml",
            "content.yaml",
            "reputation.yaml",
            "provider.yaml",
            "language.yaml",
            "general.yaml");

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
        for (Map<String, String> row : ShippedTable.read("vendor.tsv").rows()) {
            ids(row.get("id")).forEach(id -> rows.add(row(row, id, Origin.REBOUND, row.get("category"), null)));
        }
        for (String file : RULE_FILES) {
            rules(file).forEach((id, rule) -> rows.add(new StatusCode(id, Origin.REBOUND.text(), List.of(rule))));
        }
        ShippedTable.read("providers.tsv").rows().forEach(row -> rows.add(provider(row)));
        return List.copyOf(rows);
    }

    /** A missing or wrong file is a broken build, hence an {@link IllegalStateException}. */
    private static Map<String, StatusCodeRevision> rules(String file) {
        try (InputStream in = ShippedCodes.class.getResourceAsStream("/dev/rebound/codes/rules/" + file)) {
            if (in == null) {
                throw new IllegalStateException("resource " + file + " is missing from the build");
            }
            return RuleFile.read(file, new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InvalidYamlException e) {
            throw new IllegalStateException(e);
        }
    }

    private static StatusCode seed(Map<String, String> row) {
        return row(row, row.get("id"), Origin.SEED, row.get("category"), BounceType.valueOf(row.get("bounce_type")));
    }

    private static StatusCode provider(Map<String, String> row) {
        StatusCodeRevision revision = StatusCodeRevision.newBuilder()
                .setProvider(row.get("provider"))
                .setSummary(row.get("name"))
                .build();
        return new StatusCode(ProviderRow.id(row.get("suffix")), Origin.REBOUND.text(), List.of(revision));
    }

    /** {@code 5.7.606-649} stands for each code from 5.7.606 to 5.7.649. */
    private static List<String> ids(String range) {
        int hyphen = range.indexOf('-');
        if (hyphen < 0) {
            return List.of(range);
        }
        int dot = range.lastIndexOf('.', hyphen);
        int first = Integer.parseInt(range.substring(dot + 1, hyphen));
        int last = Integer.parseInt(range.substring(hyphen + 1));
        return IntStream.rangeClosed(first, last)
                .mapToObj(detail -> range.substring(0, dot + 1) + detail)
                .toList();
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
