package dev.rebound.serde;

import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.Schema;

/** A registry in memory that can be away, and counts what it is asked. */
final class FakeRegistry extends MockSchemaRegistryClient {

    private final Deque<Exception> troubles = new ArrayDeque<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final CountDownLatch firstAsked = new CountDownLatch(1);
    private Exception always;

    /** Registers a schema under a subject of its own. */
    int put(Schema schema) {
        try {
            return register("subject-" + schema.hashCode(), new AvroSchema(schema));
        } catch (IOException | RestClientException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Fails the next look-ups so, one after the other. */
    void failNext(Exception... trouble) {
        troubles.addAll(List.of(trouble));
    }

    /** Fails every look-up so; null ends it. */
    void failAlways(Exception trouble) {
        always = trouble;
    }

    int asked() {
        return asked.get();
    }

    /** Opens when somebody asks for a schema. */
    CountDownLatch firstAsked() {
        return firstAsked;
    }

    @Override
    public ParsedSchema getSchemaById(int id) throws IOException, RestClientException {
        asked.incrementAndGet();
        firstAsked.countDown();
        Exception trouble = troubles.isEmpty() ? always : troubles.remove();
        if (trouble instanceof IOException e) {
            throw e;
        }
        if (trouble instanceof RestClientException e) {
            throw e;
        }
        return super.getSchemaById(id);
    }
}
