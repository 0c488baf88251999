package dev.rebound.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.archive.Archive;
import dev.rebound.archive.ArchiveReader;
import dev.rebound.cli.ExitCode;
import dev.rebound.cli.Rebound;
import dev.rebound.event.EventKey;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.topology.Topics;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code rebound archive} with a real broker and registry: out of the topic, and back into another. */
@ExtendWith(LocalStackExtension.class)
class ArchiveIT {

    private static final String SOURCE = "rebound.source";

    @TempDir
    private Path directory;

    private TestCluster cluster;
    private String events;
    private Path archive;
    private String errors = "";

    @BeforeEach
    void start(RunningStack stack) throws Exception {
        cluster = new TestCluster(stack, directory);
        events = cluster.topics.deliveryEvents().name();
        archive = directory.resolve("archive");
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void whatIsArchivedIsTheTopicAndIsRestoredAsItWas() throws Exception {
        cluster.setTopicConfig(cluster.topics.deliveryEvents(), "message.timestamp.type", "CreateTime");
        sendTransactions();
        List<String> before = texts(cluster.records(events));
        assertThat(write())
                .contains("\"topic\":\"" + events + "\",\"records\":14,", "\"gaps\":[]", "\"complete\":true");
        assertThat(archived()).containsExactlyInAnyOrderElementsOf(before);
        assertThat(Archive.open(archive).schemas()).containsOnlyKeys(cluster.eventSchema());

        // What came since.
        cluster.sendAll(Stream.of("a", "b", "c").map(ArchiveIT::event).toList());
        assertThat(write()).contains("\"records\":3,");
        assertThat(write()).contains("\"records\":0,", "\"files\":0,");
        List<String> all = texts(cluster.records(events));
        assertThat(archived()).containsExactlyInAnyOrderElementsOf(all).hasSize(17);
        run(ExitCode.OK, "verify", archive.toString());

        refuseTopicsThatDoNotFit();
        String restored = events + ".restored";
        assertThat(restore(ExitCode.OK, restored)).contains("\"records\":17,\"archived\":17,\"complete\":true");
        List<ConsumerRecord<byte[], byte[]>> records = cluster.records(restored);
        assertThat(records.stream().map(this::asBefore)).containsExactlyInAnyOrderElementsOf(all);
        assertThat(inOrder(records)).isEqualTo(inOrder(cluster.records(events)));

        assertThat(restore(ExitCode.NOT_PREPARED, restored)).isEmpty();
        assertThat(errors).contains("has records in partition", "--delete --topic " + restored);
    }

    @Test
    void whatTheTopicLosesIsToldAndTheRestOfTheSpanArchived() throws Exception {
        cluster.sendTo(0, key("k1"), new byte[] {9, 1});
        write();
        for (int i = 0; i < 5; i++) {
            cluster.sendTo(0, key("k2"), new byte[] {9, (byte) i});
        }
        try (Admin admin = Admin.create(cluster.client())) {
            admin.deleteRecords(Map.of(new TopicPartition(events, 0), RecordsToDelete.beforeOffset(4)))
                    .all()
                    .get();
        }

        assertThat(write()).contains("\"records\":2,", "\"gaps\":[{\"partition\":0,\"from\":1,\"to\":4}]");
        assertThat(errors).contains("partition 0, offsets 1 to 3: " + events + " had deleted them");
        run(ExitCode.OK, "verify", archive.toString());

        Instant later = Instant.now().plusSeconds(3_600);
        Path none = directory.resolve("none");
        assertThat(run(ExitCode.OK, "write", "--json", "--dir", none.toString(), "--from", later.toString()))
                .contains("\"records\":0,");
        assertThat(run(ExitCode.OK, "write", "--json", "--dir", none.toString(), "--to", later.toString()))
                .contains("\"records\":2,");
    }

    private static DeliveryEvent event(String id) {
        return TestCluster.bounce(id).setRecipient(id + "@example.com").build();
    }

    private static byte[] key(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Two transactions of seven records each, over three hours, and one between that is aborted. */
    private void sendTransactions() throws Exception {
        Properties properties = cluster.client();
        properties.put("transactional.id", events);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            for (int transaction = 0; transaction < 3; transaction++) {
                producer.beginTransaction();
                for (int i = 0; i < 7; i++) {
                    producer.send(unusual(transaction, i));
                }
                // An aborted transaction leaves nothing of what was not sent yet.
                producer.flush();
                if (transaction == 1) {
                    producer.abortTransaction();
                } else {
                    producer.commitTransaction();
                }
            }
        }
    }

    private ProducerRecord<byte[], byte[]> unusual(int transaction, int i) throws Exception {
        DeliveryEvent event = event(transaction + "-" + i);
        long time = Instant.parse("2026-03-01T14:59:00Z")
                .plus(Duration.ofMinutes(30L * transaction - (i == 3 ? 120 : 0)))
                .toEpochMilli();
        byte[] value = i == 4 ? null : i == 5 ? new byte[] {} : cluster.encode(event);
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(events, i % 3, time, i == 6 ? null : EventKey.of(event), value);
        record.headers().add("trace", new byte[] {(byte) i}).add("trace", null);
        return record;
    }

    private String write() {
        return run(ExitCode.OK, "write", "--json", "--dir", archive.toString());
    }

    private String restore(ExitCode expected, String topic) {
        return run(expected, "restore", archive.toString(), "--json", "--topic", topic);
    }

    private String run(ExitCode expected, String... arguments) {
        List<String> all = new ArrayList<>(List.of("archive"));
        all.addAll(Arrays.asList(arguments));
        if (!"verify".equals(arguments[0])) {
            all.addAll(
                    List.of("--config", directory.resolve("rebound.properties").toString()));
        }
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = Rebound.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all.toArray(String[]::new));
        errors = err.toString();
        assertThat(exit).as("%s: %s", all, errors).isEqualTo(expected.code());
        return out.toString();
    }

    /** One that is missing, and one that has too few partitions and changes records; the remedies make it fit. */
    private void refuseTopicsThatDoNotFit() throws Exception {
        String restored = events + ".restored";
        restore(ExitCode.NOT_PREPARED, restored);
        assertThat(errors)
                .contains(
                        "topic " + restored + " is missing; create it with: kafka-topics",
                        "--partitions 3",
                        "--config message.timestamp.type=CreateTime",
                        "--config retention.ms=-1");
        try (Admin admin = Admin.create(cluster.client())) {
            admin.createTopics(List.of(new NewTopic(restored, 1, (short) 1)
                            .configs(Map.of("message.timestamp.type", "LogAppendTime", "retention.ms", "60000"))))
                    .all()
                    .get();
            restore(ExitCode.NOT_PREPARED, restored);
            assertThat(errors)
                    .contains("has 1 partitions (expected: 3", "--alter --topic " + restored + " --partitions 3");
            admin.createPartitions(Map.of(restored, NewPartitions.increaseTo(3)))
                    .all()
                    .get();
            TestCluster.await("the partitions", () -> cluster.records(restored).isEmpty());
        }
        restore(ExitCode.NOT_PREPARED, restored);
        assertThat(errors).contains("--add-config message.timestamp.type=CreateTime", "--add-config retention.ms=-1");
        Topics.Spec spec = new Topics.Spec(restored, "", null, false, Map.of(), "");
        cluster.setTopicConfig(spec, "message.timestamp.type", "CreateTime");
        cluster.setTopicConfig(spec, "retention.ms", "-1");
    }

    private List<String> archived() {
        List<String> texts = new ArrayList<>();
        Archive open = Archive.open(archive);
        for (int partition = 0; partition < open.partitions(); partition++) {
            try (ArchiveReader reader = open.read(partition, 0)) {
                while (reader.hasNext()) {
                    texts.add(text(reader.next()));
                }
            }
        }
        return texts;
    }

    private static List<String> texts(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream().map(ArchiveIT::text).toList();
    }

    private static String text(ConsumerRecord<byte[], byte[]> record) {
        return place(record) + ' ' + content(record);
    }

    private static String place(ConsumerRecord<byte[], byte[]> record) {
        return record.topic() + '/' + record.partition() + '/' + record.offset() + '@' + record.timestamp();
    }

    private static String content(ConsumerRecord<byte[], byte[]> record) {
        StringBuilder headers = new StringBuilder();
        for (Header header : record.headers()) {
            if (!header.key().equals(SOURCE)) {
                headers.append(header.key()).append('=').append(hex(header.value()));
            }
        }
        return record.timestampType() + " " + record.timestamp() + ' ' + hex(record.key()) + ' ' + hex(record.value())
                + ' ' + headers;
    }

    /** A restored record as it was, by the place that its header names. */
    private String asBefore(ConsumerRecord<byte[], byte[]> restored) {
        return new String(restored.headers().lastHeader(SOURCE).value(), StandardCharsets.UTF_8)
                + ' '
                + content(restored);
    }

    private static List<List<String>> inOrder(List<ConsumerRecord<byte[], byte[]>> records) {
        return Stream.of(0, 1, 2)
                .map(partition -> records.stream()
                        .filter(record -> record.partition() == partition)
                        .map(ArchiveIT::content)
                        .toList())
                .toList();
    }

    private static String hex(byte[] bytes) {
        return bytes == null ? "null" : HexFormat.of().formatHex(bytes);
    }
}
