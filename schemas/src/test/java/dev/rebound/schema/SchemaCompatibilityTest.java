package dev.rebound.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.apache.avro.Schema.Type;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds the schemas to every version that was ever committed, both ways: during a rolling upgrade old and new instances
 * read what the other writes, and a replay reads what the oldest wrote.
 */
class SchemaCompatibilityTest {

    private static final Path MODULE = Path.of(System.getProperty("basedir", ""));
    private static final Path SOURCES = MODULE.resolve(Path.of("src", "main", "avro"));
    private static final Path VERSIONS = MODULE.resolve(Path.of("src", "test", "resources", "versions"));
    private static final String UPDATE = "mvn -pl schemas test -Dgolden.update=true";

    private static final Map<String, Schema> CURRENT = current();

    /** The classes know their schemas with everything inlined, which is how the registry gets them. */
    private static Map<String, Schema> current() {
        Map<String, Schema> schemas = new TreeMap<>();
        try (Stream<Path> files = Files.list(SOURCES)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString().replace(".avsc", "");
                Class<?> type = Class.forName(SchemaCompatibilityTest.class.getPackageName() + '.' + name);
                schemas.put(name, SpecificData.get().getSchema(type));
            }
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalStateException("a schema has no class: build the module first", e);
        }
        return schemas;
    }

    static Set<String> names() {
        return CURRENT.keySet();
    }

    /** Writes the next version of what changed, when asked to; an undefined property arrives as its own placeholder. */
    @BeforeAll
    static void writeNextVersions() throws IOException {
        if (!Boolean.getBoolean("golden.update")) {
            return;
        }
        for (Map.Entry<String, Schema> schema : CURRENT.entrySet()) {
            List<Path> versions = versions(schema.getKey());
            if (versions.isEmpty() || !isSame(read(versions.get(versions.size() - 1)), schema.getValue())) {
                Path next = VERSIONS.resolve(schema.getKey()).resolve((versions.size() + 1) + ".avsc");
                Files.createDirectories(next.getParent());
                Files.writeString(next, schema.getValue().toString(true) + "\n");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void theNewestCommittedVersionIsTheCurrentOne(String name) {
        List<Path> versions = versions(name);

        assertThat(versions)
                .as("versions of " + name + "; write the first with: " + UPDATE)
                .isNotEmpty();
        assertThat(isSame(read(versions.get(versions.size() - 1)), CURRENT.get(name)))
                .as(
                        "%s differs from %s. Not meant? Then undo it. Meant? Run `%s` and commit the version that it writes.",
                        name, VERSIONS.relativize(versions.get(versions.size() - 1)), UPDATE)
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("names")
    void versionsAreNumberedWithoutAGap(String name) {
        List<Path> versions = versions(name);

        for (int i = 0; i < versions.size(); i++) {
            assertThat(versions.get(i).getFileName()).hasToString((i + 1) + ".avsc");
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyVersionReadsWhatAnyOtherWrote(String name) {
        List<Schema> schemas = new ArrayList<>(
                versions(name).stream().map(SchemaCompatibilityTest::read).toList());
        schemas.add(CURRENT.get(name));

        for (Schema reader : schemas) {
            for (Schema writer : schemas) {
                assertThat(problems(reader, writer))
                        .as("%s, reader and writer of different versions", name)
                        .isEmpty();
            }
        }
    }

    /** The comparison itself finds what it is there to find. */
    @Test
    void aFieldWithoutDefaultBreaksCompatibility() {
        Schema old = Schema.createRecord("R", "", "", false, List.of());
        Schema now =
                Schema.createRecord("R", "", "", false, List.of(new Field("a", Schema.create(Type.STRING), "", null)));
        Schema optional =
                Schema.createRecord("R", "", "", false, List.of(new Field("a", Schema.create(Type.STRING), "", "")));

        assertThat(problems(now, old)).isNotEmpty();
        assertThat(problems(optional, old)).isEmpty();
        assertThat(problems(old, optional)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("names")
    void everythingIsExplained(String name) {
        for (Schema type : namedTypes(CURRENT.get(name))) {
            assertThat(type.getDoc()).as("doc of %s", type.getFullName()).isNotBlank();
            if (type.getType() == Type.RECORD) {
                assertThat(type.getFields()).allSatisfy(field -> assertThat(field.doc())
                        .as("doc of %s.%s", type.getName(), field.name())
                        .isNotBlank()
                        .endsWith("."));
            }
        }
    }

    /** A symbol added later is then read as the default by those who do not know it. */
    @ParameterizedTest
    @MethodSource("names")
    void enumsHaveADefault(String name) {
        assertThat(namedTypes(CURRENT.get(name)))
                .filteredOn(type -> type.getType() == Type.ENUM)
                .allSatisfy(type -> assertThat(type.getEnumDefault())
                        .as(type.getName())
                        .isEqualTo(type.getEnumSymbols().get(0)));
    }

    @ParameterizedTest
    @MethodSource("names")
    void optionalFieldsAreNullUnlessGiven(String name) {
        assertThat(fields(CURRENT.get(name)))
                .filteredOn(field -> field.schema().getType() == Type.UNION)
                .allSatisfy(field -> {
                    assertThat(field.schema().getTypes()).as(field.name()).hasSize(2);
                    assertThat(field.schema().getTypes().get(0).getType())
                            .as(field.name())
                            .isEqualTo(Type.NULL);
                    assertThat(field.defaultVal()).as(field.name()).isEqualTo(JsonProperties.NULL_VALUE);
                });
    }

    @ParameterizedTest
    @MethodSource("names")
    void momentsAreMillisecondsSinceTheEpoch(String name) {
        assertThat(fields(CURRENT.get(name)))
                .filteredOn(field -> field.name().matches(".*(At|Time|Start|From|Since|Until)"))
                .allSatisfy(field -> {
                    Schema type = field.schema().getType() == Type.UNION
                            ? field.schema().getTypes().get(1)
                            : field.schema();
                    assertThat(type.getType()).as(field.name()).isEqualTo(Type.LONG);
                    assertThat(type.getProp("logicalType")).as(field.name()).isEqualTo("timestamp-millis");
                });
    }

    /** The rules above are about something: schemas without such fields would pass them all. */
    @Test
    void thereAreMomentsOptionalFieldsAndEnums() {
        List<Field> fields = CURRENT.values().stream()
                .flatMap(schema -> fields(schema).stream())
                .toList();

        assertThat(fields).extracting(Field::name).contains("eventTime", "windowStart", "effectiveFrom", "recordedAt");
        assertThat(fields).anyMatch(field -> field.schema().getType() == Type.UNION);
        assertThat(fields).anyMatch(field -> field.schema().getType() == Type.ENUM);
    }

    private static List<SchemaCompatibility.Incompatibility> problems(Schema reader, Schema writer) {
        SchemaCompatibility.SchemaPairCompatibility result =
                SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
        if (result.getType() == SchemaCompatibilityType.COMPATIBLE) {
            return List.of();
        }
        return result.getResult().getIncompatibilities();
    }

    /** Equal with docs and defaults, which {@link Schema#equals} leaves out in part. */
    private static boolean isSame(Schema a, Schema b) {
        return a.toString().equals(b.toString());
    }

    private static List<Path> versions(String name) {
        Path folder = VERSIONS.resolve(name);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted((a, b) -> Integer.compare(number(a), number(b))).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int number(Path version) {
        return Integer.parseInt(version.getFileName().toString().replace(".avsc", ""));
    }

    private static Schema read(Path version) {
        try {
            return new Schema.Parser().parse(Files.readString(version));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Field> fields(Schema schema) {
        return namedTypes(schema).stream()
                .filter(type -> type.getType() == Type.RECORD)
                .flatMap(type -> type.getFields().stream())
                .toList();
    }

    /** The schema and all records and enums inside. */
    private static List<Schema> namedTypes(Schema schema) {
        List<Schema> found = new ArrayList<>();
        collect(schema, found, new HashSet<>());
        return found;
    }

    private static void collect(Schema schema, List<Schema> found, Set<String> seen) {
        switch (schema.getType()) {
            case RECORD -> {
                if (seen.add(schema.getFullName())) {
                    found.add(schema);
                    schema.getFields().forEach(field -> collect(field.schema(), found, seen));
                }
            }
            case ENUM -> {
                if (seen.add(schema.getFullName())) {
                    found.add(schema);
                }
            }
            case ARRAY -> collect(schema.getElementType(), found, seen);
            case MAP -> collect(schema.getValueType(), found, seen);
            case UNION -> schema.getTypes().forEach(type -> collect(type, found, seen));
            default -> {
                // Has no name and nothing inside.
            }
        }
    }
}
