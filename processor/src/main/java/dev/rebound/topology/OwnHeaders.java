package dev.rebound.topology;

import org.apache.kafka.common.header.Headers;

/** Headers that Rebound sets. */
final class OwnHeaders {

    private OwnHeaders() {}

    /** Sets a header, instead of what is there by its name. Looking first is cheaper: nothing is, as a rule. */
    static void put(Headers headers, String name, byte[] value) {
        if (headers.lastHeader(name) != null) {
            headers.remove(name);
        }
        headers.add(name, value);
    }
}
