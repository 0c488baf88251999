package dev.rebound.flink;

import dev.rebound.app.Connections;
import dev.rebound.classify.Classifier;
import dev.rebound.classify.CodeTable;
import dev.rebound.config.ReboundConfig;
import dev.rebound.event.EventKey;
import dev.rebound.event.EventKey.InvalidEventException;
import dev.rebound.schema.Classification;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.schema.Outcome;
import dev.rebound.serde.ClassifiedEncoder;
import dev.rebound.serde.EventDecoder;
import dev.rebound.serde.UndecodableException;
import dev.rebound.serde.WireFormat;
import dev.rebound.statistics.Fact;
import dev.rebound.statistics.Fold;
import dev.rebound.statistics.RowKey;
import dev.rebound.statistics.Sums;
import dev.rebound.suppress.Items;
import dev.rebound.suppress.Policies;
import dev.rebound.suppress.SuppressionList;
import dev.rebound.topology.Coordinates;
import dev.rebound.topology.Observer;
import dev.rebound.topology.PeerForms;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Decodes, classifies, routes, and folds: all that needs no state. The sums are passed on in front of every checkpoint's barrier, so
 * that they are exact without being in it, as in the mini-batches of Flink's SQL.
 */
final class JudgeEvents extends AbstractStreamOperator<Written> implements OneInputStreamOperator<Read, Written> {

    /** So many events are folded at most before their sums are passed on. */
    private static final int MOST_FOLDED = 20_000;

    /** Sums of minutes: subject, start of the minute, sums. */
    static final OutputTag<Tuple3<String, Long, byte[]>> SUMS = new OutputTag<>("sums", AddUp.TYPE);

    /** What an address's state may have to hear: row, whether it is a delivery, the item. */
    static final OutputTag<Tuple3<String, Boolean, byte[]>> HEARD = new OutputTag<>("heard", SuppressAddresses.TYPE);

    private final Map<String, String> keys;
    private final byte[] fingerprint;

    private transient Connections connections;
    private transient EventDecoder decoder;
    private transient ClassifiedEncoder encoder;
    private transient CodeTable table;
    private transient Policies policies;
    private transient Outcomes outcomes;
    private transient String input;
    private transient String deadLetters;
    private transient Fold fold;
    private transient int folded;
    private transient StreamRecord<Written> routed;
    private transient StreamRecord<Tuple3<String, Long, byte[]>> summed;
    private transient StreamRecord<Tuple3<String, Boolean, byte[]>> heard;

    /**
     * The step.
     *
     * @param keys of the configuration
     * @param fingerprint what records are made by, as in their header
     */
    JudgeEvents(Map<String, String> keys, byte[] fingerprint) {
        this.keys = keys;
        this.fingerprint = fingerprint;
    }

    @Override
    public void open() throws Exception {
        super.open();
        ReboundConfig config = new ReboundConfig(keys);
        connections = new Connections(config, Duration.ofSeconds(45));
        decoder = new EventDecoder(connections.writerSchemas());
        encoder = new ClassifiedEncoder();
        table = PeerForms.codeTable(config, connections.writerSchemas());
        policies = config.suppression().policies();
        outcomes = new Outcomes(config.topics(), connections.schemas());
        input = config.topics().deliveryEvents().name();
        deadLetters = config.topics().deadLetters().name();
        fold = new Fold();
        routed = new StreamRecord<>(null);
        summed = new StreamRecord<>(null);
        heard = new StreamRecord<>(null);
    }

    @Override
    public void processElement(StreamRecord<Read> element) {
        Read read = element.getValue();
        Coordinates source = new Coordinates(input, read.partition, read.offset, read.arrival);
        try {
            DeliveryEvent event = decoder.decode(read.value);
            judge(EventKey.of(event, read.key), event, source);
        } catch (UndecodableException e) {
            refuse(read.key, read.value, source, e.reason().name(), e.getMessage());
        } catch (InvalidEventException e) {
            refuse(read.key, read.value, source, e.reason().name(), e.getMessage());
        }
    }

    private void judge(byte[] key, DeliveryEvent event, Coordinates source) {
        Classification classification = Classifier.classify(event, table);
        Outcomes.Topic topic = outcomes.of(event, classification);
        byte[] value = encoder.framed(topic.schemaId(), event, classification);
        if (!PeerForms.fits(key, value)) {
            refuse(null, null, source, "OVERSIZE", "the classified event has " + value.length + " bytes");
            return;
        }
        byte[] text = source.text().getBytes(StandardCharsets.UTF_8);
        write(topic, key, value, text);
        if (Observer.isUnclassified(classification)) {
            Outcomes.Topic copies = outcomes.unclassified();
            write(copies, key, WireFormat.reframe(copies.schemaId(), value), text);
        }
        fold.add(Fact.of(event, classification, key, EventKey.recipientAt(key)));
        if (++folded >= MOST_FOLDED) {
            passOn();
        }
        tell(key, event, classification, source);
    }

    private void write(Outcomes.Topic topic, byte[] key, byte[] value, byte[] source) {
        Written record = new Written(topic.name(), key, value, fingerprint);
        record.source = source;
        output.collect(routed.replace(record));
    }

    private void refuse(byte[] key, byte[] value, Coordinates source, String reason, String detail) {
        Written record = new Written(deadLetters, key, value, null);
        record.source = source.text().getBytes(StandardCharsets.UTF_8);
        record.reason = reason;
        record.detail = detail;
        output.collect(routed.replace(record));
    }

    private void tell(byte[] key, DeliveryEvent event, Classification classification, Coordinates read) {
        Items.Source source = new Items.Source(read.topic(), read.partition(), read.offset(), read.arrival());
        Items.of(event, classification, source).ifPresent(item -> {
            boolean delivered = event.getOutcome() == Outcome.DELIVERED;
            byte[] bytes = ItemForm.bytes(item);
            String row = new String(key, StandardCharsets.UTF_8);
            String recipient = row.substring(event.getTenant().length() + 1);
            String list = SuppressionList.of(event.getTenant()).text();
            tell(list.equals(event.getTenant()) ? row : list + '|' + recipient, delivered, bytes);
            String stream = Items.stream(event);
            if (stream != null && (!delivered || policies.of(event.getTenant()).streamsHearOfDeliveries())) {
                tell(new SuppressionList(event.getTenant(), stream).text() + '|' + recipient, delivered, bytes);
            }
        });
    }

    private void tell(String row, boolean delivered, byte[] item) {
        output.collect(HEARD, heard.replace(Tuple3.of(row, delivered, item)));
    }

    private void passOn() {
        fold.drain(this::passOn);
        folded = 0;
    }

    private void passOn(RowKey minute, Sums sums) {
        output.collect(SUMS, summed.replace(Tuple3.of(AddUp.text(minute.subject()), minute.start(), sums.bytes())));
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpoint) {
        passOn();
    }

    /** There are none but the one at the end, behind which the steps that follow add up what they have. */
    @Override
    public void processWatermark(Watermark end) throws Exception {
        passOn();
        super.processWatermark(end);
    }

    @Override
    public void close() throws Exception {
        if (connections != null) {
            connections.close();
        }
        super.close();
    }
}
