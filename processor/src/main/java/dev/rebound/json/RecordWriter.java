package dev.rebound.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/** Writes a record's fields in the order of its schema. */
final class RecordWriter {

    private RecordWriter() {}

    static void write(IndexedRecord record, PlainJson.Nulls nulls, JsonGenerator out) throws IOException {
        out.writeStartObject();
        for (Schema.Field field : record.getSchema().getFields()) {
            Object value = record.get(field.pos());
            if (value != null || nulls == PlainJson.Nulls.WRITE) {
                out.writeFieldName(field.name());
                value(value, field.schema(), nulls, out);
            }
        }
        out.writeEndObject();
    }

    private static void value(Object value, Schema declared, PlainJson.Nulls nulls, JsonGenerator out)
            throws IOException {
        if (value == null) {
            out.writeNull();
            return;
        }
        Schema schema = Nullable.valueSchema(declared);
        switch (schema.getType()) {
            case RECORD -> write((IndexedRecord) value, nulls, out);
            case ARRAY -> {
                out.writeStartArray();
                for (Object item : (Collection<?>) value) {
                    value(item, schema.getElementType(), nulls, out);
                }
                out.writeEndArray();
            }
            case MAP -> {
                out.writeStartObject();
                for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
                    out.writeFieldName(entry.getKey().toString());
                    value(entry.getValue(), schema.getValueType(), nulls, out);
                }
                out.writeEndObject();
            }
            case STRING, ENUM -> out.writeString(value.toString());
            case BOOLEAN -> out.writeBoolean((Boolean) value);
            case INT -> out.writeNumber((Integer) value);
            case LONG -> number(value, schema, out);
            case FLOAT -> out.writeNumber((Float) value);
            case DOUBLE -> out.writeNumber((Double) value);
            case UNION, BYTES, FIXED, NULL ->
                throw new IllegalArgumentException("plain JSON has no form for Avro type " + schema);
        }
    }

    private static void number(Object value, Schema schema, JsonGenerator out) throws IOException {
        if (value instanceof Instant time) {
            out.writeString(time.truncatedTo(ChronoUnit.MILLIS).toString());
        } else if (schema.getLogicalType() instanceof LogicalTypes.TimestampMillis) {
            out.writeString(Instant.ofEpochMilli((Long) value).toString());
        } else {
            out.writeNumber((Long) value);
        }
    }
}
