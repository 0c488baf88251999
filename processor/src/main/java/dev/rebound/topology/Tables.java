package dev.rebound.topology;

import dev.rebound.classify.CodeTable;
import java.util.OptionalLong;
import org.apache.kafka.common.header.Headers;

/** Which table an event is classified with. */
@FunctionalInterface
interface Tables {

    /** The table for an event that came with these headers; takes off what only says which. */
    CodeTable takeFor(Headers headers);

    /** For all events what the topic has right now. */
    static Tables current(LiveCodeTable live) {
        return headers -> live.current();
    }

    /** For each event the table as it was at the position that the event brings; without one, what the topic has right now. */
    static Tables asLive(LiveCodeTable live) {
        return headers -> {
            OptionalLong position = TablePosition.of(headers);
            TablePosition.remove(headers);
            return position.isPresent() ? live.at(position.getAsLong()) : live.current();
        };
    }
}
