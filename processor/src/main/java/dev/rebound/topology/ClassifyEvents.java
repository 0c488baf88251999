package dev.rebound.topology;

import dev.rebound.classify.Classifier;
import dev.rebound.classify.CodeTable;
import dev.rebound.schema.Classification;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.serde.ClassifiedEncoder;
import dev.rebound.serde.WireFormat;
import dev.rebound.topology.Routes.Route;
import java.util.List;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Asks the classifier, makes sure that the answer can be written, and sends it to the topic of its outcome and to who counts. All are
 * steps behind this one, by name: bytes for topics, signals for who counts, dead letters.
 */
final class ClassifyEvents implements Processor<byte[], Decoded, byte[], Object> {

    private final Tables tables;
    private final Fingerprint fingerprint;
    private final Routes routes;
    private final List<String> counting;
    private final String dead;
    private final Observer observer;
    private final ClassifiedEncoder encoder = new ClassifiedEncoder();
    private ProcessorContext<byte[], Object> context;

    /**
     * @param counting names of the steps that take signals
     * @param dead name of the step that takes dead letters
     */
    ClassifyEvents(
            Tables tables,
            Fingerprint fingerprint,
            Routes routes,
            List<String> counting,
            String dead,
            Observer observer) {
        this.tables = tables;
        this.fingerprint = fingerprint;
        this.routes = routes;
        this.counting = counting;
        this.dead = dead;
        this.observer = observer;
    }

    @Override
    public void init(ProcessorContext<byte[], Object> context) {
        this.context = context;
    }

    @Override
    public void process(Record<byte[], Decoded> record) {
        if (record.value() instanceof Decoded.Event read) {
            classify(record, read);
        } else {
            signal(record, (EndOfReplay) record.value());
        }
    }

    private void classify(Record<byte[], Decoded> record, Decoded.Event read) {
        CodeTable table = tables.takeFor(record.headers());
        fingerprint.write(record.headers(), table);
        DeliveryEvent event = read.event();
        Classification classification = Classifier.classify(event, table);
        Route route = routes.of(event.getOutcome(), classification.getBounceType());
        byte[] value = encoder.framed(route.schemaId(), event, classification);
        if (!RecordSize.fits(record.key(), value, record.headers())) {
            refuse(record, read.source(), value.length);
            return;
        }
        context.forward(record.withValue(value), route.step());
        if (Observer.isUnclassified(classification)) {
            Route copies = routes.unclassified();
            context.forward(record.withValue(WireFormat.reframe(copies.schemaId(), value)), copies.step());
        }
        signal(record, new Classified(event, classification, read.source()));
        observer.classified(event, classification, record.timestamp());
    }

    private void signal(Record<byte[], ?> record, Signal signal) {
        if (!counting.isEmpty()) {
            Record<byte[], Object> sent = new Record<>(record.key(), signal, record.timestamp());
            for (String step : counting) {
                context.forward(sent, step);
            }
        }
    }

    private void refuse(Record<byte[], Decoded> record, Coordinates source, int length) {
        context.forward(
                DeadLetter.coordinatesOnly(
                        record,
                        source,
                        DeadLetter.OVERSIZE,
                        "the classified event has " + length + " bytes (expected: at most " + Topics.OUTPUT_MAX_BYTES
                                + " with key and headers)"),
                dead);
        observer.deadLetter(DeadLetter.OVERSIZE);
    }
}
