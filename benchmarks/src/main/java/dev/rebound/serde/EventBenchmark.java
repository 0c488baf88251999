package dev.rebound.serde;

import dev.rebound.classify.Classifier;
import dev.rebound.classify.CodeTable;
import dev.rebound.classify.ShippedCodes;
import dev.rebound.event.EventKey;
import dev.rebound.generate.Scenario;
import dev.rebound.generate.Traffic;
import dev.rebound.generate.TrafficPlan;
import dev.rebound.schema.Classification;
import dev.rebound.schema.ClassifiedEvent;
import dev.rebound.schema.DeliveryEvent;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** An event from its bytes to those of its output, step by step, and what the plain way costs. Each operation takes the next of many events. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class EventBenchmark {

    private static final int EVENTS = 1 << 12;
    private static final int SCHEMA_ID = 1;

    private final byte[][] values = new byte[EVENTS][];
    private final byte[][] keys = new byte[EVENTS][];
    private final DeliveryEvent[] events = new DeliveryEvent[EVENTS];
    private final DeliveryEvent[] views = new DeliveryEvent[EVENTS];
    private final Classification[] classifications = new Classification[EVENTS];
    private final CodeTable table = ShippedCodes.table();
    private final AvroEncoder<ClassifiedEvent> encoder = new AvroEncoder<>(ClassifiedEvent.getClassSchema());
    private final ClassifiedEncoder splicing = new ClassifiedEncoder();
    private AvroDecoder<DeliveryEvent> decoder;
    private EventDecoder viewing;
    private int next;

    /** Makes events of ordinary traffic. */
    @Setup
    public void prepare() throws Exception {
        MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
        int id = registry.register("events-value", new AvroSchema(DeliveryEvent.getClassSchema()));
        WriterSchemas schemas = new WriterSchemas(registry, Duration.ZERO);
        decoder = new AvroDecoder<>(schemas, DeliveryEvent.getClassSchema());
        viewing = new EventDecoder(schemas);
        Traffic traffic =
                new Traffic(new TrafficPlan(1, Scenario.ORDINARY, Instant.parse("2026-03-01T00:00:00Z"), 1_000));
        AvroEncoder<DeliveryEvent> writer = new AvroEncoder<>(DeliveryEvent.getClassSchema());
        for (int i = 0; i < EVENTS; i++) {
            events[i] = traffic.next();
            keys[i] = EventKey.of(events[i]);
            values[i] = writer.framed(id, events[i]);
            views[i] = viewing.decode(values[i]);
            classifications[i] = Classifier.classify(events[i], table);
        }
    }

    private int turn() {
        next = next + 1 & EVENTS - 1;
        return next;
    }

    /** All fields, by Avro. */
    @Benchmark
    public DeliveryEvent decode() throws UndecodableException {
        return decoder.decode(values[turn()]);
    }

    /** The walk that finds the fields. */
    @Benchmark
    public DeliveryEvent view() throws UndecodableException {
        return viewing.decode(values[turn()]);
    }

    /** The walk, and whether the record's key is the event's. */
    @Benchmark
    public byte[] viewAndKey() throws Exception {
        int at = turn();
        return EventKey.of(viewing.decode(values[at]), keys[at]);
    }

    /** The walk, the fields that classifying asks for, and the classification. */
    @Benchmark
    public Classification viewAndClassify() throws UndecodableException {
        return Classifier.classify(viewing.decode(values[turn()]), table);
    }

    /** The output by Avro. */
    @Benchmark
    public byte[] encode() {
        int at = turn();
        return encoder.framed(SCHEMA_ID, new ClassifiedEvent(events[at], classifications[at]));
    }

    /** The output of the event's own bytes and the encoded classification. */
    @Benchmark
    public byte[] splice() {
        int at = turn();
        return splicing.framed(SCHEMA_ID, views[at], classifications[at]);
    }

    /** All of it. */
    @Benchmark
    public byte[] fromBytesToBytes() throws UndecodableException {
        DeliveryEvent event = viewing.decode(values[turn()]);
        return splicing.framed(SCHEMA_ID, event, Classifier.classify(event, table));
    }
}
