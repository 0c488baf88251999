package dev.rebound.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rebound.http.ReplayControl.Launch;
import dev.rebound.replay.ReplayException;
import dev.rebound.replay.ReplayRequest;
import dev.rebound.replay.ReplayRequest.Filter;
import dev.rebound.replay.ReplayRequest.GivenFile;
import dev.rebound.replay.ReplayRequest.Offsets;
import dev.rebound.replay.ReplayStatus.Phase;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReplayRoutesTest {

    private static final String BASE = "/api/v1/replays";
    private static final ObjectMapper JSON = new ObjectMapper();

    private ReplaysInMemory replays = new ReplaysInMemory();
    private HttpServer server;

    @BeforeEach
    void start() {
        start(Duration.ofSeconds(15));
    }

    private void start(Duration request) {
        HttpSettings settings =
                new HttpSettings(Servers.LOOPBACK, 0, new Password(Servers.TOKEN), null, Servers.LIMITS);
        server = HttpServer.start(settings, replays.routes(request));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private JsonNode get(String path, int status) throws Exception {
        HttpResponse<String> answer = Servers.get(server, BASE + path);
        return checked(answer, status);
    }

    private JsonNode post(String path, int status, String body) throws Exception {
        return checked(Servers.post(server, BASE + path, body, "Authorization", "Bearer " + Servers.TOKEN), status);
    }

    private JsonNode delete(String path, int status) throws Exception {
        return checked(
                Servers.send(
                        server,
                        BASE + path,
                        request -> request.method("DELETE", BodyPublishers.noBody()),
                        "Authorization",
                        "Bearer " + Servers.TOKEN),
                status);
    }

    private static JsonNode checked(HttpResponse<String> answer, int status) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        OpenApiContract.check(answer);
        return status >= 400 ? Problems.of(answer) : JSON.readTree(answer.body());
    }

    private static String places(JsonNode problem) {
        return StreamSupport.stream(problem.path("errors").spliterator(), false)
                .map(error -> error.path("at").asText())
                .collect(Collectors.joining(" "));
    }

    @Test
    void allAreListedAndEachIsTold() throws Exception {
        replays.put("one", Phase.RUNNING);
        replays.put("two", Phase.FINISHED);

        JsonNode list = get("", 200).path("replays");

        assertThat(list.findValuesAsText("name")).containsExactly("one", "two");
        JsonNode one = get("/one", 200);
        assertThat(one).isEqualTo(list.get(0));
        assertThat(one.path("state").asText()).isEqualTo("running");
        assertThat(one.path("share").asDouble()).isEqualTo(0.4);
        assertThat(one.path("secondsLeft").asLong()).isEqualTo(3);
        assertThat(get("/three", 404).path("detail").asText()).contains("no replay three");
        assertThat(places(get("/Three", 400))).isEqualTo("name");
    }

    @Test
    void whatChangesNeedsTheToken() throws Exception {
        replays.put("one", Phase.STOPPED);
        replays.report = ReplaysInMemory.report(0, 0, true);
        for (String path : List.of("", "/one/stop", "/one/promote", "/one/rollback")) {
            HttpResponse<String> answer = Servers.post(server, BASE + path, "{\"name\":\"one\"}");
            checked(answer, 401);
        }
        checked(Servers.send(server, BASE + "/one", request -> request.method("DELETE", BodyPublishers.noBody())), 401);
        assertThat(replays.started).isEmpty();
        assertThat(replays.issued).isEmpty();
        assertThat(replays.replays).containsKey("one");
    }

    @Test
    void aNewOneIsDefinedAndStarted() throws Exception {
        JsonNode told = post(
                "",
                202,
                "{\"name\":\"soft\",\"from\":\"2026-01-01T01:00:00+01:00\",\"to\":\"2026-02-01T00:00:00Z\","
                        + "\"archive\":\"/tmp/events\",\"tenants\":[\"acme\"],\"domains\":[\"example.org\"],"
                        + "\"codes\":[\"5.1.1\"],\"outcomes\":[\"bounced\"],\"codesFile\":\"- code: 5.1.1\","
                        + "\"rulesFile\":\"\",\"policy\":\"cautious\",\"by\":\"kim\"}");

        assertThat(told.path("state").asText()).isEqualTo("starting");
        assertThat(replays.started).containsExactly("soft");
        ReplayRequest request = replays.requests.get(0);
        assertThat(request.span().from()).contains(Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(request.span().to()).contains(Instant.parse("2026-02-01T00:00:00Z"));
        assertThat(request.archive()).contains(Path.of("/tmp/events"));
        assertThat(request.filter())
                .isEqualTo(new Filter(List.of("acme"), List.of("example.org"), List.of("5.1.1"), List.of("BOUNCED")));
        assertThat(request.codes()).contains(new GivenFile("codesFile", "- code: 5.1.1"));
        assertThat(request.rules()).isEmpty();
        assertThat(request.policy()).contains(new GivenFile("policy", "extends: cautious\n"));
        assertThat(request.by()).isEqualTo("kim");
        post("", 202, "{\"name\":\"by-offsets\",\"offsets\":{\"3\":\"10-20\"},\"by\":\"kim\"}");
        assertThat(replays.requests.get(1).span().offsets()).isEqualTo(Map.of(3, new Offsets(10, 20)));
    }

    @Test
    void theDocumentedExamplesAreTaken() throws Exception {
        replays.report = ReplaysInMemory.report(0, 3, true);
        for (String example : OpenApiContract.requestExamples("POST", BASE)) {
            post("", 202, example);
        }
        assertThat(replays.started).containsExactly("november-soft", "cautious", "november-soft");
        for (String example : OpenApiContract.requestExamples("POST", BASE + "/{name}/promote")) {
            post("/cautious/promote", 200, example);
        }
        assertThat(replays.issued).hasSize(2);
    }

    @Test
    void aNameAloneGoesOnWithWhatIsThere() throws Exception {
        replays.put("halted", Phase.STOPPED);
        replays.put("over", Phase.FINISHED);
        replays.put("busy", Phase.RUNNING);

        assertThat(post("", 202, "{\"name\":\"halted\"}").path("state").asText())
                .isEqualTo("starting");
        assertThat(post("", 200, "{\"name\":\"over\"}").path("state").asText()).isEqualTo("finished");
        assertThat(post("", 202, "{\"name\":\"busy\"}").path("state").asText()).isEqualTo("running");
        assertThat(replays.started).containsExactly("halted");
        post("", 404, "{\"name\":\"nothing\"}");
        assertThat(replays.replays).doesNotContainKey("nothing");
    }

    @Test
    void everythingThatIsWrongIsToldAtOnceAndNothingIsDefined() throws Exception {
        JsonNode problem = post(
                "",
                400,
                "{\"name\":\"No Name\",\"all\":true,\"offsets\":{\"0\":\"20\"},\"outcomes\":[\"LOST\"],"
                        + "\"asLive\":true,\"codesFile\":\"- code: 5.1.1\",\"policcy\":\"\"}");

        assertThat(places(problem).split(" "))
                .containsExactlyInAnyOrder("/name", "/all", "/offsets/0", "/outcomes/0", "/asLive", "/policcy", "/by");
        assertWrong(
                "/to",
                "{\"name\":\"x\",\"from\":\"2026-02-01T00:00:00Z\",\"to\":\"2026-02-01T00:00:00Z\",\"by\":\"k\"}");
        assertWrong(
                "/offsets",
                "{\"name\":\"x\",\"from\":\"2026-02-01T00:00:00Z\",\"offsets\":{\"0\":\"1-2\"},\"by\":\"k\"}");
        assertWrong("/name", "{\"all\":true,\"by\":\"k\"}");
        assertThat(replays.requests).isEmpty();
    }

    private void assertWrong(String place, String body) throws Exception {
        assertThat(places(post("", 400, body))).isEqualTo(place);
    }

    @Test
    void tablesThatCannotBeUsedAndNamesThatAreTakenAreRefused() throws Exception {
        assertRefused("codesFile:2: for jo@example.org", "/codesFile", "line 2: for j***@example.org");
        assertRefused("rulesFile, line 3: no rule", "/rulesFile", "line 3: no rule");
        assertRefused("policy: no policy", "/policy", "no policy");
        assertRefused("--offsets 0:5-9 (there is none)", "/offsets", "0:5-9 (there is none)");
        assertRefused("5.1.1 is no such row", "", "5.1.1 is no such row");

        replays.defining = new ReplayException("there is a replay x already");
        assertThat(post("", 409, "{\"name\":\"x\",\"all\":true,\"by\":\"k\"}")
                        .path("type")
                        .asText())
                .isEqualTo("/problems/conflict");
        assertThat(replays.started).isEmpty();
    }

    private void assertRefused(String complaint, String at, String detail) throws Exception {
        replays.defining = new IllegalArgumentException(complaint);
        JsonNode error =
                post("", 400, "{\"name\":\"x\",\"all\":true,\"by\":\"k\"}").at("/errors/0");
        assertThat(error.path("at").asText()).isEqualTo(at);
        assertThat(error.path("detail").asText()).isEqualTo(detail);
    }

    @Test
    void aProcessThatEndsWithoutAWordIsAFailure() throws Exception {
        replays.put("one", Phase.INTERRUPTED);
        replays.launches.put("one", new Launch(ReplaysInMemory.TOLD, 3, "/logs/one.log"));
        JsonNode one = get("/one", 200);
        assertThat(one.path("state").asText()).isEqualTo("failed");
        assertThat(one.path("problem").asText()).contains("exit code 3", "/logs/one.log");

        replays.launches.put("one", new Launch(ReplaysInMemory.TOLD, 0, "/logs/one.log"));
        assertThat(get("/one", 200).path("state").asText()).isEqualTo("interrupted");
        replays.put("one", Phase.FINISHED);
        replays.launches.put("one", new Launch(ReplaysInMemory.TOLD.plusSeconds(9), null, "/logs/one.log"));
        assertThat(get("/one", 200).path("state").asText()).isEqualTo("finished");
        replays.put("one", Phase.STOPPED);
        replays.launches.put("one", new Launch(ReplaysInMemory.TOLD.minusSeconds(9), null, "/logs/one.log"));
        assertThat(get("/one", 200).path("state").asText()).isEqualTo("stopped");
    }

    @Test
    void oneIsStoppedInTimeOrLater() throws Exception {
        replays.put("one", Phase.RUNNING);
        replays.stopsInTime = false;
        assertThat(post("/one/stop", 202, "").path("state").asText()).isEqualTo("running");
        replays.stopsInTime = true;
        assertThat(post("/one/stop", 200, "").path("state").asText()).isEqualTo("stopped");
        post("/two/stop", 404, "");
    }

    @Test
    void oneIsDeletedUnlessItIsUnderWay() throws Exception {
        replays.put("busy", Phase.RUNNING);
        replays.put("starting", Phase.INTERRUPTED);
        replays.launches.put("starting", new Launch(ReplaysInMemory.TOLD, null, "/logs/x.log"));
        replays.put("old", Phase.STOPPED);

        delete("/busy", 409);
        delete("/starting", 409);
        assertThat(delete("/old", 200).path("deleted").get(0).asText()).isEqualTo("topic replay.old.replay");
        delete("/old", 404);
        assertThat(replays.replays).containsOnlyKeys("busy", "starting");
    }

    @Test
    void aDifferenceIsMadeOnceInTheBackground() throws Exception {
        replays.put("soft", Phase.FINISHED);
        replays.compared = new CountDownLatch(1);

        HttpResponse<String> first = Servers.get(server, BASE + "/soft/diff");
        checked(first, 202);
        assertThat(first.headers().firstValue("Retry-After")).contains("2");
        await(() -> get("/soft/diff", 202).path("share").asDouble() == 0.25);
        get("/soft/diff?again=true", 202);
        replays.compared.countDown();

        await(() -> Servers.get(server, BASE + "/soft/diff").statusCode() == 200);
        assertThat(get("/soft/diff", 200)).isEqualTo(JSON.readTree(ReplaysInMemory.DIFFERENCE));
        HttpResponse<String> page = Servers.get(server, BASE + "/soft/diff.html");
        OpenApiContract.check(page);
        assertThat(page.body()).contains("<title>soft");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'", "frame-ancestors 'none'")
                .doesNotContain("script-src");
        assertThat(replays.comparisons).isEqualTo(1);

        Servers.get(server, BASE + "/soft/diff?again=true");
        await(() -> Servers.get(server, BASE + "/soft/diff").statusCode() == 200);
        assertThat(replays.comparisons).isEqualTo(2);
    }

    /** A page of the Web can have a browser on this machine ask for it, and cannot choose this header. */
    @Test
    void aPageOfAnotherSiteBeginsNoComparison() throws Exception {
        replays.put("soft", Phase.FINISHED);
        for (String path : List.of("/soft/diff", "/soft/diff?again=true", "/soft/diff.html")) {
            HttpResponse<String> answer = Servers.get(server, BASE + path, "Sec-Fetch-Site", "cross-site");
            assertThat(checked(answer, 403).path("detail").asText()).contains("Sec-Fetch-Site: cross-site");
        }
        assertThat(replays.comparisons).isZero();

        for (String site : List.of("same-origin", "same-site", "none")) {
            await(() -> Servers.get(server, BASE + "/soft/diff", "Sec-Fetch-Site", site)
                            .statusCode()
                    == 200);
        }
    }

    /** A replay of the same name that is another one has another difference. */
    @Test
    void aDifferenceBelongsToOneReplay() throws Exception {
        replays.put("soft", Phase.FINISHED);
        replays.put("other", Phase.FINISHED);
        for (String path : List.of("/soft/diff", "/soft/diff?against=other", "/other/diff")) {
            await(() -> Servers.get(server, BASE + path).statusCode() == 200);
        }
        assertThat(replays.comparisons).isEqualTo(3);
        get("/soft/diff?against=live", 200);
        replays.put("soft", Phase.FINISHED, "another");
        await(() -> Servers.get(server, BASE + "/soft/diff").statusCode() == 200);
        assertThat(replays.comparisons).isEqualTo(4);
    }

    @Test
    void onlyWhatIsAtItsEndIsCompared() throws Exception {
        replays.put("busy", Phase.RUNNING);
        replays.put("soft", Phase.FINISHED);
        assertThat(get("/busy/diff", 409).path("detail").asText()).contains("busy is running (expected: finished)");
        get("/soft/diff?against=busy", 409);
        get("/soft/diff?against=nothing", 404);
        assertThat(places(get("/soft/diff?against=N", 400))).isEqualTo("against");
        assertThat(places(get("/soft/diff?again=1", 400))).isEqualTo("again");
        assertThat(places(get("/soft/diff?agian=true", 400))).isEqualTo("agian");
        assertThat(replays.comparisons).isZero();
    }

    @Test
    void aComparisonThatFailedIsToldOfOnceAndBegunAnew() throws Exception {
        replays.put("soft", Phase.FINISHED);
        replays.comparing = new TimeoutException("no broker answers");
        get("/soft/diff", 202);
        await(() -> Servers.get(server, BASE + "/soft/diff").statusCode() == 503);
        replays.comparing = new IllegalStateException("the topics have other partitions");
        get("/soft/diff", 202);
        await(() -> Servers.get(server, BASE + "/soft/diff").statusCode() == 409);
        replays.comparing = null;
        await(() -> Servers.get(server, BASE + "/soft/diff").statusCode() == 200);
    }

    @Test
    void asManyComparisonsWaitAsMay() throws Exception {
        replays.compared = new CountDownLatch(1);
        for (int i = 0; i < 9; i++) {
            replays.put("r" + i, Phase.FINISHED);
        }
        for (int i = 0; i < 8; i++) {
            get("/r" + i + "/diff", 202);
        }
        assertThat(get("/r8/diff", 503).path("type").asText()).isEqualTo("/problems/busy");
        replays.compared.countDown();
        await(() -> Servers.get(server, BASE + "/r7/diff").statusCode() == 200);
        for (int i = 4; i < 8; i++) {
            get("/r" + i + "/diff", 200);
        }
        assertThat(replays.comparisons).as("the last four are kept").isEqualTo(8);
        await(() -> Servers.get(server, BASE + "/r3/diff").statusCode() == 200);
        assertThat(replays.comparisons).as("no more than four are kept").isEqualTo(9);
    }

    @Test
    void aPromotionIsOnlyTriedUnlessItIsMeant() throws Exception {
        replays.put("soft", Phase.FINISHED);
        replays.report = ReplaysInMemory.report(1, 0, true);
        JsonNode plan = post("/soft/promote", 200, "{}");
        assertThat(plan.path("dryRun").asBoolean()).isTrue();
        assertThat(plan.path("lifted").asLong()).isEqualTo(2);
        assertThat(plan.at("/named/0/key").asText()).isEqualTo("default|jo@example.org");
        assertThat(replays.issued).containsExactly(Optional.empty());

        assertThat(places(post("/soft/promote", 400, "{\"dryRun\":false}"))).isEqualTo("/by /why");
        JsonNode refused = post("/soft/promote", 409, "{\"dryRun\":false,\"by\":\"kim\",\"why\":\"w\"}");
        assertThat(refused.at("/errors/0/at").asText()).isEqualTo("default|j***@example.org");
        assertThat(refused.toString()).doesNotContain("jo@");

        replays.report = ReplaysInMemory.report(1, 3, true);
        JsonNode done =
                post("/soft/rollback", 200, "{\"dryRun\":false,\"skipConflicts\":true,\"by\":\"kim\",\"why\":\"w\"}");
        assertThat(done.path("written").asLong()).isEqualTo(3);
        assertThat(done.path("dryRun").asBoolean()).isFalse();
        assertThat(replays.issued.get(2).orElseThrow().by()).isEqualTo("kim");
        replays.report = ReplaysInMemory.report(0, 0, false);
        JsonNode tooLong = post("/soft/promote", 503, "{}");
        assertThat(tooLong.path("detail").asText()).contains("rebound replay promote");
        post("/nothing/promote", 404, "{}");
        post("/nothing/rollback", 404, "{}");
    }

    @Test
    void brokersThatDoNotAnswerAreAProblemInTime() throws Exception {
        server.close();
        replays = ReplaysInMemory.unreachable();
        start(Duration.ofSeconds(15));
        JsonNode problem = get("", 503);
        assertThat(problem.path("type").asText()).isEqualTo("/problems/cluster-unreachable");
        assertThat(problem.toString()).doesNotContain("jo@");
        post("", 503, "{\"name\":\"x\"}");
        delete("/x", 503);
    }

    @FunctionalInterface
    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void await(Condition condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }
}
