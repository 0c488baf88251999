package dev.rebound.http;

import dev.rebound.logging.AddressMask;
import dev.rebound.topology.LiveCodeTable;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Routes that answer for an instance's health. */
public final class HealthRoutes {

    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;

    /** Bad rows that are told of; the rest are counted. */
    private static final int MAX_BAD_ROWS = 100;

    private HealthRoutes() {}

    /** {@code /health/live} and {@code /health/ready}: 200 when it is, else 503. */
    public static List<Route> of(Health health) {
        return List.of(
                Route.get("/health/live", Access.OPEN, context -> live(context, health)),
                Route.get("/health/ready", Access.OPEN, context -> ready(context, health)));
    }

    private static void live(Context context, Health health) {
        boolean live = health.isLive();
        context.status(live ? OK : UNAVAILABLE).json(Map.of("live", live));
    }

    /** Rows that cannot be used do not make the instance unready: the previous rows stay in force. */
    private static void ready(Context context, Health health) {
        boolean ready = health.isReady();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("ready", ready);
        answer.put("state", health.state());
        LiveCodeTable table = health.codeTable();
        if (table != null) {
            answer.put("statusCodes", codes(table));
        }
        context.status(ready ? OK : UNAVAILABLE).json(answer);
    }

    private static Map<String, Object> codes(LiveCodeTable table) {
        Map<String, Object> codes = new LinkedHashMap<>();
        codes.put("rows", table.current().size());
        codes.put("position", table.current().position());
        codes.put("badRowCount", table.badRows().size());
        codes.put(
                "badRows",
                table.badRows().stream()
                        .limit(MAX_BAD_ROWS)
                        .map(HealthRoutes::badRow)
                        .toList());
        return codes;
    }

    /** Whoever wrote the row may have put anything into it, and anyone may ask. */
    private static Map<String, Object> badRow(LiveCodeTable.BadRow row) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("key", AddressMask.mask(row.key()));
        shown.put("offset", row.offset());
        shown.put("reason", AddressMask.mask(row.reason()));
        return shown;
    }
}
