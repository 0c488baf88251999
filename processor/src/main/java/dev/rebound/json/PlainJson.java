package dev.rebound.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * Converts generated Avro records to JSON that people and other tools write by hand, and back. Times (timestamp-millis) are
 * ISO 8601 in UTC, enums their symbols, a null is null; the schema is all that it goes by.
 */
public final class PlainJson {
    private static final JsonFactory FACTORY = new JsonFactory();

    private PlainJson() {}

    /** What becomes of fields that are null. */
    public enum Nulls {
        /** They are left out. */
        OMIT,
        /** They are written as {@code null}, so that every record has the same fields. */
        WRITE
    }

    /** The record as JSON in one line, without a line end. */
    public static String write(SpecificRecord record, Nulls nulls) {
        StringWriter out = new StringWriter(512);
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            write(record, nulls, json);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return out.toString();
    }

    /** Writes the record as the next value of a larger document. */
    public static void write(SpecificRecord record, Nulls nulls, JsonGenerator out) throws IOException {
        RecordWriter.write(record, nulls, out);
    }

    /**
     * Reads a record from a text that holds exactly one JSON object. Fields in any order; absent ones, and null where the
     * schema knows no null, take the schema's default; enums in any letter case; times as ISO 8601 with an offset or as
     * milliseconds since 1970.
     *
     * @throws InvalidJsonException when the text is no JSON object, has a name twice, has a field that the record lacks,
     *     lacks one that has no default, or has a value of the wrong kind
     */
    public static <T extends SpecificRecord> T read(String text, Class<T> type) throws InvalidJsonException {
        return read(parse(text), type);
    }

    /**
     * Reads a record from an object that {@link #parse} gave, and that the caller may have added to.
     *
     * @throws InvalidJsonException as {@link #read(String, Class)} does
     */
    public static <T extends SpecificRecord> T read(ObjectNode object, Class<T> type) throws InvalidJsonException {
        return type.cast(RecordReader.read(SpecificData.get().getSchema(type), object));
    }

    /**
     * Reads exactly one JSON object, of any fields. Texts of up to 2 MiB characters, 32 levels of nesting.
     *
     * @throws InvalidJsonException when the text is anything else, or has a name twice in one object
     */
    public static ObjectNode parse(String text) throws InvalidJsonException {
        return JsonTree.parse(text);
    }
}
