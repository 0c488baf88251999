package dev.rebound.topology;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** With which position of the code table an event was classified the first time, on its way into a replay that is to do it like that. */
public final class TablePosition {

    private static final String HEADER = "rebound.table.position";

    private TablePosition() {}

    /** Leaves the position in an event's headers, instead of what they say of it. */
    public static void write(Headers headers, long position) {
        OwnHeaders.put(headers, HEADER, Long.toString(position).getBytes(StandardCharsets.UTF_8));
    }

    static OptionalLong of(Headers headers) {
        Header header = headers.lastHeader(HEADER);
        return header == null || header.value() == null
                ? OptionalLong.empty()
                : OptionalLong.of(Long.parseLong(new String(header.value(), StandardCharsets.UTF_8)));
    }

    /** Takes the position off. */
    public static void remove(Headers headers) {
        headers.remove(HEADER);
    }
}
