package dev.rebound.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rebound.config.ReboundConfig;
import dev.rebound.schema.DomainStats;
import dev.rebound.serde.AvroDecoder;
import dev.rebound.serde.UndecodableException;
import dev.rebound.serde.WriterSchemas;
import dev.rebound.statistics.WindowSize;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Totals per receiving domain over all windows, as the topic {@code domain-stats} has them, and the number of dead letters.
 * What stood in the topics when following began can be told apart from what came after.
 */
final class DomainTable implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DomainTable.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration AT_REST = Duration.ofMillis(1_500);
    private static final String ROW = "%-36s %10s %10s %8s %8s  %s";

    private final KafkaConsumer<String, byte[]> consumer;
    private final AvroDecoder<DomainStats> decoder;
    private final String statsTopic;
    private final Map<String, Totals> byKey = new HashMap<>();
    private final Map<String, Totals> sums = new HashMap<>();
    private final Thread follower = new Thread(this::follow, "domain-table");
    private Map<String, Totals> before = Map.of();
    private long deadLetters;
    private long deadLettersBefore;
    private RuntimeException failure;

    private DomainTable(ReboundConfig config, WriterSchemas schemas) {
        Properties properties = config.client();
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        this.consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
        this.decoder = new AvroDecoder<>(schemas, DomainStats.getClassSchema());
        this.statsTopic = config.topics().domainStats().name();
        List<TopicPartition> partitions = Stream.of(
                        statsTopic, config.topics().deadLetters().name())
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        readTo(consumer.endOffsets(partitions));
        before = totals();
        deadLettersBefore = deadLetters;
    }

    /** Reads the topics as they are and goes on reading. */
    static DomainTable follow(ReboundConfig config, WriterSchemas schemas) {
        DomainTable table = new DomainTable(config, schemas);
        table.follower.start();
        return table;
    }

    private void readTo(Map<TopicPartition, Long> ends) {
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            poll();
        }
    }

    private void follow() {
        try {
            while (true) {
                poll();
            }
        } catch (WakeupException e) {
            LOG.debug("Told to stop");
        } catch (RuntimeException e) {
            synchronized (this) {
                failure = e;
            }
        } finally {
            consumer.close();
        }
    }

    private void poll() {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
            take(record);
        }
    }

    private synchronized void take(ConsumerRecord<String, byte[]> record) {
        if (!record.topic().equals(statsTopic)) {
            deadLetters++;
            return;
        }
        if (!isOfMinute(record.key())) {
            return;
        }
        try {
            Totals now = Totals.of(decoder.decode(record.value()));
            Totals earlier = byKey.put(record.key(), now);
            sums.merge(domain(record.key()), earlier == null ? now : now.minus(earlier), Totals::plus);
        } catch (UndecodableException e) {
            throw new IllegalStateException(record.topic() + " holds a record that is none of its own", e);
        }
    }

    /** Longer windows count the same events again, a little later. */
    private static boolean isOfMinute(String key) {
        return key.split("\\|", 4)[2].equals(WindowSize.MINUTE.text());
    }

    /** The domain in a key {@code tenant|domain|size|start}. */
    private static String domain(String key) {
        return key.split("\\|", 3)[1];
    }

    /** Sums of one domain. */
    private record Totals(
            long delivered,
            long deferred,
            long soft,
            long hard,
            long complained,
            long notAttempted,
            long unclassified,
            Map<String, Long> categories) {

        static final Totals NONE = new Totals(0, 0, 0, 0, 0, 0, 0, Map.of());

        static Totals of(DomainStats stats) {
            return new Totals(
                    stats.getDelivered(),
                    stats.getDeferred(),
                    stats.getSoft(),
                    stats.getHard(),
                    stats.getComplained(),
                    stats.getNotAttempted(),
                    stats.getUnclassified(),
                    stats.getCategories());
        }

        Totals plus(Totals other) {
            return plus(other, 1);
        }

        Totals minus(Totals other) {
            return plus(other, -1);
        }

        private Totals plus(Totals other, int sign) {
            Map<String, Long> sums = new TreeMap<>(categories);
            other.categories.forEach((category, count) -> sums.merge(category, sign * count, Long::sum));
            return new Totals(
                    delivered + sign * other.delivered,
                    deferred + sign * other.deferred,
                    soft + sign * other.soft,
                    hard + sign * other.hard,
                    complained + sign * other.complained,
                    notAttempted + sign * other.notAttempted,
                    unclassified + sign * other.unclassified,
                    sums);
        }

        long events() {
            return delivered + deferred + soft + hard + complained + notAttempted;
        }

        String topCategory() {
            return categories.entrySet().stream()
                    .filter(category -> category.getValue() > 0)
                    .max(Map.Entry.comparingByValue())
                    .map(Map.Entry::getKey)
                    .orElse("");
        }
    }

    private synchronized Map<String, Totals> totals() {
        if (failure != null) {
            throw failure;
        }
        return new TreeMap<>(sums);
    }

    /** What came since following began, by domain. */
    private List<Map.Entry<String, Totals>> sinceStart() {
        return ordered(totals().entrySet().stream()
                .map(entry -> Map.entry(
                        entry.getKey(), entry.getValue().minus(before.getOrDefault(entry.getKey(), Totals.NONE))))
                .filter(entry -> entry.getValue().events() > 0));
    }

    private static List<Map.Entry<String, Totals>> ordered(Stream<Map.Entry<String, Totals>> totals) {
        return totals.sorted(Comparator.comparingLong((Map.Entry<String, Totals> entry) ->
                                -entry.getValue().events())
                        .thenComparing(Map.Entry::getKey))
                .toList();
    }

    /** Dead letters since following began. */
    synchronized long deadLetters() {
        return deadLetters - deadLettersBefore;
    }

    /** What {@link #awaitAccounted} does between looks, to end the waiting when it has become pointless. */
    @FunctionalInterface
    interface Check {
        void run() throws Exception;
    }

    /**
     * Waits until so many events since following began are counted or dead letters.
     *
     * @throws LocalStackException when nothing has moved for two minutes
     */
    void awaitAccounted(long events, Check check) throws Exception {
        long moved = System.nanoTime();
        long last = -1;
        while (true) {
            check.run();
            long accounted = deadLetters()
                    + sinceStart().stream()
                            .mapToLong(entry -> entry.getValue().events())
                            .sum();
            if (accounted == events) {
                return;
            }
            if (accounted > events) {
                throw new IllegalStateException("read " + events + " events, but " + accounted
                        + " are accounted for; does something else write to this data?");
            }
            if (accounted != last) {
                last = accounted;
                moved = System.nanoTime();
            } else if (System.nanoTime() - moved > PATIENCE.toNanos()) {
                throw new LocalStackException(
                        "Only " + accounted + " of " + events + " events are accounted for",
                        "nothing has moved for " + PATIENCE.toSeconds() + " s",
                        "See logs/rebound.log in the data directory.",
                        null);
            }
            follower.join(POLL.toMillis());
        }
    }

    /**
     * Begins to count here: waits until the processor has no backlog and the counts have come to rest, so that what an
     * earlier run left behind is not taken for what comes now.
     */
    void beginHere(Backlog backlog, Check check) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Map<String, Totals> last = null;
        long since = System.nanoTime();
        while (System.nanoTime() - since < AT_REST.toNanos()) {
            check.run();
            Map<String, Totals> now = totals();
            if (!now.equals(last) || backlog.size() > 0) {
                deadline = now.equals(last) ? deadline : System.nanoTime() + PATIENCE.toNanos();
                last = now;
                since = System.nanoTime();
            }
            if (System.nanoTime() > deadline) {
                throw new LocalStackException(
                        "The processor does not finish what an earlier run left",
                        "nothing has moved for " + PATIENCE.toSeconds() + " s",
                        "See logs/rebound.log in the data directory.",
                        null);
            }
            follower.join(POLL.toMillis());
        }
        synchronized (this) {
            before = totals();
            deadLettersBefore = deadLetters;
        }
    }

    /** Whether the topics held anything when following began. */
    boolean hasPast() {
        return !before.isEmpty() || deadLettersBefore > 0;
    }

    /** All that the topic holds as text, the busiest domains first, at most so many of them. */
    List<String> lines(int most) {
        return lines(most, ordered(totals().entrySet().stream()));
    }

    /** What came since following began as text, all domains. */
    List<String> linesSinceStart() {
        return lines(Integer.MAX_VALUE, sinceStart());
    }

    private List<String> lines(int most, List<Map.Entry<String, Totals>> rows) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(ROW, "domain", "delivered", "deferred", "soft", "hard", "top category"));
        rows.stream().limit(most).forEach(row -> lines.add(line(row.getKey(), row.getValue())));
        if (rows.size() > most) {
            lines.add("... and " + (rows.size() - most) + " more domains");
        }
        if (deadLetters() > 0) {
            lines.add("dead letters: " + deadLetters());
        }
        return lines;
    }

    private static String line(String domain, Totals totals) {
        return String.format(
                ROW, domain, totals.delivered(), totals.deferred(), totals.soft(), totals.hard(), totals.topCategory());
    }

    /** The result of one run, for machines. */
    String toJson(long read, long setAside) {
        ObjectNode result = JSON.createObjectNode()
                .put("read", read)
                .put("setAside", setAside)
                .put("deadLetters", deadLetters());
        ArrayNode domains = result.putArray("domains");
        sinceStart().forEach(row -> domains.addObject()
                .put("domain", row.getKey())
                .put("delivered", row.getValue().delivered())
                .put("deferred", row.getValue().deferred())
                .put("soft", row.getValue().soft())
                .put("hard", row.getValue().hard())
                .put("complained", row.getValue().complained())
                .put("notAttempted", row.getValue().notAttempted())
                .put("unclassified", row.getValue().unclassified()));
        return result.toString();
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            follower.join(POLL.multipliedBy(50).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
