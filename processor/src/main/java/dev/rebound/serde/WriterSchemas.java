package dev.rebound.serde;

import dev.rebound.serde.UndecodableException.Reason;
import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.apache.avro.Schema;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The schemas that records were written with, by id. While the registry is away a look-up waits, so that a good record is
 * never taken for a bad one; only the registry's own word that it does not know an id, or a schema that is not Avro, makes
 * the record undecodable.
 */
public final class WriterSchemas {

    private static final Logger LOG = LoggerFactory.getLogger(WriterSchemas.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    /** How the client's message starts where the registry has the id and its schema cannot be used as Avro. */
    private static final String NOT_AVRO = "Invalid schema ";

    /** Refused ids remembered, so that a flood of garbage does not become a flood of requests. */
    private static final int MAX_REFUSED = 10_000;

    private static final long REFUSED_FOR_NANOS = Duration.ofSeconds(30).toNanos();

    private final SchemaRegistryClient client;
    private final Duration patience;
    private final Map<Integer, Schema> known = new ConcurrentHashMap<>();
    private final Map<Integer, Refusal> refused = new ConcurrentHashMap<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final LongAdder waits = new LongAdder();

    /**
     * Look-ups through a client.
     *
     * @param client where schemas are kept; not closed here
     * @param patience how long one look-up waits for a registry that is away
     */
    public WriterSchemas(SchemaRegistryClient client, Duration patience) {
        this.client = client;
        this.patience = patience;
    }

    /**
     * An id whose records cannot be read.
     *
     * @param why what its records are refused with
     * @param since when it was found, as of {@link System#nanoTime()}
     */
    private record Refusal(UndecodableException why, long since) {}

    /** How often a look-up has found no registry to answer it, and had to wait. */
    public long waits() {
        return waits.sum();
    }

    /** Ends all waiting: a look-up that cannot be answered at once fails from now on. */
    public void stop() {
        stopped.countDown();
    }

    /**
     * The schema of this id.
     *
     * @throws UndecodableException when the registry does not know the id, or its schema is not Avro
     * @throws RegistryUnavailableException when the registry stayed away longer than the patience, or waiting was stopped
     */
    public Schema byId(int id) throws UndecodableException {
        Schema schema = known.get(id);
        return schema != null ? schema : fetch(id);
    }

    private Schema fetch(int id) throws UndecodableException {
        long deadline = System.nanoTime() + patience.toNanos();
        Duration pause = FIRST_PAUSE;
        refuseAgain(id);
        while (true) {
            try {
                Schema schema = avro(id, client.getSchemaById(id));
                known.put(id, schema);
                return schema;
            } catch (RestClientException e) {
                if (Schemas.isNotThere(e)) {
                    throw refuse(id, Reason.UNKNOWN_SCHEMA, "schema id " + id + " is not in the registry");
                }
                waitOrGiveUp(id, e, pause, deadline);
            } catch (IOException e) {
                if (isNotAvro(e)) {
                    throw refuse(id, Reason.INCOMPATIBLE_SCHEMA, "schema " + id + " is not an Avro schema");
                }
                waitOrGiveUp(id, e, pause, deadline);
            }
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    private void waitOrGiveUp(int id, Exception problem, Duration pause, long deadline) {
        waits.increment();
        LOG.warn("Schema registry cannot give schema {}; waiting for it: {}", id, problem.toString());
        boolean giveUp = System.nanoTime() - deadline >= 0;
        try {
            giveUp |= stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            giveUp = true;
        }
        if (giveUp) {
            throw new RegistryUnavailableException("schema registry cannot give schema " + id, problem);
        }
    }

    private static Schema avro(int id, ParsedSchema parsed) throws UndecodableException {
        if (parsed instanceof AvroSchema avro) {
            return avro.rawSchema();
        }
        throw new UndecodableException(
                Reason.INCOMPATIBLE_SCHEMA,
                "schema " + id + " is of type " + parsed.schemaType() + " (expected: AVRO)");
    }

    /** The client has no exception of its own for this; what goes wrong on the way to the registry reads otherwise. */
    private static boolean isNotAvro(IOException e) {
        return e.getClass() == IOException.class
                && e.getMessage() != null
                && e.getMessage().startsWith(NOT_AVRO);
    }

    private void refuseAgain(int id) throws UndecodableException {
        Refusal refusal = refused.get(id);
        if (refusal == null) {
            return;
        }
        if (System.nanoTime() - refusal.since() < REFUSED_FOR_NANOS) {
            throw refusal.why();
        }
        refused.remove(id);
    }

    private UndecodableException refuse(int id, Reason reason, String message) {
        UndecodableException why = new UndecodableException(reason, message);
        if (refused.size() >= MAX_REFUSED) {
            refused.clear();
        }
        refused.put(id, new Refusal(why, System.nanoTime()));
        return why;
    }
}
