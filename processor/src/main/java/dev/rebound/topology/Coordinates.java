package dev.rebound.topology;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
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

    private static final int LONGEST_TOPIC = 249;
    private static final int MOST_DIGITS_OF_INT = 9;
    private static final int MOST_DIGITS_OF_LONG = 18;

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
        int topicEnd = text.indexOf('/');
        int partitionEnd = text.indexOf('/', topicEnd + 1);
        int offsetEnd = text.indexOf('@');
        boolean parts = topicEnd > 0
                && topicEnd <= LONGEST_TOPIC
                && partitionEnd > topicEnd
                && offsetEnd > partitionEnd
                && isNumber(text, topicEnd + 1, partitionEnd, MOST_DIGITS_OF_INT)
                && isNumber(text, partitionEnd + 1, offsetEnd, MOST_DIGITS_OF_LONG)
                && isNumber(
                        text,
                        text.startsWith("-", offsetEnd + 1) ? offsetEnd + 2 : offsetEnd + 1,
                        text.length(),
                        MOST_DIGITS_OF_LONG);
        return parts
                ? Optional.of(new Coordinates(
                        text.substring(0, topicEnd),
                        Integer.parseInt(text, topicEnd + 1, partitionEnd, 10),
                        Long.parseLong(text, partitionEnd + 1, offsetEnd, 10),
                        Long.parseLong(text, offsetEnd + 1, text.length(), 10)))
                : Optional.empty();
    }

    private static boolean isNumber(String text, int from, int to, int mostDigits) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return to > from && to - from <= mostDigits;
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
        OwnHeaders.put(headers, HEADER, text().getBytes(StandardCharsets.UTF_8));
    }

    /** Takes the header off. */
    static void remove(Headers headers) {
        headers.remove(HEADER);
    }
}
