package dev.rebound.topology;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Where a record was first read.
 *
 * @param topic topic
 * @param partition partition
 * @param offset offset
 */
record Coordinates(String topic, int partition, long offset) {

    private static final String TOPIC = "rebound.source.topic";
    private static final String PARTITION = "rebound.source.partition";
    private static final String OFFSET = "rebound.source.offset";

    /** Of the record being processed: by its headers when it came through a repartition, else by where it stands. */
    static Coordinates of(ProcessorContext<?, ?> context, Headers headers) {
        Header offset = headers.lastHeader(OFFSET);
        Header partition = headers.lastHeader(PARTITION);
        Header topic = headers.lastHeader(TOPIC);
        RecordMetadata here = context.recordMetadata()
                .orElseThrow(() -> new IllegalStateException("a record is processed outside of a topic"));
        boolean moved = here.topic().endsWith(Steps.REKEY + "-repartition");
        if (moved && topic != null && isLong(partition) && isLong(offset)) {
            return new Coordinates(
                    new String(topic.value(), StandardCharsets.UTF_8), (int) number(partition), number(offset));
        }
        return new Coordinates(here.topic(), here.partition(), here.offset());
    }

    /** Leaves the coordinates in headers, for the other side of a repartition. */
    void write(Headers headers) {
        headers.remove(TOPIC).add(TOPIC, topic.getBytes(StandardCharsets.UTF_8));
        headers.remove(PARTITION).add(PARTITION, bytes(partition));
        headers.remove(OFFSET).add(OFFSET, bytes(offset));
    }

    /** Takes the headers off again: outputs carry the headers that the event came with. */
    static void remove(Headers headers) {
        headers.remove(TOPIC).remove(PARTITION).remove(OFFSET);
    }

    private static byte[] bytes(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    private static boolean isLong(Header header) {
        return header != null && header.value() != null && header.value().length == Long.BYTES;
    }

    private static long number(Header header) {
        return ByteBuffer.wrap(header.value()).getLong();
    }
}
