package dev.rebound.serde;

import java.nio.ByteBuffer;

/** Confluent's framing of a value: byte 0, the schema id as four bytes big endian, then the Avro binary. */
public final class WireFormat {

    static final int HEADER_BYTES = 5;
    private static final byte MAGIC = 0;

    private WireFormat() {}

    /** Puts the frame in front of Avro binary. */
    public static byte[] frame(int schemaId, byte[] body) {
        return ByteBuffer.allocate(HEADER_BYTES + body.length)
                .put(MAGIC)
                .putInt(schemaId)
                .put(body)
                .array();
    }

    /** The schema id of a framed value. @throws UndecodableException when the value is not framed */
    public static int schemaId(byte[] value) throws UndecodableException {
        if (value == null || value.length == 0) {
            throw new UndecodableException(UndecodableException.Reason.EMPTY_VALUE, "record has no value");
        }
        if (value.length < HEADER_BYTES || value[0] != MAGIC) {
            throw new UndecodableException(
                    UndecodableException.Reason.NOT_WIRE_FORMAT,
                    "value of " + value.length + " bytes starts with byte " + (value[0] & 0xff)
                            + " (expected: 0, then four bytes of schema id)");
        }
        return ByteBuffer.wrap(value, 1, Integer.BYTES).getInt();
    }
}
