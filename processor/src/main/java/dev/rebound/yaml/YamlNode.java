package dev.rebound.yaml;

import dev.rebound.json.NearestName;
import java.io.Reader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A value in a YAML document, which knows where it stands. */
public final class YamlNode {

    private static final int LONGEST_SHOWN = 60;

    private final String source;
    private final String key;
    private final Node node;

    private YamlNode(String source, String key, Node node) {
        this.source = source;
        this.key = key;
        this.node = node;
    }

    /**
     * Reads the one document of a text.
     *
     * @param source what complaints call the text, such as the name of its file
     * @throws InvalidYamlException when it is empty, is not YAML, has more than one document or is larger than 3 MB
     */
    public static YamlNode read(String source, Reader text) {
        Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
        try {
            Node root = yaml.compose(text);
            if (root == null) {
                throw new InvalidYamlException(source + ": the file is empty");
            }
            return new YamlNode(source, null, root);
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw new InvalidYamlException(source + ":" + line + ": this is not YAML: " + e.getProblem());
        } catch (YAMLException e) {
            throw new InvalidYamlException(source + ": this is not YAML: " + e.getMessage());
        }
    }

    /** The values of a list. @throws InvalidYamlException when this is none */
    public List<YamlNode> items() {
        if (!(node instanceof SequenceNode list)) {
            throw invalid("a list");
        }
        return list.getValue().stream()
                .map(item -> new YamlNode(source, key, item))
                .toList();
    }

    /**
     * The values of a map by their keys, in the order of the file.
     *
     * @param known the keys that there may be
     * @throws InvalidYamlException when this is no map, has a key twice, or has one that is not known
     */
    public Map<String, YamlNode> fields(String... known) {
        List<String> names = List.of(known);
        return map(
                "the keys " + String.join(", ", names),
                names::contains,
                name -> "one of the keys " + either(name, names));
    }

    /**
     * The values of a map whose keys are names of the user's, in the order of the file.
     *
     * @param valid whether a text can be such a name
     * @param expected what such a name is, for complaints
     * @throws InvalidYamlException when this is no map, has a key twice, or has one that is not valid
     */
    public Map<String, YamlNode> entries(Predicate<String> valid, String expected) {
        return map("a key for each " + expected, valid, name -> expected);
    }

    private Map<String, YamlNode> map(String keys, Predicate<String> valid, UnaryOperator<String> expected) {
        if (!(node instanceof MappingNode map)) {
            throw invalid("a map with " + keys);
        }
        Map<String, YamlNode> fields = new LinkedHashMap<>();
        for (NodeTuple tuple : map.getValue()) {
            YamlNode keyNode = new YamlNode(source, key, tuple.getKeyNode());
            String name = keyNode.text();
            if (!valid.test(name)) {
                throw keyNode.invalid(expected.apply(name));
            }
            if (fields.put(name, new YamlNode(source, name, tuple.getValueNode())) != null) {
                throw keyNode.invalid("each key once");
            }
        }
        return fields;
    }

    private static String either(String name, List<String> names) {
        return String.join(", ", names)
                + NearestName.close(name, names)
                        .map(close -> "; did you mean " + close + "?")
                        .orElse("");
    }

    /** This is a list. */
    public boolean isList() {
        return node instanceof SequenceNode;
    }

    /** This is neither a list nor a map. */
    public boolean isSingle() {
        return node instanceof ScalarNode;
    }

    /** The values of a list; where this is none, itself alone. @throws InvalidYamlException when this is an empty list */
    public List<YamlNode> oneOrMore() {
        if (!isList()) {
            return List.of(this);
        }
        List<YamlNode> items = items();
        if (items.isEmpty()) {
            throw invalid("at least one value");
        }
        return items;
    }

    /** The text of a single value, without the blanks around it. @throws InvalidYamlException when this is a list or a map */
    public String text() {
        if (!(node instanceof ScalarNode scalar)) {
            throw invalid("a single value");
        }
        return scalar.getValue().strip();
    }

    /** A truth value. @throws InvalidYamlException when this is neither {@code true} nor {@code false} */
    public boolean truth() {
        return switch (text()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw invalid("true or false");
        };
    }

    /** A complaint about this value, which says where it stands, under which key, what it is and what was expected. */
    public InvalidYamlException invalid(String expected) {
        return new InvalidYamlException(place() + shown() + " (expected: " + expected + ")");
    }

    /** A complaint about this value, which is none of a closed set of names. @param names at least one */
    public InvalidYamlException unknown(List<String> names) {
        return invalid((names.size() == 1 ? "" : "one of ") + either(text(), names));
    }

    /** A complaint that names its key itself, with the place of this value in front. */
    public InvalidYamlException at(IllegalArgumentException complaint) {
        return new InvalidYamlException(line() + complaint.getMessage());
    }

    /** Where it stands: source and line, and the key when it has one. */
    private String place() {
        return line() + (key == null ? "" : key + ": ");
    }

    private String line() {
        return source + ":" + (node.getStartMark().getLine() + 1) + ": ";
    }

    private String shown() {
        if (node instanceof ScalarNode scalar) {
            String value = scalar.getValue();
            return value.length() <= LONGEST_SHOWN ? value : value.substring(0, LONGEST_SHOWN) + "…";
        }
        return node instanceof MappingNode ? "a map" : "a list";
    }
}
