package dev.rebound.flink;

import dev.rebound.app.Connections;
import dev.rebound.config.ReboundConfig;
import dev.rebound.event.Digests;
import dev.rebound.schema.Suppression;
import dev.rebound.serde.AvroEncoder;
import dev.rebound.serde.WireFormat;
import dev.rebound.suppress.Acceptance;
import dev.rebound.suppress.Decision;
import dev.rebound.suppress.History;
import dev.rebound.suppress.Item;
import dev.rebound.suppress.Policies;
import dev.rebound.suppress.SuppressionKey;
import dev.rebound.topology.PeerForms.Address;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** Keeps what is known of an address, asks the core what follows, and tells the feed when that changes. */
final class SuppressAddresses extends KeyedProcessFunction<String, Tuple3<String, Boolean, byte[]>, Written> {

    private static final TypeInformation<byte[]> BYTES = PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO;

    /** What an address hears: row, whether it is a delivery, the item. */
    static final TypeInformation<Tuple3<String, Boolean, byte[]>> TYPE =
            Types.TUPLE(Types.STRING, Types.BOOLEAN, BYTES);

    private final Map<String, String> keys;
    private final byte[] fingerprint;

    private transient Connections connections;
    private transient Policies policies;
    private transient String feed;
    private transient int schemaId;
    private transient AvroEncoder<Suppression> encoder;
    private transient ValueState<byte[]> address;

    /**
     * The step.
     *
     * @param keys of the configuration
     * @param fingerprint what records are made by, as in their header
     */
    SuppressAddresses(Map<String, String> keys, byte[] fingerprint) {
        this.keys = keys;
        this.fingerprint = fingerprint;
    }

    @Override
    public void open(OpenContext context) {
        ReboundConfig config = new ReboundConfig(keys);
        connections = new Connections(config, Duration.ofSeconds(45));
        policies = config.suppression().policies();
        feed = config.topics().suppressions().name();
        schemaId = connections.schemas().id(feed, Suppression.getClassSchema());
        encoder = new AvroEncoder<>(Suppression.getClassSchema());
        address = getRuntimeContext().getState(new ValueStateDescriptor<>("address", BYTES));
    }

    @Override
    public void processElement(Tuple3<String, Boolean, byte[]> heard, Context context, Collector<Written> out)
            throws Exception {
        byte[] stored = address.value();
        boolean delivered = heard.f1;
        if (delivered && stored == null) {
            return;
        }
        Address before = Address.fromBytes(stored);
        if (delivered && before.history().evidence().isEmpty()) {
            return;
        }
        Item item = ItemForm.parse(heard.f2);
        History history = before.history().with(item);
        if (history != before.history()) {
            long now = context.timerService().currentProcessingTime();
            long touchedAt = item instanceof Acceptance ? before.touchedAt() : now;
            decide(heard.f0, before, history, touchedAt, context.timerService(), out);
        }
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<Written> out) throws Exception {
        Address stored = Address.fromBytes(address.value());
        if (stored.due() == time) {
            decide(context.getCurrentKey(), stored, stored.history(), stored.touchedAt(), context.timerService(), out);
        }
    }

    private void decide(
            String row, Address before, History history, long touchedAt, TimerService timers, Collector<Written> out)
            throws Exception {
        SuppressionKey key = SuppressionKey.parse(row);
        Decision decision = Decision.of(key, history, policies.of(key.list().tenant()), timers.currentProcessingTime());
        byte[] body = decision.suppression() == null ? null : encoder.body(decision.suppression());
        long told = body == null ? 0 : Digests.fnv(body);
        if (told != before.told()) {
            byte[] value = body == null ? null : WireFormat.frame(schemaId, body);
            out.collect(new Written(feed, key.text().getBytes(StandardCharsets.UTF_8), value, fingerprint));
        }
        if (decision.next() != before.due()) {
            if (before.due() != Decision.NEVER) {
                timers.deleteProcessingTimeTimer(before.due());
            }
            if (decision.next() != Decision.NEVER) {
                timers.registerProcessingTimeTimer(decision.next());
            }
        }
        address.update(new Address(history, touchedAt, decision.next(), told).toBytes());
    }

    @Override
    public void close() {
        if (connections != null) {
            connections.close();
        }
    }
}
