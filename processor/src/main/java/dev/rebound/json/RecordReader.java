package dev.rebound.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/** Builds a generated record from a JSON object, by its schema. */
final class RecordReader {
    private final SpecificData model;

    private RecordReader(SpecificData model) {
        this.model = model;
    }

    static SpecificRecord read(Schema schema, ObjectNode object) throws InvalidJsonException {
        return new RecordReader(SpecificData.getForSchema(schema)).record("", schema, object);
    }

    private SpecificRecord record(String path, Schema schema, JsonNode node) throws InvalidJsonException {
        if (!node.isObject()) {
            throw wrong(path, node, "an object");
        }
        refuseUnknownNames(path, schema, node);
        SpecificRecord record = (SpecificRecord) model.newRecord(null, schema);
        for (Schema.Field field : schema.getFields()) {
            record.put(field.pos(), field(child(path, field.name()), field, node.get(field.name())));
        }
        return record;
    }

    private static void refuseUnknownNames(String path, Schema schema, JsonNode node) throws InvalidJsonException {
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (schema.getField(name) == null) {
                List<String> known =
                        schema.getFields().stream().map(Schema.Field::name).toList();
                throw new InvalidJsonException(child(path, Shown.name(name)) + ": no such field (did you mean "
                        + child(path, NearestName.of(name, known)) + "?)");
            }
        }
    }

    private Object field(String path, Schema.Field field, JsonNode node) throws InvalidJsonException {
        if (node != null && !node.isNull()) {
            return value(path, field.schema(), node);
        }
        if (node != null && Nullable.allowsNull(field.schema())) {
            return null;
        }
        if (field.hasDefaultValue()) {
            return model.deepCopy(field.schema(), model.getDefaultValue(field));
        }
        if (Nullable.allowsNull(field.schema())) {
            return null;
        }
        throw InvalidJsonException.at(path, "missing", kindOf(field.schema()));
    }

    private Object value(String path, Schema declared, JsonNode node) throws InvalidJsonException {
        if (node.isNull() && Nullable.allowsNull(declared)) {
            return null;
        }
        Schema schema = Nullable.valueSchema(declared);
        return switch (schema.getType()) {
            case RECORD -> record(path, schema, node);
            case ARRAY -> array(path, schema, node);
            case MAP -> map(path, schema, node);
            case ENUM -> symbol(path, schema, node);
            case LONG ->
                isTime(schema) ? JsonTime.read(path, node) : (Object) whole(path, node, Long.MIN_VALUE, Long.MAX_VALUE);
            case INT -> (int) whole(path, node, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case STRING -> {
                require(node.isTextual(), path, node, "a string");
                yield node.textValue();
            }
            case BOOLEAN -> {
                require(node.isBoolean(), path, node, "true or false");
                yield node.booleanValue();
            }
            case FLOAT -> {
                require(node.isNumber(), path, node, "a number");
                yield node.floatValue();
            }
            case DOUBLE -> {
                require(node.isNumber(), path, node, "a number");
                yield node.doubleValue();
            }
            case UNION, BYTES, FIXED, NULL ->
                throw new IllegalArgumentException("plain JSON has no form for Avro type " + schema);
        };
    }

    private List<Object> array(String path, Schema schema, JsonNode node) throws InvalidJsonException {
        require(node.isArray(), path, node, "an array");
        List<Object> items = new ArrayList<>(node.size());
        for (JsonNode item : node) {
            items.add(value(path + "[" + items.size() + "]", schema.getElementType(), item));
        }
        return items;
    }

    private Map<String, Object> map(String path, Schema schema, JsonNode node) throws InvalidJsonException {
        require(node.isObject(), path, node, "an object");
        Map<String, Object> entries = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            String entryPath = child(path, Shown.name(entry.getKey()));
            entries.put(entry.getKey(), value(entryPath, schema.getValueType(), entry.getValue()));
        }
        return entries;
    }

    private Object symbol(String path, Schema schema, JsonNode node) throws InvalidJsonException {
        if (node.isTextual()) {
            for (String symbol : schema.getEnumSymbols()) {
                if (symbol.equalsIgnoreCase(node.textValue())) {
                    return model.createEnum(symbol, schema);
                }
            }
        }
        throw wrong(path, node, kindOf(schema));
    }

    private static long whole(String path, JsonNode node, long min, long max) throws InvalidJsonException {
        boolean fits = node.isIntegralNumber()
                && node.canConvertToLong()
                && node.longValue() >= min
                && node.longValue() <= max;
        require(fits, path, node, "a whole number from " + min + " to " + max);
        return node.longValue();
    }

    private static boolean isTime(Schema schema) {
        return schema.getLogicalType() instanceof LogicalTypes.TimestampMillis;
    }

    private static String kindOf(Schema declared) {
        Schema schema = Nullable.valueSchema(declared);
        return switch (schema.getType()) {
            case ENUM -> "one of " + String.join(", ", schema.getEnumSymbols());
            case LONG -> isTime(schema) ? JsonTime.EXPECTED : "a whole number";
            case INT -> "a whole number";
            case FLOAT, DOUBLE -> "a number";
            case BOOLEAN -> "true or false";
            case ARRAY -> "an array";
            case RECORD, MAP -> "an object";
            case STRING, UNION, BYTES, FIXED, NULL -> "a string";
        };
    }

    private static String child(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static void require(boolean condition, String path, JsonNode node, String expected)
            throws InvalidJsonException {
        if (!condition) {
            throw wrong(path, node, expected);
        }
    }

    private static InvalidJsonException wrong(String path, JsonNode node, String expected) {
        return InvalidJsonException.at(path.isEmpty() ? "the document" : path, Shown.value(node), expected);
    }
}
