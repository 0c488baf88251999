package dev.rebound.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rebound.lookup.StatisticsLookups;
import dev.rebound.lookup.StatisticsLookups.Found;
import dev.rebound.lookup.StatisticsLookups.Frame;
import dev.rebound.lookup.UnavailableException;
import dev.rebound.statistics.Counts;
import dev.rebound.statistics.Span;
import dev.rebound.statistics.WindowSize;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Route that tells of changed statistics as they come, as server-sent events (HTML Living Standard, section 9.2). Who looks on costs a
 * thread; what they are told is found out once for all.
 */
public final class LiveRoute {

    private static final Logger LOG = LoggerFactory.getLogger(LiveRoute.class);
    private static final Frame EVER = new Frame(Span.ALL, null);

    /** A place is free again some four seconds after a page was closed or loaded anew. */
    private static final Pace USUAL = new Pace(Duration.ofSeconds(2), Duration.ofSeconds(1), 64);

    private final StatisticsLookups lookups;
    private final Pace pace;
    private final WaitingRequests onlookers;
    private String latest;
    private long askedAt;

    private LiveRoute(StatisticsLookups lookups, Pace pace) {
        this.lookups = lookups;
        this.pace = pace;
        this.onlookers = new WaitingRequests("live", pace.onlookers(), 0);
    }

    /**
     * How often what is told to whom.
     *
     * @param pause between two looks
     * @param heartbeat how long nothing is told when nothing changes; what shows that an onlooker has gone
     * @param onlookers so many at a time
     */
    record Pace(Duration pause, Duration heartbeat, int onlookers) {}

    /** {@code GET /api/v1/live}: event {@code statistics} with the figures of the last hour, when they change. */
    public static Route of(StatisticsLookups lookups) {
        return of(lookups, USUAL);
    }

    static Route of(StatisticsLookups lookups, Pace pace) {
        return Route.get("/api/v1/live", Access.READ, new LiveRoute(lookups, pace)::tell);
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
                } else if (System.nanoTime() - toldAt > pace.heartbeat().toNanos()) {
                    send(out, ": still here\n\n");
                    toldAt = System.nanoTime();
                }
                partOut.run();
                Thread.sleep(pace.pause().toMillis());
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
        } catch (RuntimeException e) {
            LOG.warn("What is told to onlookers could not be found out", e);
            return before;
        }
    }

    private synchronized String now() {
        if (latest == null || System.nanoTime() - askedAt > pace.pause().toNanos() / 2) {
            Optional<Instant> watermark = lookups.watermark();
            Frame frame = watermark.map(LiveRoute::lastHour).orElse(EVER);
            Found<Counts> totals = lookups.totals(frame);
            ObjectNode json = StatisticsJson.about(frame.span(), watermark, List.of());
            // How far a copy lags changes all the time, which is no news.
            json.put("stale", !totals.staleness().isEmpty());
            json.set("totals", StatisticsJson.figures(totals.value()));
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
