package dev.rebound.suppressions;

import dev.rebound.config.ReboundConfig;
import dev.rebound.schema.SuppressionCommand;
import dev.rebound.serde.AvroEncoder;
import dev.rebound.serde.Schemas;
import dev.rebound.suppress.Commands;
import dev.rebound.suppress.InvalidCommandException;
import dev.rebound.topology.Partitions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;

/**
 * Writes commands to their topic. Connects when it is first needed. Can be used by several threads; each waits for its own
 * commands, no longer than half a minute.
 */
final class CommandWriter implements CommandSink, AutoCloseable {

    private static final Duration LONGEST_BLOCK = Duration.ofSeconds(10);

    /** What a delivery may take beside one request, in milliseconds: a client that waits is answered within half a minute. */
    private static final int BESIDE_REQUEST_MS = 5_000;

    private final ReboundConfig config;
    private final Schemas schemas;
    private final String topic;
    private final Duration block;
    private final Function<Properties, Producer<byte[], byte[]>> connect;
    private Producer<byte[], byte[]> producer;
    private boolean closed;

    /**
     * A writer for the cluster and prefix of a configuration.
     *
     * @param schemas id of the schema that is written, which must be registered
     */
    CommandWriter(ReboundConfig config, Schemas schemas) {
        this(config, schemas, LONGEST_BLOCK);
    }

    /** @param block how long brokers that do not answer are waited for */
    CommandWriter(ReboundConfig config, Schemas schemas, Duration block) {
        this(
                config,
                schemas,
                block,
                properties -> new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer()));
    }

    /** @param connect makes a producer */
    CommandWriter(
            ReboundConfig config,
            Schemas schemas,
            Duration block,
            Function<Properties, Producer<byte[], byte[]>> connect) {
        this.config = config;
        this.connect = connect;
        this.block = block;
        this.schemas = schemas;
        this.topic = config.topics().suppressionCommands().name();
    }

    @Override
    public List<CommandPlace> write(List<PlacedCommand> commands) {
        commands.forEach(placed -> check(placed.command()));
        int schemaId = schemas.id(topic, SuppressionCommand.getClassSchema());
        AvroEncoder<SuppressionCommand> encoder = new AvroEncoder<>(SuppressionCommand.getClassSchema());
        return send(partitions -> commands.stream()
                .map(placed -> new ProducerRecord<>(
                        topic,
                        partition(placed.home(), partitions),
                        Commands.recordKey(placed.command()),
                        encoder.framed(schemaId, placed.command())))
                .toList());
    }

    private static void check(SuppressionCommand command) {
        try {
            Commands.check(command, Instant.now());
        } catch (InvalidCommandException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** Where Kafka's default partitioner puts the events of the tenant's recipient, with which the state goes. */
    private static int partition(byte[] home, int partitions) {
        return Partitions.of(home, partitions);
    }

    @Override
    public void erase(List<CommandPlace> places) {
        send(partitions -> places.stream()
                .map(place -> new ProducerRecord<>(
                        topic, place.partition(), place.key().get(), (byte[]) null))
                .toList());
    }

    /** Makes the records for a topic of so many partitions. */
    @FunctionalInterface
    private interface Records {
        List<ProducerRecord<byte[], byte[]>> among(int partitions);
    }

    private List<CommandPlace> send(Records records) {
        Producer<byte[], byte[]> used = producer();
        try {
            List<ProducerRecord<byte[], byte[]>> all =
                    records.among(used.partitionsFor(topic).size());
            List<Future<RecordMetadata>> sent = new ArrayList<>(all.size());
            all.forEach(record -> sent.add(used.send(record)));
            List<CommandPlace> places = new ArrayList<>(all.size());
            for (int i = 0; i < all.size(); i++) {
                RecordMetadata written = sent.get(i).get();
                places.add(new CommandPlace(
                        written.partition(),
                        written.offset(),
                        Bytes.wrap(all.get(i).key())));
            }
            return places;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while writing to topic " + topic, e);
        } catch (ExecutionException e) {
            throw notWritten(used, e.getCause());
        } catch (KafkaException | IllegalStateException e) {
            // Another thread has discarded the producer meanwhile: then it says that its state is illegal.
            throw notWritten(used, e);
        }
    }

    private KafkaException notWritten(Producer<byte[], byte[]> used, Throwable cause) {
        if (!(cause instanceof RetriableException)) {
            discard(used);
        }
        return new KafkaException("cannot write to topic " + topic + ": " + cause.getMessage(), cause);
    }

    /** After some faults a producer never works again; the next write makes a new one. */
    private synchronized void discard(Producer<byte[], byte[]> used) {
        if (producer == used) {
            producer = null;
        }
        used.close(Duration.ZERO);
    }

    private synchronized Producer<byte[], byte[]> producer() {
        if (closed) {
            throw new KafkaException("cannot write to topic " + topic + ": this instance is stopping");
        }
        if (producer == null) {
            Properties properties = config.producerClient();
            int request = Integer.parseInt(properties.getProperty(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG));
            properties.put(ProducerConfig.ACKS_CONFIG, "all");
            properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
            properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, block.toMillis());
            properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, request + BESIDE_REQUEST_MS);
            producer = connect.apply(properties);
        }
        return producer;
    }

    /** Ends writing; what is being written is waited for. */
    @Override
    public void close() {
        Producer<byte[], byte[]> last;
        synchronized (this) {
            closed = true;
            last = producer;
            producer = null;
        }
        if (last != null) {
            last.close(LONGEST_BLOCK);
        }
    }
}
