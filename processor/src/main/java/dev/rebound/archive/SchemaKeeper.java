package dev.rebound.archive;

import dev.rebound.serde.RegistryUnavailableException;
import dev.rebound.serde.Schemas;
import dev.rebound.serde.UndecodableException;
import dev.rebound.serde.WireFormat;
import dev.rebound.serde.WriterSchemas;
import java.io.IOException;

/** Brings the schemas that values refer to into the archive, where they stay when the registry is gone. */
final class SchemaKeeper {

    private final WriterSchemas writerSchemas;
    private final Schemas schemas;
    private final ArchiveWriter writer;
    private long unknown;

    SchemaKeeper(WriterSchemas writerSchemas, Schemas schemas, ArchiveWriter writer) {
        this.writerSchemas = writerSchemas;
        this.schemas = schemas;
        this.writer = writer;
    }

    /**
     * Keeps the schema of a value, unless it is not in Confluent's frame.
     *
     * @throws dev.rebound.serde.SchemaRegistryException when the registry does not answer
     */
    void keep(byte[] value) throws IOException {
        try {
            int id = WireFormat.schemaId(value);
            if (!writer.hasSchema(id)) {
                keep(id);
            }
        } catch (UndecodableException e) {
            // Something else than a framed value: archived as it is, like any other.
            return;
        }
    }

    private void keep(int id) throws IOException {
        try {
            writer.keep(new KeptSchema(id, writerSchemas.byId(id).toString()));
        } catch (UndecodableException e) {
            unknown++;
        } catch (RegistryUnavailableException e) {
            throw schemas.unavailable("cannot keep schema " + id + " in the archive", e);
        }
    }

    /** Values so far whose schema could not be kept, as the registry does not have it or it is not Avro. */
    long unknown() {
        return unknown;
    }
}
