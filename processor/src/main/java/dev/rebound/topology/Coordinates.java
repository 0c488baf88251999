package dev.rebound.topology;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Where and when a record was first read. Every record in an outcome topic tells it of its event, in header {@value #HEADER}: so an event
 * can be found again, and what became of it in a replay be compared.
 *
 * @param topic topic
 * @param partition partition
 * @param offset offset
 * @param arrival when it had reached the topic, in milliseconds since 1970
 */
public record Coordinates(String topic, int partition, long offset, long arrival) {

    /** Name of the header. */
    public static final String HEADER = "rebound.source";

    private static final Pattern TEXT = Pattern.compile("([^/@]{1,249})/([0-9]{1,9})/([0-9]{1,18})@(-?[0-9]{1,18})");

    /**
     * What the header of a record says.
     *
     * @return empty when there is none, or it is not what Rebound writes
     */
    public static Optional<Coordinates> of(Headers headers) {
        Header header = headers.lastHeader(HEADER);
        return header == null || header.value() == null
                ? Optional.empty()
                : parse(new String(header.value(), StandardCharsets.UTF_8));
    }

    /**
     * Reads {@code topic/partition/offset@arrival}.
     *
     * @return empty for any other text
     */
    public static Optional<Coordinates> parse(String text) {
        Matcher parts = TEXT.matcher(text);
        return parts.matches()
                ? Optional.of(new Coordinates(
                        parts.group(1),
                        Integer.parseInt(parts.group(2)),
                        Long.parseLong(parts.group(3)),
                        Long.parseLong(parts.group(4))))
                : Optional.empty();
    }

    /**
     * Of the record being processed: where it stands, unless it was brought there from elsewhere.
     *
     * @param replayed a replay brought it to its topic, so that the header says where it is from; else anyone can have written it
     */
    static Coordinates of(ProcessorContext<?, ?> context, Record<?, ?> record, boolean replayed) {
        RecordMetadata here = context.recordMetadata()
                .orElseThrow(() -> new IllegalStateException("a record is processed outside of a topic"));
        boolean moved = replayed || here.topic().endsWith(Steps.REKEY + "-repartition");
        return (moved ? of(record.headers()) : Optional.<Coordinates>empty())
                .orElseGet(() -> new Coordinates(here.topic(), here.partition(), here.offset(), record.timestamp()));
    }

    /** {@code topic/partition/offset@arrival}, as in the header. */
    public String text() {
        return topic + '/' + partition + '/' + offset + '@' + arrival;
    }

    /** Leaves the coordinates in headers, instead of what they say of it. */
    public void write(Headers headers) {
        headers.remove(HEADER).add(HEADER, text().getBytes(StandardCharsets.UTF_8));
    }

    /** Takes the header off. */
    static void remove(Headers headers) {
        headers.remove(HEADER);
    }
}
