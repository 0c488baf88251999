package dev.rebound.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rebound.http.DifferenceRuns.Key;
import dev.rebound.http.DifferenceRuns.Run;
import dev.rebound.http.Differences.Difference;
import dev.rebound.replay.ReplayException;
import dev.rebound.replay.ReplayName;
import dev.rebound.replay.ReplayStatus;
import io.javalin.http.Context;
import io.javalin.http.ForbiddenResponse;
import io.javalin.http.Header;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpStatus;

/** Answers with the difference of a replay; how far its comparison is while it is made. */
final class DifferenceAnswers {

    private static final String FETCH_SITE = "Sec-Fetch-Site";
    private static final String CROSS_SITE = "cross-site";
    private static final String AGAINST = "against";
    private static final String AGAIN = "again";
    private static final String LIVE = "live";
    private static final String ASK_AGAIN_SECONDS = "2";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The page brings its styles along, and has no scripts; nothing in it may load or send anything. */
    private static final String PAGE_POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final ReplayControl replays;
    private final Differences differences;
    private final ReplayWork work;
    private final DifferenceRuns runs = new DifferenceRuns();

    DifferenceAnswers(ReplayControl replays, Differences differences, ReplayWork work) {
        this.replays = replays;
        this.differences = differences;
        this.work = work;
    }

    void json(Context context) {
        answer(context, difference -> context.contentType("application/json").result(difference.json()));
    }

    void html(Context context) {
        answer(context, difference -> context.header(Header.CONTENT_SECURITY_POLICY, PAGE_POLICY)
                .header(Header.X_CONTENT_TYPE_OPTIONS, "nosniff")
                .header(Header.REFERRER_POLICY, "no-referrer")
                .contentType("text/html; charset=utf-8")
                .result(difference.html()));
    }

    private void answer(Context context, Consumer<Difference> found) {
        refuseOtherSites(context);
        Map<String, String> query = Query.read(context, List.of(AGAINST, AGAIN));
        ReplayName name = ReplayRoutes.name(context);
        Optional<ReplayName> against = against(query);
        boolean again = again(query);
        work.lookUp(context, () -> run(name, against, again), run -> {
            Difference difference = run.difference();
            if (difference == null) {
                ObjectNode underWay = JSON.createObjectNode().put("state", "running");
                underWay.put("share", Math.round(run.share() * 1000) / 1000.0);
                context.status(HttpStatus.ACCEPTED_202)
                        .header(Header.RETRY_AFTER, ASK_AGAIN_SECONDS)
                        .json(underWay);
            } else {
                found.accept(difference);
            }
        });
    }

    /**
     * A comparison is a lot of work, and on loopback needs no token: a page of the Web must not have a browser on this machine begin one. It
     * cannot choose this header of the browser's requests.
     */
    private static void refuseOtherSites(Context context) {
        if (CROSS_SITE.equals(context.header(FETCH_SITE))) {
            throw new ForbiddenResponse("the request comes from a page of another site (" + FETCH_SITE + ": "
                    + CROSS_SITE + "); a comparison can be asked for from the dashboard or by opening its address");
        }
    }

    private static Optional<ReplayName> against(Map<String, String> query) {
        String text = query.get(AGAINST);
        return text == null || text.equals(LIVE) ? Optional.empty() : Optional.of(ReplayRoutes.name(AGAINST, text));
    }

    private static boolean again(Map<String, String> query) {
        String text = query.getOrDefault(AGAIN, "false");
        if (!text.equals("true") && !text.equals("false")) {
            throw Query.refused(AGAIN, text, "true or false");
        }
        return text.equals("true");
    }

    private Run run(ReplayName name, Optional<ReplayName> against, boolean again) {
        String replay = finished(name);
        String other = against.map(this::finished).orElse("");
        return runs.get(new Key(replay, other), again, watch -> differences.compare(name, against, watch));
    }

    /** Name and id of a replay that is at its end. */
    private String finished(ReplayName name) {
        ReplayStatus replay = ReplayRoutes.existing(replays, name);
        if (!replay.isFinished()) {
            throw new ReplayException("replay " + name + " is " + replay.phase().text()
                    + " (expected: finished); it can be compared when it is at its end");
        }
        return name.text() + ' ' + replay.definition().getId();
    }
}
