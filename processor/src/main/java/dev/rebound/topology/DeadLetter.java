package dev.rebound.topology;

import dev.rebound.event.EventKey.InvalidEventException;
import dev.rebound.serde.UndecodableException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;

/**
 * A record that could not be processed: key and value as read, the reason in headers.
 *
 * @param value the value as read; null when it was null or when the record is too large to be written
 */
record DeadLetter(byte[] value) implements Decoded, Instructed {

    static final String REASON = "rebound.dlq.reason";
    static final String DETAIL = "rebound.dlq.detail";
    static final String TOPIC = "rebound.dlq.topic";
    static final String PARTITION = "rebound.dlq.partition";
    static final String OFFSET = "rebound.dlq.offset";

    /** Reason of a record that is too large to be written, as itself or as what becomes of it. */
    static final String OVERSIZE = "OVERSIZE";

    /** Reason of a suppression command that breaks the rules of its fields. */
    static final String INVALID_COMMAND = "INVALID_COMMAND";

    private static final int MAX_DETAIL = 500;

    /** Every reason that a dead letter can have. */
    static Set<String> reasons() {
        Set<String> reasons = new TreeSet<>(Set.of(OVERSIZE, INVALID_COMMAND));
        for (UndecodableException.Reason reason : UndecodableException.Reason.values()) {
            reasons.add(reason.name());
        }
        for (InvalidEventException.Reason reason : InvalidEventException.Reason.values()) {
            reasons.add(reason.name());
        }
        return reasons;
    }

    /**
     * The dead letter of a record. One that is itself too large to be written keeps only its coordinates.
     *
     * @param record the record as read
     * @param source where it was read
     * @param reason a short fixed name, for counting
     * @param detail what is wrong, without personal data
     */
    static Record<byte[], DeadLetter> of(
            Record<byte[], byte[]> record, Coordinates source, String reason, String detail) {
        Headers headers = new RecordHeaders(record.headers());
        Coordinates.remove(headers);
        Record<byte[], DeadLetter> whole = record.withValue(new DeadLetter(record.value()))
                .withHeaders(explained(headers, source, reason, detail));
        return RecordSize.fits(record.key(), record.value(), whole.headers())
                ? whole
                : coordinatesOnly(record, source, reason, detail);
    }

    /** A dead letter without key, value and headers of the record: what is too large is found at its coordinates. */
    static Record<byte[], DeadLetter> coordinatesOnly(
            Record<byte[], ?> record, Coordinates source, String reason, String detail) {
        return new Record<>(
                null, new DeadLetter(null), record.timestamp(), explained(new RecordHeaders(), source, reason, detail));
    }

    private static Headers explained(Headers headers, Coordinates source, String reason, String detail) {
        put(headers, REASON, reason);
        put(headers, DETAIL, detail.length() > MAX_DETAIL ? detail.substring(0, MAX_DETAIL) + "…" : detail);
        put(headers, TOPIC, source.topic());
        put(headers, PARTITION, Integer.toString(source.partition()));
        put(headers, OFFSET, Long.toString(source.offset()));
        return headers;
    }

    private static void put(Headers headers, String name, String value) {
        OwnHeaders.put(headers, name, value.getBytes(StandardCharsets.UTF_8));
    }

    /** Text of a header; null when it is not there. */
    static String header(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
