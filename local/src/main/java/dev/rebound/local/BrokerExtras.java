package dev.rebound.local;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a broker has beyond the local stack's one open listener, so that secured clusters can be tried.
 *
 * @param listeners port on loopback and security protocol by listener name
 * @param settings Kafka's settings, which win over those of {@link BrokerSettings}
 * @param scramUsers users made when the directory is formatted, as kafka-storage takes them
 */
record BrokerExtras(Map<String, Listener> listeners, Map<String, String> settings, List<String> scramUsers) {

    static final BrokerExtras NONE = new BrokerExtras(Map.of(), Map.of(), List.of());

    /** A port on loopback, and how to talk to it in Kafka's words. */
    record Listener(int port, String protocol) {}

    Map<String, String> addTo(Map<String, String> plain) {
        Map<String, String> all = new TreeMap<>(plain);
        listeners.forEach((name, listener) -> {
            String address = "," + name + "://" + ServicePort.LOOPBACK + ":" + listener.port();
            all.merge("listeners", address, String::concat);
            all.merge("advertised.listeners", address, String::concat);
            all.merge("listener.security.protocol.map", "," + name + ":" + listener.protocol(), String::concat);
        });
        all.putAll(settings);
        return all;
    }
}
