package dev.rebound.topology;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Nothing comes any more in this partition of a replay: all counts are told, and all that falls due by the end is decided.
 *
 * @param asOf the time that it is at the end: when the last record of the whole span had arrived
 */
public record EndOfReplay(Instant asOf) implements Decoded, Signal {

    private static final String HEADER = "rebound.replay.end";

    /** Makes a record of {@code delivery-events}, of whatever value, the mark of the end. */
    public void write(Headers headers) {
        OwnHeaders.put(headers, HEADER, Long.toString(asOf.toEpochMilli()).getBytes(StandardCharsets.UTF_8));
    }

    /** Takes the mark off. */
    public static void remove(Headers headers) {
        headers.remove(HEADER);
    }

    /** What a record's headers say; empty when it is no such mark. */
    static Optional<EndOfReplay> of(Headers headers) {
        Header header = headers.lastHeader(HEADER);
        return header == null || header.value() == null
                ? Optional.empty()
                : Optional.of(new EndOfReplay(
                        Instant.ofEpochMilli(Long.parseLong(new String(header.value(), StandardCharsets.UTF_8)))));
    }
}
