package dev.rebound.flink;

import dev.rebound.app.Connections;
import dev.rebound.classify.CodeTable;
import dev.rebound.config.ReboundConfig;
import dev.rebound.topology.Fingerprint;
import dev.rebound.topology.PeerForms;
import dev.rebound.topology.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.TransactionNamingStrategy;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.state.rocksdb.RocksDBConfigurableOptions;
import org.apache.flink.state.rocksdb.RocksDBOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * The job: one chain that reads, decodes, classifies, routes and folds, and behind it the statistics by subject and the suppressions by
 * address.
 *
 * @param keys of Rebound's configuration, with the {@code application.id}
 * @param directory for state, checkpoints and temporary files
 * @param parallelism of all steps
 */
public record Peer(Map<String, String> keys, Path directory, int parallelism) {

    private static final String LOOPBACK = "127.0.0.1";

    /** The job, to be submitted to a cluster of this configuration. */
    public StreamExecutionEnvironment build() {
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(configuration());
        environment.setParallelism(parallelism);
        ReboundConfig config = new ReboundConfig(keys);
        Topics topics = config.topics();
        byte[] fingerprint = fingerprint(config);
        SingleOutputStreamOperator<Written> judged = environment
                .fromSource(source(config, topics.deliveryEvents().name()), WatermarkStrategy.noWatermarks(), "read")
                .transform("judge", Written.TYPE, new JudgeEvents(keys, fingerprint));
        write(config, judged, "outcomes", Outcomes.all(topics));
        write(
                config,
                judged.getSideOutput(JudgeEvents.SUMS)
                        .keyBy(sums -> sums.f0, Types.STRING)
                        .process(new AddUp(keys, fingerprint), Written.TYPE)
                        .name("add-up"),
                "statistics",
                List.of(topics.domainStats().name(), topics.providerStats().name()));
        write(
                config,
                judged.getSideOutput(JudgeEvents.HEARD)
                        .keyBy(heard -> heard.f0, Types.STRING)
                        .process(new SuppressAddresses(keys, fingerprint), Written.TYPE)
                        .name("suppress"),
                "suppressions",
                List.of(topics.suppressions().name()));
        return environment;
    }

    /** Of cluster and job. */
    public Configuration configuration() {
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.OBJECT_REUSE, true);
        // What Flink cannot serialise well fails instead of falling back to Kryo.
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(1));
        configuration.set(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
        configuration.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                directory.resolve("checkpoints").toUri().toString());
        configuration.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
        configuration.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
        configuration.set(
                RocksDBOptions.LOCAL_DIRECTORIES, directory.resolve("rocksdb").toString());
        // Most look-ups are of addresses of which nothing is known. Kafka Streams has the filter by default.
        configuration.set(RocksDBConfigurableOptions.USE_BLOOM_FILTER, true);
        configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(256));
        String temporary = directory.resolve("tmp").toString();
        configuration.set(CoreOptions.TMP_DIRS, temporary);
        configuration.set(WebOptions.TMP_DIR, temporary);
        configuration.set(WebOptions.UPLOAD_DIR, temporary);
        configuration.set(RestOptions.BIND_ADDRESS, LOOPBACK);
        configuration.set(JobManagerOptions.BIND_HOST, LOOPBACK);
        configuration.set(TaskManagerOptions.BIND_HOST, LOOPBACK);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        return configuration;
    }

    private static KafkaSource<Read> source(ReboundConfig config, String topic) {
        Properties properties = config.consumerClient();
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        // As Kafka Streams has it.
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "1000");
        return KafkaSource.<Read>builder()
                .setProperties(properties)
                .setTopics(topic)
                .setGroupId(config.applicationId())
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setBounded(OffsetsInitializer.latest())
                .setDeserializer(new ReadRecords())
                .build();
    }

    private static void write(ReboundConfig config, DataStream<Written> records, String name, List<String> topics) {
        Properties properties = config.producerClient();
        Properties streams = config.streams(config.applicationId());
        for (String key : new String[] {
            ProducerConfig.COMPRESSION_TYPE_CONFIG,
            ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
            ProducerConfig.MAX_REQUEST_SIZE_CONFIG
        }) {
            properties.put(key, streams.get(StreamsConfig.producerPrefix(key)).toString());
        }
        // As Kafka Streams has it.
        properties.put(ProducerConfig.LINGER_MS_CONFIG, "100");
        KafkaSink<Written> sink = KafkaSink.<Written>builder()
                .setKafkaProducerConfig(properties)
                .setBootstrapServers(config.bootstrapServers())
                .setRecordSerializer(new WriteRecords(topics))
                .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                .setTransactionalIdPrefix(config.applicationId() + '-' + name)
                .setTransactionNamingStrategy(TransactionNamingStrategy.POOLING)
                .build();
        records.sinkTo(sink).name("write-" + name);
    }

    /** What records are made by, as in their header. */
    private static byte[] fingerprint(ReboundConfig config) {
        try (Connections connections = new Connections(config, Duration.ofSeconds(20))) {
            CodeTable table = PeerForms.codeTable(config, connections.writerSchemas());
            String policies = config.suppression().policies().revision();
            return new Fingerprint(policies, () -> table).text(table).getBytes(StandardCharsets.UTF_8);
        }
    }
}
