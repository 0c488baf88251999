package dev.rebound.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rebound.lookup.StatisticsLookups;
import dev.rebound.lookup.StatisticsLookups.Frame;
import dev.rebound.lookup.UnavailableException;
import dev.rebound.statistics.Span;
import dev.rebound.statistics.WindowSize;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Route that tells of changed statistics as they come, as server-sent events (HTML Living Standard, section 9.2). Who looks on costs a
 * thread; what they are told is found out once for all.
 */
public final class LiveRoute {

    private static final Logger LOG = LoggerFactory.getLogger(LiveRoute.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PACE = Duration.ofSeconds(2);
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);
    private static final int MOST_ONLOOKERS = 32;

    private final StatisticsLookups lookups;
    private final WaitingRequests onlookers = new WaitingRequests("live", MOST_ONLOOKERS, 0);
    private String latest;
    private long askedAt;

    private LiveRoute(StatisticsLookups lookups) {
        this.lookups = lookups;
    }

    /** {@code GET /api/v1/live}: event {@code statistics} with the figures of the last hour, when they change. */
    public static Route of(StatisticsLookups lookups) {
        return Route.get("/api/v1/live", Access.READ, new LiveRoute(lookups)::tell);
    }

    private void tell(Context context) {
        context.contentType("text/event-stream").header("Cache-Control", "no-cache");
        if (!StatisticsRoutes.isHead(context)) {
            Runnable partOut = SlowConnections.partOut(context);
            LookupAnswers.send(onlookers, context, () -> tell(context, now(), partOut));
        }
    }

    private void tell(Context context, String first, Runnable partOut) {
        try {
            OutputStream out = context.res().getOutputStream();
            String told = null;
            String now = first;
            long toldAt = System.nanoTime();
            while (true) {
                if (!now.equals(told)) {
                    send(out, "event: statistics\ndata: " + now + "\n\n");
                    told = now;
                    toldAt = System.nanoTime();
                } else if (System.nanoTime() - toldAt > HEARTBEAT.toNanos()) {
                    send(out, ": still here\n\n");
                    toldAt = System.nanoTime();
                }
                partOut.run();
                Thread.sleep(PACE.toMillis());
                now = nowOr(told);
            }
        } catch (IOException e) {
            LOG.debug("An onlooker has gone", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** What was told before where nothing can be found out. */
    private String nowOr(String before) {
        try {
            return now();
        } catch (UnavailableException e) {
            return before;
        }
    }

    private synchronized String now() {
        if (latest == null || System.nanoTime() - askedAt > PACE.toNanos() / 2) {
            Optional<Instant> watermark = lookups.watermark();
            ObjectNode json = JSON.createObjectNode();
            json.put("watermark", watermark.map(Instant::toString).orElse(null));
            watermark.ifPresent(moment -> json.set(
                    "totals",
                    StatisticsJson.figures(lookups.totals(lastHour(moment)).value())));
            latest = json.toString();
            askedAt = System.nanoTime();
        }
        return latest;
    }

    private static Frame lastHour(Instant watermark) {
        long end = WindowSize.MINUTE.startOf(watermark.toEpochMilli()) + WindowSize.MINUTE.millis();
        return new Frame(new Span(end - WindowSize.HOUR.millis(), end), null);
    }
}
