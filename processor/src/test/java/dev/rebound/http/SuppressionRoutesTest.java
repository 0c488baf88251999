package dev.rebound.http;

import static dev.rebound.lookup.FakeCluster.added;
import static dev.rebound.lookup.FakeCluster.evidence;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rebound.lookup.FakeCluster;
import dev.rebound.lookup.PeerSettings;
import dev.rebound.lookup.SuppressionLookups;
import dev.rebound.topology.Suppressing;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Look-ups over HTTP: answers as documented, mistakes told one by one, no address in a problem. */
class SuppressionRoutesTest {

    private static final String PATH = "/api/v1/suppressions";
    private static final String KIM = "kim@example.org";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final FakeCluster cluster = new FakeCluster(2, 3).withStandbys();
    private final HttpServer server = start(cluster.lookups(0), Servers.LIMITS);

    private static HttpServer start(SuppressionLookups lookups, HttpSettings.Limits limits) {
        return HttpServer.start(
                new HttpSettings(Servers.LOOPBACK, 0, new Password(Servers.TOKEN), null, limits),
                SuppressionRoutes.of(lookups));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private JsonNode get(String path) throws Exception {
        HttpResponse<String> answer = Servers.get(server, PATH + path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        OpenApiContract.check(answer);
        return JSON.readTree(answer.body());
    }

    @Test
    void anAddressIsCheckedWithItsEvidence() throws Exception {
        cluster.gone("default", KIM);

        JsonNode checked = get("/check?address=KIM@example.org");

        assertThat(checked.path("address").asText()).isEqualTo(KIM);
        assertThat(checked.path("suppressed").asBoolean()).isTrue();
        assertThat(checked.at("/entries/0/evidence/0/reply").asText()).isEqualTo("550 5.1.1 User unknown");
        assertThat(checked.at("/entries/0/since").asText()).isEqualTo("2026-06-01T11:00:00Z");
        assertThat(checked.at("/entries/0/expires").isNull()).isTrue();
        assertThat(checked.path("stale").asBoolean()).isFalse();
        assertThat(get("/check?address=jo@example.org").path("suppressed").asBoolean())
                .isFalse();
    }

    @Test
    void manyAddressesAreChecked() throws Exception {
        cluster.gone("acme", KIM);
        HttpResponse<String> answer = Servers.post(
                server,
                PATH + "/check",
                "{\"tenant\":\"acme\",\"stream\":null,\"addresses\":[\"jo@example.org\",\"kim@example.org\",\"nobody\"]}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        OpenApiContract.check(answer);
        assertThat(answer.body())
                .isEqualTo("{\"results\":[{\"address\":\"jo@example.org\",\"suppressed\":false},"
                        + "{\"address\":\"kim@example.org\",\"suppressed\":true,\"list\":\"acme\",\"reason\":\"BOUNCE\","
                        + "\"category\":\"BAD_MAILBOX\",\"expires\":null},"
                        + "{\"address\":\"nobody\",\"error\":\"address has no @\"}],\"stale\":false}");
    }

    @Test
    void theDocumentedExamplesAreAnswered() throws Exception {
        for (String example : OpenApiContract.requestExamples("POST", PATH + "/check")) {
            HttpResponse<String> answer = Servers.post(server, PATH + "/check", example);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            OpenApiContract.check(answer);
        }
        for (String example : OpenApiContract.requestExamples("POST", SuppressionLookups.PEER_PATH)) {
            HttpResponse<String> answer = Servers.post(server, SuppressionLookups.PEER_PATH, example);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            OpenApiContract.check(answer);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "[] # not a JSON object",
                "{} # /addresses: there are none",
                "{\"addresses\":[]} # /addresses: there are none",
                "{\"addresses\":[7]} # /addresses/0: no text",
                "{\"addresses\":[\"a@b.c\"],\"tenant\":7} # /tenant: no text",
                "{\"addresses\":[\"a@b.c\"],\"tenant\":\"a|b\"} # /tenant: this is no tenant's name",
                "{\"addresses\":[\"a@b.c\"],\"tenat\":\"a\"} # did you mean tenant?"
            })
    void aBodyThatSaysSomethingElseIsRefused(String body, String why) throws Exception {
        HttpResponse<String> answer = Servers.post(server, PATH + "/check", body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        OpenApiContract.check(answer);
        JsonNode problem = Problems.of(answer);
        assertThat(problem.path("type").asText()).isEqualTo("/problems/invalid-body");
        assertThat(problem.path("detail").asText()).contains(why);
    }

    @Test
    void tooManyOrTooLargeIsRefusedWithTheLimit() throws Exception {
        HttpSettings.Limits large = new HttpSettings.Limits(1 << 20, 4_096, 50, Duration.ofSeconds(20), 8);
        try (HttpServer roomy = start(cluster.lookups(0), large)) {
            HttpResponse<String> most = Servers.post(roomy, PATH + "/check", addresses(10_000));
            assertThat(most.statusCode()).isEqualTo(200);
            OpenApiContract.check(most);
            HttpResponse<String> more = Servers.post(roomy, PATH + "/check", addresses(10_001));
            assertThat(more.statusCode()).isEqualTo(400);
            assertThat(more.body()).contains("10001 addresses (expected: at most 10000 in a request)");
        }
        HttpResponse<String> tooLarge = Servers.post(server, PATH + "/check", addresses(10_000));
        assertThat(tooLarge.statusCode()).isEqualTo(413);
        OpenApiContract.check(tooLarge);
        assertThat(tooLarge.body()).contains("send less in a request");
    }

    private static String addresses(int number) {
        return "{\"addresses\":[\"" + String.join("\",\"", Collections.nCopies(number, KIM)) + "\"]}";
    }

    @Test
    void historyTellsEverything() throws Exception {
        cluster.known("default", KIM, evidence("e1", false), added("c1", null));

        JsonNode known = get("/history?address=" + KIM);

        assertThat(known.at("/suppression/commandId").asText()).isEqualTo("c1");
        assertThat(known.at("/evidence/0/category").asText()).isEqualTo("MAILBOX_FULL");
        assertThat(known.at("/commands/0/by").asText()).isEqualTo("kim");
        assertThat(known.at("/rules/1/rule").asText()).isEqualTo("full");
        assertThat(known.at("/rules/1/counted").asInt()).isEqualTo(1);
        assertThat(known.at("/rules/1/needed").asInt()).isEqualTo(2);
        JsonNode unknown = get("/history?address=jo@example.org&list=*");
        assertThat(unknown.path("suppression").isNull()).isTrue();
        assertThat(unknown.path("evidence")).isEmpty();
    }

    @Test
    void pagesFollowEachOther() throws Exception {
        for (int i = 0; i < 25; i++) {
            cluster.gone("default", "a" + i + "@example.org");
        }
        cluster.gone("default", "b@example.net");
        List<String> found = new ArrayList<>();
        String query = "?limit=10&domain=example.org";
        String cursor = "";
        do {
            JsonNode page = get(query + cursor);
            page.path("suppressions")
                    .forEach(one -> found.add(one.path("address").asText()));
            cursor = page.has("cursor") ? "&cursor=" + page.path("cursor").asText() : null;
        } while (cursor != null);

        assertThat(found).hasSize(25).doesNotHaveDuplicates().allMatch(address -> address.endsWith("@example.org"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "/check # address # missing",
                "/check?address= # address # missing",
                "/check?address=kim # address # address has no @",
                "/check?address=kim+news@example.org # address # %2B",
                "/check?address=a@example.org&address=b@example.org # address # given 2 times",
                "/check?address=a@example.org&tennant=x # tennant # did you mean tenant?",
                "/check?address=a@example.org&stream= # stream # empty",
                "/history?address=a@example.org&list=a%7Cb # list # this is no list",
                "?limit=0 # limit # 0 (expected: 1 to 1000)",
                "?limit=many # limit # expected: a number",
                "?cursor=abc # cursor # this is no cursor of these parameters",
                "?scope=all # scope # expected: one of RECIPIENT, DOMAIN",
                "?kim@example.org=1 # a name that is not shown here # there is no such parameter",
                "/export?format=xml # format # expected: one of ndjson, csv",
                "/export?limit=3 # limit # there is no such parameter"
            })
    void aParameterThatCannotBeIsTold(String request, String at, String why) throws Exception {
        HttpResponse<String> answer = Servers.get(server, PATH + request);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        OpenApiContract.check(answer);
        JsonNode problem = Problems.of(answer);
        assertThat(problem.path("type").asText()).isEqualTo("/problems/invalid-parameter");
        assertThat(problem.at("/errors/0/at").asText()).isEqualTo(at);
        assertThat(problem.at("/errors/0/detail").asText()).contains(why);
        assertThat(answer.body()).doesNotContain("@example.org");
    }

    @Test
    void everythingIsExported() throws Exception {
        Set<String> all = new HashSet<>();
        for (int i = 0; i < 2_500; i++) {
            all.add("a" + i + "@example.org");
        }
        all.forEach(address -> cluster.gone("default", address));

        HttpResponse<String> ndjson = Servers.get(server, PATH + "/export");
        OpenApiContract.check(ndjson);
        assertThat(ndjson.headers().firstValue("Content-Disposition"))
                .hasValueSatisfying(name -> assertThat(name).contains("suppressions.ndjson"));
        assertThat(ndjson.body().lines().map(line -> line.replaceFirst("\\{\"recipient\":\"([^\"]*)\".*", "$1")))
                .containsExactlyInAnyOrderElementsOf(all);
        HttpResponse<String> csv = Servers.get(server, PATH + "/export?format=csv&reason=bounce");
        OpenApiContract.check(csv);
        assertThat(csv.body().lines().skip(1).map(line -> line.replaceFirst(",.*", "")))
                .containsExactlyInAnyOrderElementsOf(all);
        assertThat(Servers.get(server, PATH + "/export?format=csv&reason=complaint")
                        .body())
                .startsWith("recipient,list,reason,")
                .hasLineCount(1);
    }

    /** The client is slower than the whole time that a request may take, and gets everything all the same. */
    @Test
    void anExportMayTakeLongerThanARequestAsLongAsItGetsOn() throws Exception {
        for (int i = 0; i < 20_000; i++) {
            cluster.gone("default", "a" + i + "@example.org");
        }
        Duration patience = Duration.ofMillis(400);
        HttpSettings.Limits hasty = new HttpSettings.Limits(10_000, 4_096, 50, patience, 8);
        try (HttpServer hurried = start(cluster.lookups(0), hasty);
                RawClient slow = new RawClient(hurried.port())) {
            slow.send("GET " + PATH + "/export HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            String answer = slow.answerReadSlowly(256 * 1024, Duration.ofMillis(40));
            assertThat(answer).endsWith("\r\n0\r\n\r\n");
            assertThat(answer.split("\"recipient\"", -1)).hasSize(20_001);
        }
    }

    @Test
    void anExportThatTheClientDoesNotTakeIsCutOff() throws Exception {
        for (int i = 0; i < 20_000; i++) {
            cluster.gone("default", "a" + i + "@example.org");
        }
        HttpSettings.Limits hasty = new HttpSettings.Limits(10_000, 4_096, 50, Duration.ofMillis(300), 8);
        try (HttpServer hurried = start(cluster.lookups(0), hasty);
                RawClient idle = new RawClient(hurried.port())) {
            idle.send("GET " + PATH + "/export HTTP/1.1\r\nHost: localhost\r\n\r\n");
            // The server needs a while to fill all buffers between the two, and gives up only then.
            String answer = idle.answerReadSlowly(1 << 26, Duration.ofSeconds(4));
            assertThat(answer).startsWith("HTTP/1.1 200").doesNotEndWith("\r\n0\r\n\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/check?address=kim@example.org", "/history?address=kim@example.org", "", "/export"})
    void anInstanceThatStartsSaysSo(String request) throws Exception {
        SuppressionLookups starting = new SuppressionLookups(
                () -> null, new PeerSettings("http", null, 10_000), Suppressing.nothing(), Clock.systemUTC());
        try (HttpServer early = start(starting, Servers.LIMITS)) {
            HttpResponse<String> answer = Servers.get(early, PATH + request);
            assertThat(answer.statusCode()).isEqualTo(503);
            OpenApiContract.check(answer);
            assertThat(Problems.of(answer).path("type").asText()).isEqualTo("/problems/not-ready");
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        }
    }

    @Test
    void fromOtherMachinesEverythingNeedsTheToken() throws Exception {
        HttpSettings everywhere =
                new HttpSettings(Servers.EVERYWHERE, 0, new Password(Servers.TOKEN), null, Servers.LIMITS);
        try (HttpServer open = HttpServer.start(everywhere, SuppressionRoutes.of(cluster.lookups(0)))) {
            for (String path :
                    List.of("", "/check?address=a@example.org", "/history?address=a@example.org", "/export")) {
                HttpResponse<String> refused = Servers.get(open, PATH + path);
                assertThat(refused.statusCode()).isEqualTo(401);
                OpenApiContract.check(refused);
                assertThat(Servers.get(open, PATH + path, "Authorization", "Bearer " + Servers.TOKEN)
                                .statusCode())
                        .isEqualTo(200);
            }
            assertThat(Servers.post(open, SuppressionLookups.PEER_PATH, "{}").statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void whatCanBeHadCanBeAskedForWithoutItsBody() throws Exception {
        for (String path : List.of("", "/check?address=a@example.org", "/export?format=csv")) {
            HttpResponse<String> answer = Servers.send(
                    server, PATH + path, request -> request.method("HEAD", HttpRequest.BodyPublishers.noBody()));
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEmpty();
        }
    }
}
