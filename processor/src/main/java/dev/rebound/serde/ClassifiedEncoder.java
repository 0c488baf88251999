package dev.rebound.serde;

import dev.rebound.schema.Classification;
import dev.rebound.schema.DeliveryEvent;

/**
 * Writes classified events, in the same bytes as Avro's own encoder. An event that is a view of its bytes is not encoded anew: they are
 * put in front of the encoded classification. Not safe for use by several threads.
 */
public final class ClassifiedEncoder {

    private final AvroEncoder<DeliveryEvent> events = new AvroEncoder<>(DeliveryEvent.getClassSchema());
    private final BinaryOutput out = new BinaryOutput();

    /** A {@link dev.rebound.schema.ClassifiedEvent} framed for a topic whose schema has this id. */
    public byte[] framed(int schemaId, DeliveryEvent event, Classification classification) {
        EventView plain = event instanceof EventView view && view.isPlain() ? view : null;
        byte[] written = plain == null ? events.body(event) : null;
        int length = plain == null ? written.length : plain.length();
        // The code that Avro generated for this class does not look at the schema field by field.
        byte[] value = out.bytesBehind(WireFormat.HEADER_BYTES + length, classification::customEncode);
        if (plain == null) {
            System.arraycopy(written, 0, value, WireFormat.HEADER_BYTES, length);
        } else {
            plain.copy(value, WireFormat.HEADER_BYTES);
        }
        return WireFormat.writeHeader(schemaId, value);
    }
}
