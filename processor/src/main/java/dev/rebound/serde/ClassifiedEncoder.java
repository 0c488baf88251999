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
        // The code that Avro generated for this class does not look at the schema field by field.
        byte[] behind = out.bytes(classification::customEncode);
        if (event instanceof EventView view && view.isPlain()) {
            byte[] value = WireFormat.frameFor(schemaId, view.length() + behind.length);
            view.copy(value, WireFormat.HEADER_BYTES);
            return ending(value, behind);
        }
        byte[] before = events.body(event);
        byte[] value = WireFormat.frameFor(schemaId, before.length + behind.length);
        System.arraycopy(before, 0, value, WireFormat.HEADER_BYTES, before.length);
        return ending(value, behind);
    }

    private static byte[] ending(byte[] value, byte[] end) {
        System.arraycopy(end, 0, value, value.length - end.length, end.length);
        return value;
    }
}
