package dev.rebound.app;

import dev.rebound.topology.LiveCodeTable;
import io.javalin.Javalin;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Answers for an instance's health over HTTP. */
final class HealthServer implements AutoCloseable {

    private static final int UNAVAILABLE = 503;

    private final Javalin server;

    private HealthServer(Javalin server) {
        this.server = server;
    }

    static HealthServer start(String host, int port, ReboundApp app) {
        Javalin server = Javalin.create(config -> config.showJavalinBanner = false)
                .get("/health/live", context -> context.json(Map.of("live", app.failure() == null))
                        .status(app.failure() == null ? 200 : UNAVAILABLE))
                .get("/health/ready", context -> context.json(readiness(app))
                        .status(app.isRunning() ? 200 : UNAVAILABLE));
        try {
            return new HealthServer(server.start(host, port));
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    "cannot listen on " + host + ":" + port + " (" + e.getMessage()
                            + "); choose another address with rebound.http.host and rebound.http.port",
                    e);
        }
    }

    /** Rows that cannot be used do not make the instance unready: the previous rows stay in force. */
    private static Map<String, Object> readiness(ReboundApp app) {
        LiveCodeTable table = app.codeTable();
        List<Map<String, Object>> badRows = table.badRows().stream()
                .map(row -> Map.<String, Object>of("key", row.key(), "offset", row.offset(), "reason", row.reason()))
                .toList();
        Map<String, Object> codes = new LinkedHashMap<>();
        codes.put("rows", table.current().size());
        codes.put("position", table.current().position());
        codes.put("badRows", badRows);
        Map<String, Object> health = new LinkedHashMap<>();
        health.put("ready", app.isRunning());
        health.put("state", app.state());
        health.put("statusCodes", codes);
        return health;
    }

    int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.stop();
    }
}
