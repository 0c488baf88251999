package dev.rebound.json;

import org.apache.avro.Schema;

/** Unions of null and one other type, the only ones that plain JSON can tell apart. */
final class Nullable {

    private Nullable() {}

    static boolean allowsNull(Schema schema) {
        return schema.isNullable();
    }

    /**
     * The type of values that are not null.
     *
     * @throws IllegalArgumentException for a union of several types: a fault of the schema, not of any data
     */
    static Schema valueSchema(Schema schema) {
        if (!schema.isUnion()) {
            return schema;
        }
        // A plain loop: this is asked for each field of each record.
        Schema value = null;
        int others = 0;
        for (Schema type : schema.getTypes()) {
            if (type.getType() != Schema.Type.NULL) {
                value = type;
                others++;
            }
        }
        if (others != 1) {
            throw new IllegalArgumentException("plain JSON has no form for Avro union " + schema);
        }
        return value;
    }
}
