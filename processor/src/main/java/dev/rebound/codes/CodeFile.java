package dev.rebound.codes;

import dev.rebound.classify.CodeId;
import dev.rebound.classify.CodeTable;
import dev.rebound.classify.InvalidRowException;
import dev.rebound.classify.Origin;
import dev.rebound.json.InvalidJsonException;
import dev.rebound.json.PlainJson;
import dev.rebound.schema.BounceType;
import dev.rebound.schema.StatusCode;
import dev.rebound.schema.StatusCodeRevision;
import dev.rebound.yaml.YamlNode;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What codes mean, as people write it: a list in YAML, with the keys {@value #KEYS} in each entry, of which {@code code} must be there;
 * or the lines that {@code rebound codes export} prints.
 */
public final class CodeFile {

    private static final String KEYS = "code, bounceType, category, summary, explanation";

    private CodeFile() {}

    /**
     * Reads operator's rows. An entry in YAML keeps what the operator's present row says beside it, and counts for events of any time; a
     * line of an export is a whole row with its history.
     *
     * @param name what complaints call the file
     * @param text its content
     * @param content the present rows
     * @throws dev.rebound.yaml.InvalidYamlException when the file is not YAML, or an entry cannot be used; the message names the place
     * @throws IllegalArgumentException when a line of JSON is not an operator's row that can be used; the message names the line
     */
    public static List<StatusCode> read(String name, String text, CodesTopic.Content content) {
        return text.stripLeading().startsWith("{") ? lines(name, text) : entries(name, text, content);
    }

    private static List<StatusCode> lines(String name, String text) {
        List<StatusCode> rows = new ArrayList<>();
        int number = 0;
        for (String line : text.split("\\R", -1)) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            try {
                operatorsRow(line).ifPresent(rows::add);
            } catch (InvalidJsonException | IllegalArgumentException e) {
                throw new IllegalArgumentException(name + ", line " + number + ": " + e.getMessage(), e);
            }
        }
        return rows;
    }

    /**
     * The operator's row that a line of an export holds; empty for one of another origin.
     *
     * @throws InvalidJsonException when the line is no row
     * @throws IllegalArgumentException when the row cannot be used
     */
    public static Optional<StatusCode> operatorsRow(String line) throws InvalidJsonException {
        StatusCode row = PlainJson.read(line, StatusCode.class);
        if (Origin.parse(row.getOrigin()) != Origin.OPERATOR) {
            return Optional.empty();
        }
        CodeTable.validate(row);
        return Optional.of(row);
    }

    private static List<StatusCode> entries(String name, String text, CodesTopic.Content content) {
        Map<String, StatusCode> rows = new LinkedHashMap<>();
        for (YamlNode entry : YamlNode.read(name, new StringReader(text)).items()) {
            Map<String, YamlNode> fields = entry.fields(KEYS.split(", "));
            YamlNode code = fields.get("code");
            if (code == null) {
                throw entry.invalid("the key code, such as 5.1.1");
            }
            StatusCode row = row(entry, code, fields, content);
            if (rows.put(row.getId(), row) != null) {
                throw code.invalid("each code once");
            }
        }
        return List.copyOf(rows.values());
    }

    private static StatusCode row(
            YamlNode entry, YamlNode code, Map<String, YamlNode> fields, CodesTopic.Content content) {
        try {
            String id = CodeId.parse(code.text()).text();
            StatusCodeRevision.Builder revision = present(id, content);
            if (fields.containsKey("bounceType")) {
                revision.setBounceType(bounceType(fields.get("bounceType")));
            }
            if (fields.containsKey("category")) {
                revision.setCategory(fields.get("category").text().toUpperCase(Locale.ROOT));
            }
            if (fields.containsKey("summary")) {
                revision.setSummary(fields.get("summary").text());
            }
            if (fields.containsKey("explanation")) {
                revision.setExplanation(fields.get("explanation").text());
            }
            StatusCode row = new StatusCode(id, Origin.OPERATOR.text(), List.of(revision.build()));
            CodeTable.validate(row);
            return row;
        } catch (InvalidRowException e) {
            throw entry.at(e);
        }
    }

    /** What the operator says of the code now, for events of any time. */
    private static StatusCodeRevision.Builder present(String id, CodesTopic.Content content) {
        StatusCode row = content.rows().get(CodesTopic.operatorKey(id));
        StatusCodeRevision latest =
                row == null ? null : row.getRevisions().get(row.getRevisions().size() - 1);
        return latest == null || latest.getWithdrawn()
                ? StatusCodeRevision.newBuilder()
                : StatusCodeRevision.newBuilder(latest)
                        .setEffectiveFrom(null)
                        .setRecordedAt(null)
                        .setRecordedBy(null);
    }

    private static BounceType bounceType(YamlNode node) {
        return switch (node.text().toUpperCase(Locale.ROOT)) {
            case "HARD" -> BounceType.HARD;
            case "SOFT" -> BounceType.SOFT;
            default -> throw node.invalid("HARD or SOFT; a final failure is always one");
        };
    }
}
