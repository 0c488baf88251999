package dev.rebound.suppressions;

import dev.rebound.config.ReboundConfig;
import dev.rebound.schema.Suppression;
import dev.rebound.serde.AvroDecoder;
import dev.rebound.serde.RegistryUnavailableException;
import dev.rebound.serde.Schemas;
import dev.rebound.serde.UndecodableException;
import dev.rebound.serde.WriterSchemas;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads the feed from its topic. Can be used by several threads. */
public final class FeedReader implements SuppressionFeed {

    private final String topic;
    private final CompactedTopic records;
    private final WriterSchemas writerSchemas;
    private final Schemas schemas;

    /**
     * A reader for the cluster and prefix of a configuration. Connects for each reading.
     *
     * @param writerSchemas schemas of the entries that are there
     * @param schemas words for a registry that is away
     */
    public FeedReader(ReboundConfig config, WriterSchemas writerSchemas, Schemas schemas) {
        this.topic = config.topics().suppressions().name();
        this.records = new CompactedTopic(config, topic);
        this.writerSchemas = writerSchemas;
        this.schemas = schemas;
    }

    @Override
    public <T> boolean read(Predicate<String> keys, Function<Suppression, T> pick, Consumer<T> each, Watch watch) {
        AvroDecoder<Suppression> decoder = new AvroDecoder<>(writerSchemas, Suppression.getClassSchema());
        try {
            return records.read(
                    record -> {
                        Suppression entry = keys.test(new String(record.key(), StandardCharsets.UTF_8))
                                ? decoded(decoder, record, watch)
                                : null;
                        return entry == null ? null : pick.apply(entry);
                    },
                    each,
                    watch);
        } catch (RegistryUnavailableException e) {
            throw schemas.unavailable("cannot read topic " + topic, e);
        }
    }

    /** Null for a record that is no entry: the processor has not written it. */
    private static Suppression decoded(
            AvroDecoder<Suppression> decoder, ConsumerRecord<byte[], byte[]> record, Watch watch) {
        try {
            return decoder.decode(record.value());
        } catch (UndecodableException e) {
            watch.progress()
                    .problem("passed over " + record.topic() + "-" + record.partition() + " offset " + record.offset()
                            + ": " + e.getMessage());
            return null;
        }
    }
}
