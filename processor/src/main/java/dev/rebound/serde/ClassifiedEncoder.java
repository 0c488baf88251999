package dev.rebound.serde;

import dev.rebound.schema.Classification;
import dev.rebound.schema.ClassifiedEvent;
import dev.rebound.schema.DeliveryEvent;

/**
 * Writes classified events, in the same bytes as Avro's own encoder. An event that is a view of its bytes is not encoded anew: they are
 * put in front of the encoded classification. Not safe for use by several threads.
 */
public final class ClassifiedEncoder {

    private final AvroEncoder<ClassifiedEvent> plain = new AvroEncoder<>(ClassifiedEvent.getClassSchema());
    private final BinaryOutput out = new BinaryOutput();

    /** A {@link ClassifiedEvent} framed for a topic whose schema has this id. */
    public byte[] framed(int schemaId, DeliveryEvent event, Classification classification) {
        if (!(event instanceof EventView view) || !view.isPlain()) {
            return plain.framed(schemaId, new ClassifiedEvent(event, classification));
        }
        // The code that Avro generated for this class does not look at the schema field by field.
        byte[] value = out.bytesBehind(WireFormat.HEADER_BYTES + view.length(), classification::customEncode);
        view.copy(value, WireFormat.HEADER_BYTES);
        return WireFormat.writeHeader(schemaId, value);
    }
}
