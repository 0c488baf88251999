package dev.rebound.serde;

import dev.rebound.schema.DeliveryEvent;
import dev.rebound.serde.UndecodableException.Reason;
import java.io.IOException;
import java.util.IdentityHashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/**
 * Reads delivery events. One that was written with the layout of this version's schema is a view of its bytes, whose fields are decoded
 * when they are asked for; others are decoded as their writers' schemas say. Not safe for use by several threads.
 */
public final class EventDecoder {

    private static final String LAYOUT = SchemaNormalization.toParsingForm(DeliveryEvent.getClassSchema());

    private final WriterSchemas schemas;
    private final AvroDecoder<DeliveryEvent> decoder;
    private final Map<Schema, Boolean> layouts = new IdentityHashMap<>();

    /** Those of the last event, as most events have one schema. */
    private int latestId = -1;

    private boolean latestIsOfThisLayout;

    /** A decoder that asks for writers' schemas. */
    public EventDecoder(WriterSchemas schemas) {
        this.schemas = schemas;
        this.decoder = new AvroDecoder<>(schemas, DeliveryEvent.getClassSchema());
    }

    /**
     * Reads an event.
     *
     * @param value framed Avro, which must not be changed any more; null and empty are refused
     * @return an event that must not be changed
     * @throws UndecodableException when the value cannot be read, now or later
     * @throws RegistryUnavailableException when the writer's schema could not be fetched; nothing is said about the value
     */
    public DeliveryEvent decode(byte[] value) throws UndecodableException {
        int id = WireFormat.schemaId(value);
        if (!isOfThisLayout(id)) {
            return decoder.decode(value);
        }
        try {
            return new EventView(value, WireFormat.HEADER_BYTES);
        } catch (IOException e) {
            throw new UndecodableException(Reason.MALFORMED, "bytes do not follow schema " + id + ": " + e);
        }
    }

    private boolean isOfThisLayout(int id) throws UndecodableException {
        if (id != latestId) {
            latestIsOfThisLayout = hasThisLayout(schemas.byId(id));
            latestId = id;
        }
        return latestIsOfThisLayout;
    }

    /** Defaults, documentation and logical types take no bytes: schemas with one parsing form have one layout. */
    private boolean hasThisLayout(Schema writer) {
        return layouts.computeIfAbsent(
                writer, schema -> SchemaNormalization.toParsingForm(schema).equals(LAYOUT));
    }
}
