package dev.rebound.flink;

import dev.rebound.app.Connections;
import dev.rebound.config.ReboundConfig;
import dev.rebound.schema.DomainStats;
import dev.rebound.schema.ProviderStats;
import dev.rebound.serde.AvroEncoder;
import dev.rebound.statistics.Counts;
import dev.rebound.statistics.Details;
import dev.rebound.statistics.RowKey;
import dev.rebound.statistics.Subject;
import dev.rebound.statistics.Sums;
import dev.rebound.statistics.WindowSize;
import dev.rebound.topology.PeerForms;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** Adds the sums of a subject up: minutes at once, hours and days at intervals, of what was gathered since. */
final class AddUp extends KeyedProcessFunction<String, Tuple3<String, Long, byte[]>, Written> {

    private static final TypeInformation<byte[]> BYTES = PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO;

    /** Sums of minutes: subject, start of the minute, sums. */
    static final TypeInformation<Tuple3<String, Long, byte[]>> TYPE = Types.TUPLE(Types.STRING, Types.LONG, BYTES);

    private static final char SEPARATOR = '|';

    private final Map<String, String> keys;
    private final byte[] fingerprint;

    private transient Connections connections;
    private transient long rollUp;
    private transient Rows<DomainStats> domains;
    private transient Rows<ProviderStats> providers;
    private transient MapState<Long, byte[]> minutes;
    private transient MapState<Long, byte[]> hours;
    private transient MapState<Long, byte[]> days;
    private transient ListState<Tuple2<Long, byte[]>> gathered;

    /** A topic of rows. */
    private record Rows<T extends org.apache.avro.specific.SpecificRecord>(
            String topic, int schemaId, AvroEncoder<T> encoder) {}

    /**
     * The step.
     *
     * @param keys of the configuration
     * @param fingerprint what records are made by, as in their header
     */
    AddUp(Map<String, String> keys, byte[] fingerprint) {
        this.keys = keys;
        this.fingerprint = fingerprint;
    }

    /** A subject as the text that its records are partitioned by. */
    static String text(Subject subject) {
        return subject.kind().name() + SEPARATOR + subject.tenant() + SEPARATOR + subject.name();
    }

    private static Subject subject(String text) {
        String[] parts = text.split("\\|", 3);
        return new Subject(Subject.Kind.valueOf(parts[0]), parts[1], parts[2]);
    }

    @Override
    public void open(OpenContext context) {
        ReboundConfig config = new ReboundConfig(keys);
        connections = new Connections(config, Duration.ofSeconds(45));
        rollUp = config.statistics().rollUp().toMillis();
        String domainStats = config.topics().domainStats().name();
        domains = new Rows<>(
                domainStats,
                connections.schemas().id(domainStats, DomainStats.getClassSchema()),
                new AvroEncoder<>(DomainStats.getClassSchema()));
        String providerStats = config.topics().providerStats().name();
        providers = new Rows<>(
                providerStats,
                connections.schemas().id(providerStats, ProviderStats.getClassSchema()),
                new AvroEncoder<>(ProviderStats.getClassSchema()));
        minutes = getRuntimeContext().getMapState(new MapStateDescriptor<>("minutes", Types.LONG, BYTES));
        hours = getRuntimeContext().getMapState(new MapStateDescriptor<>("hours", Types.LONG, BYTES));
        days = getRuntimeContext().getMapState(new MapStateDescriptor<>("days", Types.LONG, BYTES));
        gathered =
                getRuntimeContext().getListState(new ListStateDescriptor<>("gathered", Types.TUPLE(Types.LONG, BYTES)));
    }

    @Override
    public void processElement(Tuple3<String, Long, byte[]> more, Context context, Collector<Written> out)
            throws Exception {
        byte[] row = minutes.get(more.f1);
        Counts counts = row == null ? new Counts() : Counts.parse(row);
        counts.add(Sums.parse(more.f2).counts());
        minutes.put(more.f1, counts.bytes());
        write(new RowKey(subject(more.f0), WindowSize.MINUTE, more.f1), counts, null, out);
        // Written behind what is there without reading it; the same time is set for all that comes in between.
        gathered.add(Tuple2.of(more.f1, more.f2));
        long now = context.timerService().currentProcessingTime();
        context.timerService().registerProcessingTimeTimer((now / rollUp + 1) * rollUp);
        // Timers of wall-clock time are not fired at the end of a bounded input, the last of event time are.
        context.timerService().registerEventTimeTimer(Long.MAX_VALUE);
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<Written> out) throws Exception {
        Map<Long, Sums> byHour = new LinkedHashMap<>();
        Map<Long, Sums> byDay = new LinkedHashMap<>();
        for (Tuple2<Long, byte[]> minute : gathered.get()) {
            byHour.merge(WindowSize.HOUR.startOf(minute.f0), Sums.parse(minute.f1), Sums::plus);
        }
        byHour.forEach((hour, sums) -> byDay.computeIfAbsent(WindowSize.DAY.startOf(hour), first -> new Sums())
                .add(sums));
        gathered.clear();
        Subject subject = subject(context.getCurrentKey());
        add(subject, WindowSize.HOUR, hours, byHour, out);
        add(subject, WindowSize.DAY, days, byDay, out);
    }

    private void add(
            Subject subject, WindowSize size, MapState<Long, byte[]> rows, Map<Long, Sums> more, Collector<Written> out)
            throws Exception {
        for (Map.Entry<Long, Sums> entry : more.entrySet()) {
            byte[] row = rows.get(entry.getKey());
            Sums sums = row == null ? new Sums() : Sums.parse(row);
            sums.add(entry.getValue());
            rows.put(entry.getKey(), sums.bytes());
            write(new RowKey(subject, size, entry.getKey()), sums.counts(), sums.details(), out);
        }
    }

    private void write(RowKey key, Counts counts, Details details, Collector<Written> out) {
        byte[] name = key.text().getBytes(StandardCharsets.UTF_8);
        if (key.subject().kind() == Subject.Kind.DOMAIN) {
            byte[] value = domains.encoder().framed(domains.schemaId(), PeerForms.domainStats(key, counts, details));
            out.collect(new Written(domains.topic(), name, value, fingerprint));
        } else {
            byte[] value =
                    providers.encoder().framed(providers.schemaId(), PeerForms.providerStats(key, counts, details));
            out.collect(new Written(providers.topic(), name, value, fingerprint));
        }
    }

    @Override
    public void close() {
        if (connections != null) {
            connections.close();
        }
    }
}
