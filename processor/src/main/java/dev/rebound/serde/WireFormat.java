package dev.rebound.serde;

import java.nio.ByteBuffer;

/** Confluent's framing of a value: byte 0, the schema id as four bytes big endian, then the Avro binary. */
public final class WireFormat {

    static final int HEADER_BYTES = 5;
    private static final byte MAGIC = 0;

    private WireFormat() {}

    /** Puts the frame in front of Avro binary. */
    public static byte[] frame(int schemaId, byte[] body) {
        byte[] value = new byte[HEADER_BYTES + body.length];
        System.arraycopy(body, 0, value, HEADER_BYTES, body.length);
        return writeHeader(schemaId, value);
    }

    /** Fills the first {@value #HEADER_BYTES} bytes of a value, which Avro binary follows. @return the value */
    static byte[] writeHeader(int schemaId, byte[] value) {
        ByteBuffer.wrap(value).put(MAGIC).putInt(schemaId);
        return value;
    }

    /** The same Avro binary framed for another topic, whose schema has this id. */
    public static byte[] reframe(int schemaId, byte[] value) {
        return ByteBuffer.wrap(value.clone()).putInt(1, schemaId).array();
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
