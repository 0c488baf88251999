package dev.rebound.compare;

import dev.rebound.compare.Changes.Around;
import dev.rebound.compare.Comparison.Day;
import dev.rebound.compare.Comparison.Keys;
import dev.rebound.compare.Comparison.Statistics;
import dev.rebound.compare.Comparison.Suppressions;
import dev.rebound.config.ReboundConfig;
import dev.rebound.serde.RegistryUnavailableException;
import dev.rebound.serde.Schemas;
import dev.rebound.serde.WriterSchemas;
import dev.rebound.suppressions.Watch;
import dev.rebound.topology.AddressHistories;
import dev.rebound.topology.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Compares two sides by their topics, as far as these are committed. Whatever their size, what is in memory is bounded; tables on disk are
 * deleted at the end, also when it fails or is stopped.
 */
public final class Comparer {

    private static final int RECORDS_AT_A_TIME = 1_000;

    /** Nothing new is waited for. */
    private static final int LONGEST_FETCH_MS = 50;

    private final WriterSchemas writerSchemas;
    private final Schemas schemas;
    private final Function<ReboundConfig, Consumer<byte[], byte[]>> consumers;

    /**
     * A comparer.
     *
     * @param writerSchemas schemas of the records of both sides
     * @param schemas words for a registry that is away
     */
    public Comparer(WriterSchemas writerSchemas, Schemas schemas) {
        this(writerSchemas, schemas, Comparer::consumer);
    }

    /** @param consumers make a consumer of a side's topics that reads only what is committed; closed here */
    Comparer(
            WriterSchemas writerSchemas, Schemas schemas, Function<ReboundConfig, Consumer<byte[], byte[]>> consumers) {
        this.writerSchemas = writerSchemas;
        this.schemas = schemas;
        this.consumers = consumers;
    }

    private static Consumer<byte[], byte[]> consumer(ReboundConfig config) {
        Properties properties = config.consumerClient();
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS_AT_A_TIME);
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, LONGEST_FETCH_MS);
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * Compares events, statistics and suppressions.
     *
     * @param before the side that is there
     * @param after the side that could be
     * @param watch told of records read and differences found
     * @throws java.util.concurrent.CancellationException when it was stopped
     * @throws IllegalStateException when the sides' topics cannot be matched
     * @throws org.apache.kafka.common.KafkaException when the brokers do not answer or a topic is missing
     * @throws dev.rebound.serde.SchemaRegistryException when the registry is away
     * @throws java.io.UncheckedIOException when the disk refuses the temporary tables
     */
    public Comparison compare(Side before, Side after, Scope scope, Settings settings, Watch watch) {
        try (Run run = new Run(before, after, scope, settings, new Meter(watch, settings.statisticsByKey() ? 3 : 2))) {
            EventComparison events = new EventComparison(writerSchemas, settings, run.meter);
            Around around = run.events(events);
            Suppressions suppressions = run.suppressions(none -> {}, null);
            List<Keys> byKey = settings.statisticsByKey() ? run.statistics() : List.of();
            return new Comparison(
                    before.name(),
                    after.name(),
                    settings.now(),
                    scope.complete(),
                    scope.filtered(),
                    events.changes().events(around),
                    statistics(events.changes().days(), byKey, settings),
                    suppressions,
                    null);
        } catch (RegistryUnavailableException e) {
            throw schemas.unavailable("cannot compare " + before.name() + " with " + after.name(), e);
        }
    }

    private static Statistics statistics(DayFigures figures, List<Keys> byKey, Settings settings) {
        List<Day> days = figures.days();
        int told = Math.min(days.size(), settings.listed());
        return new Statistics(List.copyOf(days.subList(0, told)), days.size() - told, figures.otherEvents(), byKey);
    }

    /**
     * Compares suppressions only.
     *
     * @param each takes the differences, in the order of their keys; all of them, whatever the settings say of how many are listed. Among them
     *     are recipients whom the second side would change had the first not learnt something after its end
     * @return the counts; of those outside the ones that were not handed over
     * @throws RuntimeException as {@link #compare} does
     */
    public Suppressions suppressionDifferences(
            Side before,
            Side after,
            Scope scope,
            Settings settings,
            Watch watch,
            java.util.function.Consumer<SuppressionDifference> each) {
        try (Run run = new Run(before, after, scope, settings, new Meter(watch, 1))) {
            return run.suppressions(each, each);
        } catch (RegistryUnavailableException e) {
            throw schemas.unavailable("cannot compare " + before.name() + " with " + after.name(), e);
        }
    }

    /** What is open while sides are compared. */
    private final class Run implements AutoCloseable {

        private final Side[] sides;
        private final Scope scope;
        private final Settings settings;
        private final Meter meter;
        private final Scratch scratch;
        private final List<Consumer<byte[], byte[]>> open = new ArrayList<>();

        Run(Side before, Side after, Scope scope, Settings settings, Meter meter) {
            this.sides = new Side[] {before, after};
            this.scope = scope;
            this.settings = settings;
            this.meter = meter;
            this.scratch = Scratch.in(settings.scratch());
        }

        private Consumer<byte[], byte[]> consumer(int side) {
            if (open.isEmpty()) {
                for (Side one : sides) {
                    open.add(consumers.apply(one.config()));
                }
            }
            return open.get(side);
        }

        Around events(EventComparison events) {
            meter.next();
            return events.run(consumer(0), topics(0), consumer(1), topics(1), scope, scratch.table());
        }

        Suppressions suppressions(
                java.util.function.Consumer<SuppressionDifference> each,
                java.util.function.Consumer<SuppressionDifference> overtaken) {
            meter.next();
            SuppressionComparison comparison = new SuppressionComparison(
                    sides[0], sides[1], scope, settings, writerSchemas, scratch.table(), meter);
            for (int i = 0; i < sides.length; i++) {
                int side = i;
                read(side, topics(side).suppressions().name(), (key, value) -> comparison.feed(side, key, value));
                if (comparison.needsHistory(side)) {
                    read(
                            side,
                            AddressHistories.changelog(sides[side].config().applicationId()),
                            (key, value) -> comparison.history(side, key, value));
                }
            }
            return comparison.compare(each, overtaken);
        }

        List<Keys> statistics() {
            meter.next();
            String prefix = topics(0).prefix();
            List<Keys> keys = new ArrayList<>();
            List<Function<Topics, Topics.Spec>> compared = List.of(Topics::domainStats, Topics::providerStats);
            for (Function<Topics, Topics.Spec> topic : compared) {
                Topics.Spec spec = topic.apply(topics(0));
                StatisticsComparison comparison =
                        new StatisticsComparison(writerSchemas, spec.valueSchema(), scratch.table(), meter);
                for (int i = 0; i < sides.length; i++) {
                    int side = i;
                    read(side, topic.apply(topics(side)).name(), (key, value) -> comparison.take(side, key, value));
                }
                keys.add(comparison.compare(spec.name().substring(prefix.length())));
            }
            return keys;
        }

        private void read(int side, String topic, java.util.function.BiConsumer<byte[], byte[]> each) {
            new WholeTopic(consumer(side), topic, meter).read(each);
        }

        private Topics topics(int side) {
            return sides[side].config().topics();
        }

        @Override
        public void close() {
            try (scratch) {
                open.forEach(Consumer::close);
            }
        }
    }
}
