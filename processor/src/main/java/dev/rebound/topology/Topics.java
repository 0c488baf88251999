package dev.rebound.topology;

import dev.rebound.schema.ClassifiedEvent;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.schema.DomainStats;
import dev.rebound.schema.Promoted;
import dev.rebound.schema.ProviderStats;
import dev.rebound.schema.Replay;
import dev.rebound.schema.StatusCode;
import dev.rebound.schema.Suppression;
import dev.rebound.schema.SuppressionCommand;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.TopicConfig;

/**
 * Every topic that Rebound reads or writes, declared once: creation, checks, documentation and the topology use this.
 *
 * @param prefix put before every name; empty for none
 * @param ofReplay they are a replay's: nothing in them is deleted by age, only all of them together
 */
public record Topics(String prefix, boolean ofReplay) {

    /** Largest record that the input topics take, in bytes: Kafka's own default. */
    public static final int INPUT_MAX_BYTES = 1_048_588;

    /** Largest record elsewhere: a classified event is its event and at most 64 KiB more. */
    public static final int OUTPUT_MAX_BYTES = INPUT_MAX_BYTES + 65_536;

    /** How long after it was overwritten what an address was suppressed for can still be on the brokers' disks. */
    static final Duration ERASED_AFTER = Duration.ofDays(7);

    /**
     * Of tables that hold addresses. A reader, or an instance with its state on disk, that was away for less than it takes until removals
     * are dropped has missed none.
     */
    static final Map<String, String> ADDRESSES = Map.of(
            TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG,
            Long.toString(ERASED_AFTER.toMillis()),
            TopicConfig.DELETE_RETENTION_MS_CONFIG,
            Long.toString(ERASED_AFTER.toMillis()));

    /** Of statistics: what nobody has changed for longer is deleted. Rows of minutes are many. */
    private static final Map<String, String> STATISTICS = Map.of(
            TopicConfig.CLEANUP_POLICY_CONFIG,
            TopicConfig.CLEANUP_POLICY_COMPACT + ',' + TopicConfig.CLEANUP_POLICY_DELETE,
            TopicConfig.RETENTION_MS_CONFIG,
            Long.toString(Duration.ofDays(90).toMillis()));

    private static final String EVENT_KEY = "tenant|recipient";

    /** Rows of the code table tell their own past; what they said before they were changed is kept, too, to classify as it was done then. */
    private static final Map<String, String> PAST_KEPT = Map.of(
            TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG,
            Long.toString(Duration.ofDays(3_650).toMillis()));

    private static final String FOR_EVER = "-1";

    /** Topics with a prefix, of a processor that is no replay. */
    public Topics(String prefix) {
        this(prefix, false);
    }

    /** Topics without a prefix. */
    public static Topics unprefixed() {
        return new Topics("");
    }

    /**
     * One topic.
     *
     * @param name full name
     * @param key what the key holds; always UTF-8 text, but for dead letters
     * @param valueSchema schema of the value; null when values are raw bytes
     * @param singlePartition one partition whatever is configured
     * @param config topic settings that differ from the broker's
     * @param purpose one sentence
     */
    public record Spec(
            String name,
            String key,
            Schema valueSchema,
            boolean singlePartition,
            Map<String, String> config,
            String purpose) {}

    /** Input: delivery events. */
    public Spec deliveryEvents() {
        return log(
                "delivery-events",
                DeliveryEvent.getClassSchema(),
                // In a replay an event brings where it is from.
                ofReplay ? OUTPUT_MAX_BYTES : INPUT_MAX_BYTES,
                "Input: one event per attempt.");
    }

    /** The code table. */
    public Spec statusCodes() {
        return new Spec(
                prefix + "status-codes",
                "origin/id",
                StatusCode.getClassSchema(),
                true,
                compacted(INPUT_MAX_BYTES, PAST_KEPT),
                "The code table; read as a global table by every instance.");
    }

    /** Accepted mail. */
    public Spec deliveries() {
        return outcome("deliveries", "Events with outcome DELIVERED.");
    }

    /** Attempts that will be repeated. */
    public Spec deferrals() {
        return outcome("deferrals", "Events with outcome DEFERRED.");
    }

    /** Hard bounces. */
    public Spec bouncesHard() {
        return outcome("bounces-hard", "Final failures that are hard bounces.");
    }

    /** Soft bounces. */
    public Spec bouncesSoft() {
        return outcome("bounces-soft", "Final failures that are soft bounces.");
    }

    /** Complaints. */
    public Spec complaints() {
        return outcome("complaints", "Events with outcome COMPLAINED.");
    }

    /** Mail that the sending side did not try to deliver. */
    public Spec notAttempted() {
        return outcome("not-attempted", "Events with outcome SUPPRESSED.");
    }

    /** Copies of bounces that nothing explained. */
    public Spec bouncesUnclassified() {
        return outcome("bounces-unclassified", "Copies of the bounces whose category is UNDETERMINED.");
    }

    /** Counts per domain. */
    public Spec domainStats() {
        return new Spec(
                prefix + "domain-stats",
                "tenant|domain|size|start[|part]",
                DomainStats.getClassSchema(),
                false,
                compacted(INPUT_MAX_BYTES, STATISTICS),
                "Counts per receiving domain and window of event time; a record replaces earlier ones with its key.");
    }

    /** Counts per provider. */
    public Spec providerStats() {
        return new Spec(
                prefix + "provider-stats",
                "tenant|provider|size|start[|part]",
                ProviderStats.getClassSchema(),
                false,
                compacted(INPUT_MAX_BYTES, STATISTICS),
                "Counts per provider and window of event time; a record replaces earlier ones with its key.");
    }

    /** What people decided about addresses. */
    public Spec suppressionCommands() {
        return new Spec(
                prefix + "suppression-commands",
                "list|address|commandId",
                SuppressionCommand.getClassSchema(),
                false,
                compacted(INPUT_MAX_BYTES, ADDRESSES),
                "Input: what people decided about addresses. Each command has its own key, so that compaction keeps all;"
                        + " only erasing an address takes its commands away.");
    }

    /** Addresses that must not be written to. */
    public Spec suppressions() {
        return new Spec(
                prefix + "suppressions",
                "list|address",
                Suppression.getClassSchema(),
                false,
                compacted(OUTPUT_MAX_BYTES, ADDRESSES),
                "The feed: addresses that must not be written to, with the evidence. A record without value: may be"
                        + " written to again.");
    }

    /** What could not be processed. */
    public Spec deadLetters() {
        return new Spec(
                prefix + "delivery-events-dlq",
                "as read",
                null,
                false,
                retained(Duration.ofDays(30), OUTPUT_MAX_BYTES),
                "Records that could not be processed, as read, with the reason in headers.");
    }

    /** What is to be kept of a replay itself; there only in a replay's own topics. */
    public Spec replay() {
        return new Spec(
                prefix + "replay",
                "definition, progress or stop",
                Replay.getClassSchema(),
                true,
                compacted(INPUT_MAX_BYTES),
                "What a replay is and how far it is.");
    }

    /** What only a replay has beside {@link #all}. */
    public List<Spec> ofReplays() {
        return List.of(replay(), promoted());
    }

    /** What was promoted from a replay. Only a replay's own topics have it, from its first promotion on. */
    public Spec promoted() {
        return new Spec(
                prefix + "promoted",
                "list|address or origin/id",
                Promoted.getClassSchema(),
                false,
                compacted(OUTPUT_MAX_BYTES, ADDRESSES),
                "What was promoted from a replay, with what live said before.");
    }

    /** All topics, inputs first. */
    public List<Spec> all() {
        return List.of(
                deliveryEvents(),
                statusCodes(),
                deliveries(),
                deferrals(),
                bouncesHard(),
                bouncesSoft(),
                complaints(),
                notAttempted(),
                bouncesUnclassified(),
                domainStats(),
                providerStats(),
                suppressionCommands(),
                suppressions(),
                deadLetters());
    }

    private Spec outcome(String name, String purpose) {
        return log(name, ClassifiedEvent.getClassSchema(), OUTPUT_MAX_BYTES, purpose);
    }

    private Spec log(String name, Schema schema, int maxBytes, String purpose) {
        return new Spec(prefix + name, EVENT_KEY, schema, false, retained(Duration.ofDays(7), maxBytes), purpose);
    }

    private Map<String, String> retained(Duration retention, int maxBytes) {
        return Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_DELETE,
                TopicConfig.RETENTION_MS_CONFIG,
                ofReplay ? FOR_EVER : Long.toString(retention.toMillis()),
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                Integer.toString(maxBytes),
                TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                "LogAppendTime");
    }

    /** Of a table with more settings of its own. */
    private Map<String, String> compacted(int maxBytes, Map<String, String> more) {
        Map<String, String> config = new TreeMap<>(compacted(maxBytes));
        config.putAll(more);
        if (ofReplay) {
            config.replace(TopicConfig.RETENTION_MS_CONFIG, FOR_EVER);
        }
        return Map.copyOf(config);
    }

    private static Map<String, String> compacted(int maxBytes) {
        return Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_COMPACT,
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                Integer.toString(maxBytes),
                TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                "LogAppendTime");
    }
}
