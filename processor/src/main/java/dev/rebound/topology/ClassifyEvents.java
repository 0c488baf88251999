package dev.rebound.topology;

import dev.rebound.classify.Classifier;
import dev.rebound.classify.CodeTable;
import dev.rebound.schema.Classification;
import dev.rebound.schema.ClassifiedEvent;
import dev.rebound.serde.AvroEncoder;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Asks the classifier, and makes sure that the answer can be written. */
final class ClassifyEvents implements Processor<byte[], Decoded.Event, byte[], Judged> {

    private final Tables tables;
    private final Fingerprint fingerprint;
    private final Observer observer;
    private final AvroEncoder<ClassifiedEvent> encoder = new AvroEncoder<>(ClassifiedEvent.getClassSchema());
    private ProcessorContext<byte[], Judged> context;

    ClassifyEvents(Tables tables, Fingerprint fingerprint, Observer observer) {
        this.tables = tables;
        this.fingerprint = fingerprint;
        this.observer = observer;
    }

    @Override
    public void init(ProcessorContext<byte[], Judged> context) {
        this.context = context;
    }

    @Override
    public void process(Record<byte[], Decoded.Event> record) {
        Decoded.Event read = record.value();
        CodeTable table = tables.takeFor(record.headers());
        fingerprint.write(record.headers(), table);
        Classification classification = Classifier.classify(read.event(), table);
        byte[] body = encoder.body(new ClassifiedEvent(read.event(), classification));
        if (RecordSize.fits(record.key(), body, record.headers())) {
            context.forward(record.withValue(new Judged.Classified(read.event(), classification, read.source(), body)));
            observer.classified(read.event(), classification, record.timestamp());
        } else {
            context.forward(DeadLetter.coordinatesOnly(
                    record,
                    read.source(),
                    DeadLetter.OVERSIZE,
                    "the classified event has " + body.length + " bytes (expected: at most " + Topics.OUTPUT_MAX_BYTES
                            + " with key and headers)"));
            observer.deadLetter(DeadLetter.OVERSIZE);
        }
    }
}
