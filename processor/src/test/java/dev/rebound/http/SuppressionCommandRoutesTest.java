package dev.rebound.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rebound.app.Connections;
import dev.rebound.config.ReboundConfig;
import dev.rebound.schema.SuppressionAction;
import dev.rebound.schema.SuppressionCommand;
import dev.rebound.schema.SuppressionReason;
import dev.rebound.suppressions.ChangesInMemory;
import dev.rebound.suppressions.SuppressionChanges;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SuppressionCommandRoutesTest {

    private static final String BASE = "/api/v1/suppressions/";
    private static final String REMOVE =
            "{\"action\":\"REMOVE\",\"address\":\"Jo@Example.org\",\"by\":\"ops\",\"why\":\"w\"}";

    private final ChangesInMemory topics = new ChangesInMemory();
    private HttpServer server;

    @BeforeEach
    void start() {
        start(topics.changes(Optional.empty()));
    }

    private void start(SuppressionChanges changes) {
        start(changes, Duration.ofSeconds(20));
    }

    private void start(SuppressionChanges changes, Duration request) {
        HttpSettings settings =
                new HttpSettings(Servers.LOOPBACK, 0, new Password(Servers.TOKEN), null, Servers.LIMITS);
        server = HttpServer.start(settings, SuppressionCommandRoutes.of(changes, request));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private JsonNode post(String path, int status, String body) throws Exception {
        HttpResponse<String> answer =
                Servers.post(server, BASE + path, body, "Authorization", "Bearer " + Servers.TOKEN);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        OpenApiContract.check("POST", BASE + path.replaceFirst("\\?.*", ""), answer);
        return status >= 400 ? Problems.of(answer) : new ObjectMapper().readTree(answer.body());
    }

    private static String places(JsonNode problem) {
        return StreamSupport.stream(problem.path("errors").spliterator(), false)
                .map(error -> error.path("at").asText())
                .collect(Collectors.joining(" "));
    }

    @Test
    void aCommandIsAcknowledgedWithItsId() throws Exception {
        JsonNode answer = post(
                "commands",
                201,
                "{\"action\":\"add\",\"list\":\"acme/news\",\"address\":\"Jo@Example.org\",\"reason\":\"complaint\","
                        + "\"category\":\"complaint\",\"expires\":\"2100-01-01T00:00:00+01:00\",\"by\":\"ops\",\"why\":\"w\","
                        + "\"commandId\":\"c-1\",\"issuedAt\":\"2026-03-01T00:00:00Z\"}");

        assertThat(answer)
                .hasToString(
                        "{\"commands\":[{\"commandId\":\"c-1\",\"list\":\"acme/news\",\"address\":\"jo@example.org\"}]}");
        SuppressionCommand command = topics.written().get(0);
        assertThat(command.getAction()).isEqualTo(SuppressionAction.ADD);
        assertThat(command.getReason()).isEqualTo(SuppressionReason.COMPLAINT);
        assertThat(command.getCategory()).isEqualTo("COMPLAINT");
        assertThat(command.getExpires()).isEqualTo(Instant.parse("2099-12-31T23:00:00Z"));
        assertThat(command.getIssuedAt()).isEqualTo(Instant.parse("2026-03-01T00:00:00Z"));
        assertThat(command.getBy()).isEqualTo("ops");
    }

    @Test
    void theDocumentedExamplesAreTaken() throws Exception {
        for (String path : List.of("commands", "removals")) {
            List<String> examples = OpenApiContract.requestExamples("POST", BASE + path);
            assertThat(examples).isNotEmpty();
            for (String example : examples) {
                post(path, path.equals("commands") ? 201 : 200, example);
            }
        }
        assertThat(topics.written()).hasSize(3);
    }

    @Test
    void everythingThatIsWrongIsToldAtOnceAndNothingIsWritten() throws Exception {
        JsonNode problem = post(
                "commands",
                400,
                "{\"commands\":[" + REMOVE + ",{\"action\":\"ERASE\",\"list\":\"a b\",\"address\":\"jo\",\"by\":7,"
                        + "\"expires\":\"soon\",\"issuedAt\":\"2100-01-01T00:00:00Z\"},"
                        + "{\"action\":\"REMOVE\",\"address\":\"@example.org\",\"by\":\"b\",\"why\":\" \",\"reason\":\"MANUAL\","
                        + "\"expires\":null,\"whyy\":1}]}");

        assertThat(problem.path("type").asText()).isEqualTo("/problems/invalid-body");
        assertThat(places(problem).split(" "))
                .containsExactlyInAnyOrder(
                        "/commands/1/action",
                        "/commands/1/list",
                        "/commands/1/address",
                        "/commands/1/by",
                        "/commands/1/why",
                        "/commands/1/issuedAt",
                        "/commands/2/whyy",
                        "/commands/2/why",
                        "/commands/2/reason",
                        "/commands/2/expires");
        assertThat(problem.toString()).doesNotContain("jo@", "Jo@");
        assertThat(topics.written()).isEmpty();
    }

    @Test
    void singleFieldsThatCannotBeUsedAreNamed() throws Exception {
        assertWrong("/address", "{\"action\":\"ADD\",\"by\":\"b\",\"why\":\"w\"}");
        assertWrong("/action", "{\"address\":\"jo@example.org\",\"by\":\"b\",\"why\":\"w\"}");
        assertWrong("/commandId", REMOVE.replace("}", ",\"commandId\":\"a b\"}"));
        assertWrong("/category", REMOVE.replace("REMOVE", "ADD").replace("}", ",\"category\":\"SPAM_CONTENT\"}"));
        assertWrong("/expires", REMOVE.replace("REMOVE", "ADD").replace("}", ",\"expires\":\"2020-01-01T00:00:00Z\"}"));
        assertWrong("/expires", REMOVE.replace("REMOVE", "EXTEND"));
        String far = "+999999999-01-01T00:00:00Z";
        assertWrong("/expires", REMOVE.replace("REMOVE", "ADD").replace("}", ",\"expires\":\"" + far + "\"}"));
        assertWrong("/issuedAt", REMOVE.replace("}", ",\"issuedAt\":\"-999999999-01-01T00:00:00Z\"}"));
        assertThat(places(post("removals", 400, "{\"rule\":\"gone\",\"from\":\"" + far.replace('+', '-') + "\"}")))
                .isEqualTo("/from");
        assertWrong("/address", REMOVE.replace("Jo@Example.org", "hash:" + "0".repeat(64)));
        assertWrong("/by", REMOVE.replace("ops", "x".repeat(501)));
        assertWrong("/commands", "{\"commands\":[]}");
        assertWrong("/commands", "{\"commands\":{}}");
        assertWrong("/commands/0", "{\"commands\":[1]}");
        assertThat(post("commands", 400, "no JSON").path("detail").asText()).contains("not valid JSON");
    }

    private void assertWrong(String at, String body) throws Exception {
        assertThat(places(post("commands", 400, body))).isEqualTo(at);
    }

    @Test
    void withoutTheBrokersNothingIsAcknowledged() throws Exception {
        topics.failWith(new KafkaException("cannot write", new TimeoutException("away")));

        JsonNode problem = post("commands", 503, REMOVE);

        assertThat(problem.path("type").asText()).isEqualTo("/problems/cluster-unreachable");
        assertThat(problem.path("detail").asText())
                .startsWith("not acknowledged: cannot write")
                .endsWith("send the same again with the same commandId and issuedAt: what was written counts once");
    }

    @Test
    void withoutTheRegistryNothingIsAcknowledgedEither() throws Exception {
        ReboundConfig nowhere = new ReboundConfig(
                Map.of("bootstrap.servers", "127.0.0.1:1", "schema.registry.url", "http://127.0.0.1:1"));
        server.close();
        try (Connections connections = new Connections(nowhere, Duration.ofSeconds(1))) {
            start(SuppressionChanges.of(nowhere, connections.writerSchemas(), connections.schemas()));
            assertThat(post("commands", 503, REMOVE).path("type").asText()).isEqualTo("/problems/cluster-unreachable");
        }
    }

    @Test
    void aChangeNeedsTheToken() throws Exception {
        for (String path : List.of("commands", "removals", "imports", "erasures")) {
            HttpResponse<String> answer = Servers.post(server, BASE + path, REMOVE);
            assertThat(answer.statusCode()).isEqualTo(401);
            OpenApiContract.check("POST", BASE + path, answer);
        }
    }

    @Test
    void aRemovalOfManyIsDryUnlessToldOtherwise() throws Exception {
        topics.suppress(ChangesInMemory.entry("default", "jo@example.org"));
        String body = "{\"provider\":\"google\",\"from\":\"2026-03-01T00:00:00Z\",\"by\":\"ops\",\"why\":\"outage\"%s}";

        JsonNode tried = post("removals", 200, body.formatted(""));
        assertThat(tried.path("found").asInt()).isOne();
        assertThat(tried.path("sample").path(0).asText()).isEqualTo("j***@example.org");
        assertThat(topics.written()).isEmpty();

        JsonNode done = post("removals", 200, body.formatted(",\"dryRun\":false"));
        assertThat(done.path("written").asInt()).isOne();
        assertThat(done.path("complete").asBoolean()).isTrue();
        assertThat(topics.written()).hasSize(1);

        assertThat(places(post("removals", 400, "{\"provider\":\"Google!\",\"from\":\"2026-03-01T00:00:00Z\"}")))
                .isEqualTo("/provider");
        assertThat(places(post("removals", 400, "{\"rule\":\"gone\"}"))).isEqualTo("/from");
        assertThat(places(post(
                        "removals",
                        400,
                        "{\"rule\":\"gone\",\"from\":\"2026-03-01T00:00:00Z\",\"dryRun\":false,\"list\":7}")))
                .isEqualTo("/by /why /list");
        assertThat(post("removals", 400, "{\"from\":\"2026-03-01T00:00:00Z\"}")
                        .path("detail")
                        .asText())
                .contains("at least one of provider");
    }

    @Test
    void aListIsImportedOnceToldTo() throws Exception {
        JsonNode tried = post("imports?list=acme", 200, "jo@example.org\nnobody\n");
        assertThat(tried.path("format").asText()).isEqualTo("plain");
        assertThat(tried.path("toWrite").asInt()).isOne();
        assertThat(tried.path("badRows").path(0).path("row").asInt()).isEqualTo(2);
        assertThat(topics.written()).isEmpty();

        JsonNode done =
                post("imports?list=acme&format=plain&dryRun=false&by=ops&why=we%20move", 200, "jo@example.org\n");
        assertThat(done.path("written").asInt()).isOne();
        assertThat(topics.written().get(0).getWhy()).isEqualTo("we move");

        assertThat(places(post("imports?list=a%20b&format=gun&dryRun=no", 400, "jo@example.org\n")))
                .isEqualTo("dryRun format list");
        assertThat(places(post("imports?wy=1&list=a&list=b", 400, "jo@example.org\n")))
                .isEqualTo("wy list");
        assertThat(places(post("imports?dryRun=false", 400, "jo@example.org\n")))
                .isEqualTo("by why");
        JsonNode blocks = post("imports?format=sendgrid-blocks", 400, "status,reason,email,created\n");
        assertThat(blocks.path("type").asText()).isEqualTo("/problems/invalid-body");
        assertThat(post("imports", 400, "").path("detail").asText()).contains("is empty");
        assertThat(topics.written()).hasSize(1);
    }

    @Test
    void aListThatIsNotUtf8IsRefused() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.port() + BASE + "imports?format=plain"))
                .header("Authorization", "Bearer " + Servers.TOKEN)
                .POST(HttpRequest.BodyPublishers.ofByteArray(
                        "jo@example.org\njörg@example.org\n".getBytes(StandardCharsets.ISO_8859_1)))
                .build();

        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Problems.of(answer).path("detail").asText())
                .startsWith("the body: line 2 is not UTF-8")
                .doesNotContain("@");
    }

    @Test
    void workThatNeverEndsInTimeIsRefusedWithTheCommandThatDoesIt() throws Exception {
        server.close();
        start(topics.changes(), Duration.ofNanos(3));
        topics.suppress(ChangesInMemory.entry("default", "jo@example.org"));
        String who = "\"by\":\"ops\",\"why\":\"w\"}";
        String from = "\"from\":\"2026-03-01T00:00:00Z\",";

        assertTooLong("rebound erase", post("erasures", 503, "{\"address\":\"jo@example.org\"," + who));
        assertTooLong(
                "rebound suppressions import", post("imports?dryRun=false&by=ops&why=w", 503, "kim@example.org\n"));
        assertTooLong(
                "rebound suppressions remove-where",
                post("removals", 503, "{\"provider\":\"google\"," + from + "\"dryRun\":false," + who));
        assertThat(topics.written()).isEmpty();
    }

    private static void assertTooLong(String command, JsonNode problem) {
        assertThat(problem.path("type").asText()).isEqualTo("/problems/too-long");
        assertThat(problem.path("detail").asText()).contains("use the command " + command + ",");
    }

    @Test
    void anErasureEndsWithinTheTimeAlsoWhereTheLastLookIsLong() throws Exception {
        server.close();
        start(topics.changes(), Duration.ofMillis(1_500));
        AtomicInteger readings = new AtomicInteger();
        topics.whenRead(() -> {
            if (readings.incrementAndGet() == 2) {
                LockSupport.parkNanos(Duration.ofSeconds(2).toNanos());
            }
        });
        topics.suppress(ChangesInMemory.entry("default", "kim@example.org"));
        topics.whenProcessed(() -> topics.suppress(ChangesInMemory.entry("default", "jo@example.org")));

        JsonNode report = post("erasures", 202, "{\"address\":\"jo@example.org\",\"by\":\"dpo\",\"why\":\"asked\"}");

        assertThat(report.path("complete").asBoolean()).isFalse();
        assertThat(readings).hasValue(2);
    }

    @Test
    void anErasureAnswersWhetherItIsComplete() throws Exception {
        String body = "{\"address\":\"Jo@example.org\",\"by\":\"dpo\",\"why\":\"asked\",\"lists\":[\"acme\"]}";
        assertThat(post("erasures", 501, body).path("detail").asText()).startsWith("rebound.erase.key is not set");
        server.close();
        start(topics.changes());

        JsonNode done = post("erasures", 200, body);
        assertThat(done.path("complete").asBoolean()).isTrue();
        assertThat(done.path("lists")).hasToString("[\"acme\",\"default\"]");
        assertThat(done.path("remains").isEmpty()).isFalse();
        topics.stopProcessor();
        assertThat(post("erasures", 202, body).path("processed").asBoolean()).isFalse();
        assertThat(places(post("erasures", 400, "{\"address\":\"jo\",\"lists\":[\"a b\",1]}")))
                .isEqualTo("/by /why /address /lists/1 /lists/0");
    }
}
