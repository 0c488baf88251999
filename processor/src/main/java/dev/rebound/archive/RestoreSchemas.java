package dev.rebound.archive;

import dev.rebound.serde.RegistryUnavailableException;
import dev.rebound.serde.Schemas;
import dev.rebound.serde.UndecodableException;
import dev.rebound.serde.WriterSchemas;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * Whether a registry knows the archived schemas by the ids that the archived values begin with. Nothing is registered: a registry gives ids
 * as it likes, so that the values would have to be changed, or be read with the schema of something else.
 */
final class RestoreSchemas {

    private final WriterSchemas writerSchemas;
    private final Schemas schemas;

    RestoreSchemas(WriterSchemas writerSchemas, Schemas schemas) {
        this.writerSchemas = writerSchemas;
        this.schemas = schemas;
    }

    /**
     * Makes sure of it.
     *
     * @throws RestoreRefusedException naming the ids that are missing or taken
     * @throws dev.rebound.serde.SchemaRegistryException when the registry does not answer
     */
    void check(Map<Integer, String> archived) {
        List<Integer> missing = new ArrayList<>();
        List<Integer> others = new ArrayList<>();
        archived.forEach((id, schema) -> {
            try {
                if (!writerSchemas.byId(id).equals(parsed(schema))) {
                    others.add(id);
                }
            } catch (UndecodableException e) {
                missing.add(id);
            } catch (RegistryUnavailableException e) {
                throw schemas.unavailable("cannot ask for schema " + id + " of the archive", e);
            }
        });
        if (!missing.isEmpty() || !others.isEmpty()) {
            throw new RestoreRefusedException(
                    "archived values refer to schemas by their ids, and this schema registry"
                            + (missing.isEmpty() ? "" : " does not have " + missing + " as Avro")
                            + (missing.isEmpty() || others.isEmpty() ? "" : " and")
                            + (others.isEmpty() ? "" : " has other schemas under " + others)
                            + " (expected: the schemas that the archive has under the same ids); name the registry that the topic was"
                            + " written with, or bring its schemas with their ids into this one: topology-docs/archive.md says how");
        }
    }

    private static Schema parsed(String schema) {
        try {
            return new Schema.Parser().parse(schema);
        } catch (AvroRuntimeException e) {
            throw new ArchiveException("the archive has a schema that cannot be read: " + e.getMessage(), e);
        }
    }
}
