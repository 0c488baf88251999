package dev.rebound.docs;

import static dev.rebound.docs.Markdown.code;
import static dev.rebound.docs.Markdown.plain;

import dev.rebound.topology.Topics;
import dev.rebound.topology.Topics.Spec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.JsonProperties;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.apache.avro.Schema.Type;

/** Every schema that is written, with the schemas inside it. */
final class SchemasPage {

    private final Map<String, Schema> named = new LinkedHashMap<>();

    private SchemasPage() {}

    static Page of(Topics topics) {
        return new Page(
                "topology-docs/schemas.md", new SchemasPage().page(topics).toString());
    }

    private Markdown page(Topics topics) {
        Markdown page = Markdown.generated("Schemas")
                .paragraph("""
                        Avro, one schema per topic under subject `<topic>-value`. Schemas change so that old and new writers and readers
                        understand each other both ways (`FULL_TRANSITIVE`); times are milliseconds since 1970 in UTC. The files are in
                        `schemas/src/main/avro/`.""")
                .table(
                        List.of("schema", "topics"),
                        topics.all().stream()
                                .filter(topic -> topic.valueSchema() != null)
                                .collect(Collectors.groupingBy(
                                        topic -> topic.valueSchema().getName(),
                                        LinkedHashMap::new,
                                        Collectors.mapping(Spec::name, Collectors.toList())))
                                .entrySet()
                                .stream()
                                .map(entry -> List.of(
                                        link(entry.getKey()),
                                        entry.getValue().stream()
                                                .map(Markdown::code)
                                                .collect(Collectors.joining(", "))))
                                .toList());
        topics.all().stream().map(Spec::valueSchema).forEach(this::collect);
        named.values().forEach(schema -> describe(page, schema));
        return page;
    }

    private void collect(Schema schema) {
        if (schema == null) {
            return;
        }
        switch (schema.getType()) {
            case RECORD -> {
                if (named.putIfAbsent(schema.getName(), schema) == null) {
                    schema.getFields().forEach(field -> collect(field.schema()));
                }
            }
            case ENUM -> named.putIfAbsent(schema.getName(), schema);
            case UNION -> schema.getTypes().forEach(this::collect);
            case ARRAY -> collect(schema.getElementType());
            case MAP -> collect(schema.getValueType());
            case FIXED, STRING, BYTES, INT, LONG, FLOAT, DOUBLE, BOOLEAN, NULL -> {
                // has no name of its own
            }
        }
    }

    private static void describe(Markdown page, Schema schema) {
        page.heading(schema.getName()).paragraph(plain(schema.getDoc()));
        if (schema.getType() == Type.ENUM) {
            page.paragraph("One of "
                    + schema.getEnumSymbols().stream().map(Markdown::code).collect(Collectors.joining(", "))
                    + "; a symbol that a reader does not know becomes " + code(schema.getEnumDefault()) + ".");
            return;
        }
        page.table(
                List.of("field", "type", "null?", "default", "what it says"),
                schema.getFields().stream().map(SchemasPage::row).toList());
    }

    private static List<String> row(Field field) {
        return List.of(
                code(field.name()),
                type(field.schema()),
                field.schema().isNullable() ? "yes" : "no",
                byDefault(field),
                plain(field.doc()));
    }

    private static String byDefault(Field field) {
        if (!field.hasDefaultValue()) {
            return "";
        }
        Object value = field.defaultVal();
        return code(value == JsonProperties.NULL_VALUE ? "null" : String.valueOf(value));
    }

    private static String type(Schema schema) {
        LogicalType logical = schema.getLogicalType();
        return switch (schema.getType()) {
            case RECORD, ENUM -> link(schema.getName());
            case UNION ->
                schema.getTypes().stream()
                        .filter(type -> type.getType() != Type.NULL)
                        .map(SchemasPage::type)
                        .collect(Collectors.joining(" or "));
            case ARRAY -> "list of " + type(schema.getElementType());
            case MAP -> "map of text to " + type(schema.getValueType());
            case FIXED, STRING, BYTES, INT, LONG, FLOAT, DOUBLE, BOOLEAN, NULL ->
                logical == null
                        ? schema.getType().getName()
                        : schema.getType().getName() + " (" + logical.getName() + ")";
        };
    }

    private static String link(String schema) {
        return "[" + schema + "](#" + schema.toLowerCase(Locale.ROOT) + ")";
    }
}
