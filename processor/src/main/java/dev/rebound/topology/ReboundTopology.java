package dev.rebound.topology;

import dev.rebound.schema.DomainStats;
import dev.rebound.schema.ProviderStats;
import dev.rebound.schema.Suppression;
import dev.rebound.serde.AvroSerde;
import dev.rebound.serde.Schemas;
import dev.rebound.serde.WriterSchemas;
import dev.rebound.statistics.Subject;
import dev.rebound.topology.DecodeEvents.Place;
import dev.rebound.topology.Instructed.Instruction;
import dev.rebound.topology.Topics.Spec;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.Stores;

/** The Kafka Streams topology: from delivery events to outcome topics, statistics, and addresses not to be written to. */
public final class ReboundTopology {

    private static final Serde<byte[]> BYTES = Serdes.ByteArray();

    private final Settings settings;
    private final WriterSchemas writerSchemas;
    private final Schemas schemas;
    private final LiveCodeTable codeTable;
    private final Observer observer;

    /** What measurements can leave out, to tell what it costs. */
    public enum Part {
        /** Counts per domain and provider. */
        STATISTICS,
        /** Addresses not to be written to. */
        SUPPRESSION
    }

    /**
     * What the topology's shape and pace depend on.
     *
     * @param topics the names
     * @param partitions number of partitions of {@code delivery-events}
     * @param statistics pace and size of the statistics
     * @param suppression how addresses are suppressed
     * @param parts what is done with classified events beside routing them
     */
    public record Settings(
            Topics topics,
            int partitions,
            StatisticsSettings statistics,
            SuppressionSettings suppression,
            Set<Part> parts) {

        /** All parts, as shipped. */
        public Settings(Topics topics, int partitions, StatisticsSettings statistics, SuppressionSettings suppression) {
            this(topics, partitions, statistics, suppression, EnumSet.allOf(Part.class));
        }

        /** The records are those of a replay: each brings where it was read first, and time is the events' own. */
        boolean isReplay() {
            return suppression.byEventTime();
        }
    }

    /**
     * A topology to be built.
     *
     * @param settings shape and pace
     * @param writerSchemas schemas of what is read
     * @param schemas ids of the schemas that are written, which must be registered
     * @param codeTable filled by the topology, asked by its classifier
     * @param observer told how each event ends
     */
    public ReboundTopology(
            Settings settings,
            WriterSchemas writerSchemas,
            Schemas schemas,
            LiveCodeTable codeTable,
            Observer observer) {
        this.settings = settings;
        this.writerSchemas = writerSchemas;
        this.schemas = schemas;
        this.codeTable = codeTable;
        this.observer = observer;
    }

    /**
     * Builds the topology.
     *
     * @param config the Streams configuration that it will run with
     * @throws dev.rebound.serde.SchemaRegistryException when a schema that is written is not registered
     */
    public Topology build(Properties config) {
        StreamsBuilder builder = new StreamsBuilder(new TopologyConfig(new StreamsConfig(config)));
        Topics topics = settings.topics();
        Routes routes = new Routes(topics, schemas);
        keepCodeTable(builder, topics.statusCodes());

        KStream<byte[], Decoded> read = decode(
                read(builder, topics.deliveryEvents(), Steps.READ_EVENTS),
                Steps.DECODE,
                place(),
                new Exits(Steps.JOIN_REKEYED, Steps.MISPLACED, Steps.DECODE_DEAD));
        KStream<byte[], Decoded> rekeyed = decode(
                rekey(read),
                Steps.DECODE_REKEYED,
                Place.anywhere(),
                Exits.ofRekeyed(Steps.JOIN_REKEYED, Steps.DECODE_REKEYED_DEAD));
        KStream<byte[], Object> classified = classify(read.merge(rekeyed, named(Steps.JOIN_REKEYED)), routes);

        route(classified, routes);
        List<KStream<byte[], byte[]>> dead = new ArrayList<>(List.of(
                deadLetters(read, Steps.DECODE_DEAD),
                deadLetters(rekeyed, Steps.DECODE_REKEYED_DEAD),
                deadLetters(classified, Steps.CLASSIFY_DEAD)));
        if (settings.parts().contains(Part.STATISTICS)) {
            statistics(only(classified), topics);
        }
        if (settings.parts().contains(Part.SUPPRESSION)) {
            dead.addAll(suppress(builder, only(classified), topics));
        }
        writeDeadLetters(topics.deadLetters(), dead);
        return builder.build(config);
    }

    /**
     * The topic that commands go through which did not stand where their address's state is.
     *
     * @param applicationId of the application that runs the topology
     */
    public static String rekeyedCommands(String applicationId) {
        return repartition(applicationId, Steps.REKEY_COMMANDS);
    }

    /**
     * The topics that records go through which did not stand where they belong.
     *
     * @param applicationId of the application that runs the topology
     */
    public static List<String> rekeyTopics(String applicationId) {
        return List.of(repartition(applicationId, Steps.REKEY), rekeyedCommands(applicationId));
    }

    /**
     * All topics that the topology reads and commits offsets of: it has done all its work when it has read these to their ends, once a
     * replay's mark of the end has come.
     *
     * @param topics its topics
     * @param applicationId of the application that runs it
     */
    public static List<String> processed(Topics topics, String applicationId) {
        List<String> names = new ArrayList<>(List.of(
                topics.deliveryEvents().name(), topics.suppressionCommands().name()));
        names.addAll(rekeyTopics(applicationId));
        names.add(repartition(applicationId, Steps.SUMS_REPARTITION));
        return names;
    }

    /**
     * All internal topics: those that Kafka Streams makes for the topology.
     *
     * @param applicationId of the application that runs it
     */
    public static List<String> internalTopics(String applicationId) {
        List<String> names = new ArrayList<>();
        for (String name : List.of(Steps.REKEY, Steps.REKEY_COMMANDS, Steps.SUMS_REPARTITION)) {
            names.add(repartition(applicationId, name));
        }
        for (String store : List.of(
                Steps.FOLD_JOURNAL,
                Steps.ROLL_UP_JOURNAL,
                StatisticsRows.COUNTS,
                StatisticsRows.DETAILS,
                Steps.LAID_AWAY_STORE,
                Steps.DOMAINS_OF_DAY_STORE,
                Steps.ADDRESS_STORE,
                Steps.DUE_STORE)) {
            names.add(changelog(applicationId, store));
        }
        return names;
    }

    static String changelog(String applicationId, String store) {
        return applicationId + '-' + store + "-changelog";
    }

    private static String repartition(String applicationId, String name) {
        return applicationId + '-' + name + "-repartition";
    }

    /** Those outputs of a step that it sends to this next step and not to all: they are of this type. */
    @SuppressWarnings("unchecked")
    private static <T> KStream<byte[], T> only(KStream<byte[], ?> outputs) {
        return (KStream<byte[], T>) outputs;
    }

    private static KStream<byte[], byte[]> deadLetters(KStream<byte[], ?> outputs, String step) {
        return ReboundTopology.<DeadLetter>only(outputs).mapValues(DeadLetter::value, named(step));
    }

    private void keepCodeTable(StreamsBuilder builder, Spec topic) {
        builder.addGlobalStore(
                Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(Steps.CODE_TABLE_STORE), BYTES, BYTES),
                topic.name(),
                Consumed.with(BYTES, BYTES).withName(Steps.CODE_TABLE),
                () -> new KeepCodeTable(codeTable, settings.isReplay()));
    }

    private static KStream<byte[], byte[]> read(StreamsBuilder builder, Spec topic, String step) {
        return builder.stream(
                topic.name(),
                Consumed.with(BYTES, BYTES)
                        .withTimestampExtractor(new ArrivalTime())
                        .withName(step));
    }

    private KStream<byte[], Decoded> decode(KStream<byte[], byte[]> records, String step, Place place, Exits exits) {
        return records.process(
                () -> new DecodeEvents(writerSchemas, place, settings.isReplay(), exits, observer), named(step));
    }

    private Place place() {
        return Place.amongPartitions(settings.partitions());
    }

    /** Events whose record had another key or stood in another partition go once through a repartition topic. */
    private static KStream<byte[], byte[]> rekey(KStream<byte[], Decoded> events) {
        return ReboundTopology.<Decoded.Event>only(events)
                .mapValues(Decoded.Event::value, named(Steps.MISPLACED))
                .repartition(Repartitioned.with(BYTES, BYTES).withName(Steps.REKEY));
    }

    private KStream<byte[], Object> classify(KStream<byte[], Decoded> events, Routes routes) {
        Tables tables = codeTable.keepsPast() ? Tables.asLive(codeTable) : Tables.current(codeTable);
        return events.process(
                () -> new ClassifyEvents(tables, fingerprint(), routes, counting(), Steps.CLASSIFY_DEAD, observer),
                named(Steps.CLASSIFY));
    }

    private List<String> counting() {
        List<String> steps = new ArrayList<>();
        if (settings.parts().contains(Part.STATISTICS)) {
            steps.add(Steps.FOLD);
        }
        if (settings.parts().contains(Part.SUPPRESSION)) {
            steps.add(Steps.JOIN_COMMANDS);
        }
        return steps;
    }

    private Fingerprint fingerprint() {
        return new Fingerprint(settings.suppression().policies().revision(), codeTable::current);
    }

    /** Each event to exactly one outcome topic, and a copy of what no row explained to one more. */
    private static void route(KStream<byte[], Object> classified, Routes routes) {
        for (Routes.Route route : routes.all()) {
            ReboundTopology.<byte[]>only(classified)
                    .to(route.topic(), Produced.with(BYTES, BYTES).withName(route.step()));
        }
    }

    /** Folded locally, repartitioned by subject, added up per window. */
    private void statistics(KStream<byte[], Signal> signals, Topics topics) {
        KStream<String, StatisticsRow> rows = signals.process(
                        FoldEvents.supplier(settings.statistics().flush(), settings.partitions()), named(Steps.FOLD))
                .repartition(Repartitioned.with(BYTES, BYTES)
                        .withName(Steps.SUMS_REPARTITION)
                        .withStreamPartitioner(Partitions.ofSubjects()))
                .process(
                        AddUpStatistics.supplier(settings.statistics(), settings.partitions(), this::fingerprint),
                        named(Steps.ADD_UP));
        Spec domains = topics.domainStats();
        rows.filter((key, row) -> row.isOf(Subject.Kind.DOMAIN), named("of-domains"))
                .mapValues(StatisticsRow::domainStats, named("as-domain-stats"))
                .to(
                        domains.name(),
                        Produced.with(Serdes.String(), this.<DomainStats>serde(domains))
                                .withName(Steps.WRITE + "domain-stats"));
        Spec providers = topics.providerStats();
        rows.filter((key, row) -> row.isOf(Subject.Kind.PROVIDER), named("of-providers"))
                .mapValues(StatisticsRow::providerStats, named("as-provider-stats"))
                .to(
                        providers.name(),
                        Produced.with(Serdes.String(), this.<ProviderStats>serde(providers))
                                .withName(Steps.WRITE + "provider-stats"));
    }

    private KStream<byte[], Instructed> decodeCommands(
            KStream<byte[], byte[]> records, String step, Place place, Exits exits) {
        return records.process(
                () -> new DecodeCommands(writerSchemas, place, settings.isReplay(), exits, observer), named(step));
    }

    /** Commands whose record did not stand where the address's state is go once through a repartition topic. */
    private static KStream<byte[], byte[]> rekeyCommands(KStream<byte[], Instructed> commands) {
        return ReboundTopology.<Instruction>only(commands)
                .mapValues(Instruction::value, named(Steps.MISPLACED_COMMANDS))
                .repartition(Repartitioned.with(BYTES, BYTES).withName(Steps.REKEY_COMMANDS));
    }

    /** What events and commands say of addresses, in one state, to the feed; the dead letters among the commands. */
    private List<KStream<byte[], byte[]>> suppress(
            StreamsBuilder builder, KStream<byte[], Signal> events, Topics topics) {
        KStream<byte[], Instructed> commands = decodeCommands(
                read(builder, topics.suppressionCommands(), Steps.READ_COMMANDS),
                Steps.DECODE_COMMANDS,
                place(),
                new Exits(Steps.JOIN_REKEYED_COMMANDS, Steps.MISPLACED_COMMANDS, Steps.DECODE_COMMANDS_DEAD));
        KStream<byte[], Instructed> rekeyed = decodeCommands(
                rekeyCommands(commands),
                Steps.DECODE_REKEYED_COMMANDS,
                Place.anywhere(),
                Exits.ofRekeyed(Steps.JOIN_REKEYED_COMMANDS, Steps.DECODE_REKEYED_COMMANDS_DEAD));
        KStream<byte[], Signal> instructions = only(commands.merge(rekeyed, named(Steps.JOIN_REKEYED_COMMANDS)));
        Spec feed = topics.suppressions();
        events.merge(instructions, named(Steps.JOIN_COMMANDS))
                .process(
                        SuppressAddresses.supplier(settings.suppression(), this::fingerprint, observer),
                        named(Steps.SUPPRESS))
                .to(
                        feed.name(),
                        Produced.with(Serdes.String(), this.<Suppression>serde(feed))
                                .withName(Steps.WRITE + "suppressions"));
        return List.of(
                deadLetters(commands, Steps.DECODE_COMMANDS_DEAD),
                deadLetters(rekeyed, Steps.DECODE_REKEYED_COMMANDS_DEAD));
    }

    private static void writeDeadLetters(Spec topic, List<KStream<byte[], byte[]>> letters) {
        KStream<byte[], byte[]> all = letters.get(0);
        for (int i = 1; i < letters.size(); i++) {
            all = all.merge(letters.get(i), named("join-dead-letters-" + i));
        }
        all.to(topic.name(), Produced.with(BYTES, BYTES).withName(Steps.WRITE + "dead-letters"));
    }

    private <T extends SpecificRecord> Serde<T> serde(Spec topic) {
        int schemaId = schemas.id(topic.name(), topic.valueSchema());
        return new AvroSerde<>(writerSchemas, topic.valueSchema(), schemaId);
    }

    private static Named named(String name) {
        return Named.as(name);
    }

    /** Feeds the records of {@code status-codes} to the table, at start and for every change. */
    private static final class KeepCodeTable extends ContextualProcessor<byte[], byte[], Void, Void> {

        private final LiveCodeTable table;
        private final boolean replayed;

        KeepCodeTable(LiveCodeTable table, boolean replayed) {
            this.table = table;
            this.replayed = replayed;
        }

        @Override
        public void process(Record<byte[], byte[]> record) {
            table.apply(
                    record.key(),
                    record.value(),
                    Coordinates.of(context(), record, replayed).offset());
        }
    }
}
