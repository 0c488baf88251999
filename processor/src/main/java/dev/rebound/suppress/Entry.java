package dev.rebound.suppress;

import dev.rebound.yaml.InvalidYamlException;
import dev.rebound.yaml.YamlNode;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A map of a policy file.
 *
 * @param node the map
 * @param fields its values by their keys
 */
record Entry(YamlNode node, Map<String, YamlNode> fields) {

    boolean has(String key) {
        return fields.containsKey(key);
    }

    /** The value of a key that must be there. */
    YamlNode field(String key) {
        return require(key, "the key " + key);
    }

    /** The value of a key. @param expected what is told where it is not there */
    YamlNode require(String key, String expected) {
        YamlNode field = fields.get(key);
        if (field == null) {
            throw node.invalid(expected);
        }
        return field;
    }

    /** The value of a key, or what counts where it is not there. */
    <T> T value(String key, Function<YamlNode, T> reader, T otherwise) {
        YamlNode field = fields.get(key);
        return field == null ? otherwise : reader.apply(field);
    }

    /**
     * Makes something of the map; what it complains of is told with the line of the value, as far as that is in the map, and with
     * that of the map otherwise.
     */
    <T> T placed(Supplier<T> maker) {
        try {
            return maker.get();
        } catch (InvalidYamlException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw culprit(e.getMessage()).at(e);
        }
    }

    /** Where a complaint belongs that begins with a key and a value. */
    private YamlNode culprit(String complaint) {
        YamlNode field = fields.get(complaint.substring(0, Math.max(0, complaint.indexOf(':'))));
        if (field == null) {
            return node;
        }
        String value = complaint.substring(complaint.indexOf(':') + 1).strip();
        return field.oneOrMore().stream()
                .filter(item -> item.isSingle() && value.startsWith(item.text()))
                .findFirst()
                .orElse(field);
    }
}
