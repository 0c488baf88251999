package dev.rebound.topology;

import dev.rebound.schema.BounceType;
import dev.rebound.schema.ClassifiedEvent;
import dev.rebound.schema.DomainStats;
import dev.rebound.schema.Outcome;
import dev.rebound.schema.ProviderStats;
import dev.rebound.schema.Suppression;
import dev.rebound.serde.AvroSerde;
import dev.rebound.serde.Schemas;
import dev.rebound.serde.WireFormat;
import dev.rebound.serde.WriterSchemas;
import dev.rebound.statistics.Subject;
import dev.rebound.topology.DecodeEvents.Place;
import dev.rebound.topology.Instructed.Instruction;
import dev.rebound.topology.Topics.Spec;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.kstream.Branched;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Predicate;
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
        keepCodeTable(builder, topics.statusCodes());

        KStream<byte[], byte[]> records = read(builder, topics.deliveryEvents(), Steps.READ_EVENTS);
        Split<Decoded.Event> read = decode(records, Steps.DECODE, place());
        Split<Decoded.Event> rekeyed = decode(rekey(read.good()), Steps.DECODE_REKEYED, Place.anywhere());
        Split<Judged.Classified> judged =
                classify(inPlace(read.good()).merge(rekeyed.good(), named(Steps.JOIN_REKEYED)));

        route(judged.good(), topics);
        copyUnclassified(judged.good(), topics.bouncesUnclassified());
        List<KStream<byte[], DeadLetter>> dead = new ArrayList<>(List.of(read.dead(), rekeyed.dead(), judged.dead()));
        KStream<byte[], Signal> signals = judged.good().mapValues(Signal.class::cast, named("events-as-signals"));
        if (settings.isReplay()) {
            signals = signals.merge(ends(records), named("join-end-of-replay"));
        }
        if (settings.parts().contains(Part.STATISTICS)) {
            statistics(signals, topics);
        }
        if (settings.parts().contains(Part.SUPPRESSION)) {
            dead.addAll(suppress(builder, signals, topics));
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

    /** The good ones and the dead letters of a step. */
    private record Split<T>(KStream<byte[], T> good, KStream<byte[], DeadLetter> dead) {

        static <S, T extends S> Split<T> of(KStream<byte[], S> stream, Class<T> good, String step) {
            Map<String, KStream<byte[], S>> branches = stream.split(named(step + "-"))
                    .branch((key, value) -> good.isInstance(value), Branched.as("good"))
                    .defaultBranch(Branched.as("dead"));
            return new Split<>(
                    branches.get(step + "-good").mapValues(good::cast, named(step + "-as-good")),
                    branches.get(step + "-dead").mapValues(DeadLetter.class::cast, named(step + "-as-dead")));
        }
    }

    private static KStream<byte[], Signal> ends(KStream<byte[], byte[]> records) {
        return records.process(FindEndOfReplay::new, named("find-end-of-replay"));
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

    private Split<Decoded.Event> decode(KStream<byte[], byte[]> records, String step, Place place) {
        KStream<byte[], Decoded> decoded = records.process(
                () -> new DecodeEvents(writerSchemas, place, settings.isReplay(), observer), named(step));
        return Split.of(decoded, Decoded.Event.class, step);
    }

    private Place place() {
        return Place.amongPartitions(settings.partitions());
    }

    /** Events whose record had another key or stood in another partition go once through a repartition topic. */
    private static KStream<byte[], byte[]> rekey(KStream<byte[], Decoded.Event> events) {
        return events.filter((key, read) -> read.misplaced(), named("misplaced"))
                .mapValues(Decoded.Event::value, named("misplaced-as-read"))
                .repartition(Repartitioned.with(BYTES, BYTES).withName(Steps.REKEY));
    }

    private static KStream<byte[], Decoded.Event> inPlace(KStream<byte[], Decoded.Event> events) {
        return events.filterNot((key, read) -> read.misplaced(), named("in-place"));
    }

    private Split<Judged.Classified> classify(KStream<byte[], Decoded.Event> events) {
        Tables tables = codeTable.keepsPast() ? Tables.asLive(codeTable) : Tables.current(codeTable);
        KStream<byte[], Judged> judged =
                events.process(() -> new ClassifyEvents(tables, fingerprint(), observer), named(Steps.CLASSIFY));
        return Split.of(judged, Judged.Classified.class, Steps.CLASSIFY);
    }

    private Fingerprint fingerprint() {
        return new Fingerprint(settings.suppression().policies().revision(), codeTable::current);
    }

    /** Each event to exactly one outcome topic. */
    private void route(KStream<byte[], Judged.Classified> classified, Topics topics) {
        classified
                .split(named(Steps.ROUTE))
                .branch(outcome(Outcome.DELIVERED), write(topics.deliveries()))
                .branch(outcome(Outcome.DEFERRED), write(topics.deferrals()))
                .branch(outcome(Outcome.COMPLAINED), write(topics.complaints()))
                .branch(outcome(Outcome.SUPPRESSED), write(topics.notAttempted()))
                .branch(bounce(BounceType.HARD), write(topics.bouncesHard()))
                .defaultBranch(write(topics.bouncesSoft()));
    }

    /** A copy of what no row explained, for people to read. */
    private void copyUnclassified(KStream<byte[], Judged.Classified> classified, Spec topic) {
        write(
                classified.filter(
                        (key, value) -> Observer.isUnclassified(value.classification()), named(Steps.UNCLASSIFIED)),
                topic);
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

    private Split<Instruction> decodeCommands(KStream<byte[], byte[]> records, String step, Place place) {
        KStream<byte[], Instructed> decoded = records.process(
                () -> new DecodeCommands(writerSchemas, place, settings.isReplay(), observer), named(step));
        return Split.of(decoded, Instruction.class, step);
    }

    /** Commands whose record did not stand where the address's state is go once through a repartition topic. */
    private static KStream<byte[], byte[]> rekeyCommands(KStream<byte[], Instruction> commands) {
        return commands.filter((key, read) -> read.misplaced(), named("misplaced-commands"))
                .mapValues(Instruction::value, named("misplaced-commands-as-read"))
                .repartition(Repartitioned.with(BYTES, BYTES).withName(Steps.REKEY_COMMANDS));
    }

    /** What events and commands say of addresses, in one state, to the feed; the dead letters among the commands. */
    private List<KStream<byte[], DeadLetter>> suppress(
            StreamsBuilder builder, KStream<byte[], Signal> events, Topics topics) {
        Split<Instruction> commands = decodeCommands(
                read(builder, topics.suppressionCommands(), Steps.READ_COMMANDS), Steps.DECODE_COMMANDS, place());
        Split<Instruction> rekeyed =
                decodeCommands(rekeyCommands(commands.good()), Steps.DECODE_REKEYED_COMMANDS, Place.anywhere());
        KStream<byte[], Signal> instructions = commands.good()
                .filterNot((key, read) -> read.misplaced(), named("commands-in-place"))
                .merge(rekeyed.good(), named("join-rekeyed-commands"))
                .mapValues(Signal.class::cast, named("commands-as-signals"));
        Spec feed = topics.suppressions();
        events.merge(instructions, named("join-commands"))
                .process(
                        SuppressAddresses.supplier(settings.suppression(), this::fingerprint, observer),
                        named(Steps.SUPPRESS))
                .to(
                        feed.name(),
                        Produced.with(Serdes.String(), this.<Suppression>serde(feed))
                                .withName(Steps.WRITE + "suppressions"));
        return List.of(commands.dead(), rekeyed.dead());
    }

    private static void writeDeadLetters(Spec topic, List<KStream<byte[], DeadLetter>> letters) {
        KStream<byte[], DeadLetter> all = letters.get(0);
        for (int i = 1; i < letters.size(); i++) {
            all = all.merge(letters.get(i), named("join-dead-letters-" + i));
        }
        all.mapValues(DeadLetter::value, named("dead-letter-as-read"))
                .to(topic.name(), Produced.with(BYTES, BYTES).withName(Steps.WRITE + "dead-letters"));
    }

    private Branched<byte[], Judged.Classified> write(Spec topic) {
        String branch = topic.name().substring(settings.topics().prefix().length());
        return Branched.<byte[], Judged.Classified>withConsumer(stream -> write(stream, topic), branch);
    }

    private void write(KStream<byte[], Judged.Classified> stream, Spec topic) {
        int schemaId = schemas.id(topic.name(), ClassifiedEvent.getClassSchema());
        Serde<Judged.Classified> value = Serdes.serdeFrom(framed(schemaId), unread());
        String step = topic.name().substring(settings.topics().prefix().length());
        stream.to(topic.name(), Produced.with(BYTES, value).withName(Steps.WRITE + step));
    }

    private static Predicate<byte[], Judged.Classified> outcome(Outcome outcome) {
        return (key, value) -> value.event().getOutcome() == outcome;
    }

    private static Predicate<byte[], Judged.Classified> bounce(BounceType type) {
        return (key, value) -> value.classification().getBounceType() == type;
    }

    private <T extends SpecificRecord> Serde<T> serde(Spec topic) {
        int schemaId = schemas.id(topic.name(), topic.valueSchema());
        return new AvroSerde<>(writerSchemas, topic.valueSchema(), schemaId);
    }

    private static Serializer<Judged.Classified> framed(int schemaId) {
        return (topic, classified) -> WireFormat.frame(schemaId, classified.body());
    }

    private static Deserializer<Judged.Classified> unread() {
        return (topic, bytes) -> {
            throw new UnsupportedOperationException(topic + " is only written here");
        };
    }

    private static Named named(String name) {
        return Named.as(name);
    }

    /** The mark that stands behind all events. */
    private static final class FindEndOfReplay extends ContextualProcessor<byte[], byte[], byte[], Signal> {

        @Override
        public void process(Record<byte[], byte[]> record) {
            EndOfReplay.of(record.headers()).ifPresent(end -> context().forward(record.withValue(end)));
        }
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
