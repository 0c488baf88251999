package dev.rebound.app;

import dev.rebound.config.ReboundConfig;
import dev.rebound.serde.Schemas;
import dev.rebound.serde.WriterSchemas;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What talks to the schema registry, made from a configuration and closed together. */
public final class Connections implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);
    private static final int CACHED_SCHEMAS = 1_000;
    private static final Duration UNTIL_STOPPED = Duration.ofDays(36_500);

    private final SchemaRegistryClient client;
    private final WriterSchemas writerSchemas;
    private final WriterSchemas patientWriterSchemas;
    private final Schemas schemas;

    /** Connects lazily: nothing is asked of the registry before it is needed. */
    public Connections(ReboundConfig config, Duration patience) {
        this.client = registryClient(config);
        this.writerSchemas = new WriterSchemas(client, patience);
        this.patientWriterSchemas = new WriterSchemas(client, UNTIL_STOPPED);
        this.schemas = new Schemas(client, config.schemaRegistryUrl());
    }

    /** The registry's client as configured, to be closed by the caller. Asks nothing of the registry yet. */
    public static SchemaRegistryClient registryClient(ReboundConfig config) {
        List<String> urls = Arrays.stream(config.schemaRegistryUrl().split(","))
                .map(String::strip)
                .toList();
        return new CachedSchemaRegistryClient(urls, CACHED_SCHEMAS, config.registryClient());
    }

    /** Schemas of what is read. */
    public WriterSchemas writerSchemas() {
        return writerSchemas;
    }

    /** Schemas of what is read where a thread cannot be replaced: look-ups wait until the registry answers. */
    WriterSchemas patientWriterSchemas() {
        return patientWriterSchemas;
    }

    /** Schemas of what is written. */
    public Schemas schemas() {
        return schemas;
    }

    /** How often a look-up had to wait for the registry. */
    long registryWaits() {
        return writerSchemas.waits() + patientWriterSchemas.waits();
    }

    /** Ends all waiting for the registry: look-ups that cannot be answered at once fail from now on. */
    void stopWaiting() {
        writerSchemas.stop();
        patientWriterSchemas.stop();
    }

    /** Ends all waiting for the registry and closes the client. */
    @Override
    public void close() {
        stopWaiting();
        try {
            client.close();
        } catch (IOException e) {
            LOG.debug("Closing the registry client", e);
        }
    }
}
