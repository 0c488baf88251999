package dev.rebound.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.app.SchemasForTests;
import dev.rebound.http.Health;
import dev.rebound.http.HealthRoutes;
import dev.rebound.http.HttpServer;
import dev.rebound.http.HttpSettings;
import dev.rebound.http.OpenApiContract;
import dev.rebound.schema.StatusCode;
import dev.rebound.schema.StatusCodeRevision;
import dev.rebound.serde.AvroSerde;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What health tells of the code table. */
class ReadinessTest {

    private record Said(boolean isLive, boolean isRunning, String state, LiveCodeTable codeTable) implements Health {}

    private final Topics topics = Topics.unprefixed();
    private final SchemasForTests registry = new SchemasForTests(topics);
    private final LiveCodeTable table = new LiveCodeTable(registry.writerSchemas());

    @Test
    void rowsThatCannotBeUsedAreToldOfWithoutAddresses() throws Exception {
        table.apply(bytes("seed/5.1.1"), row(), 0);
        table.apply(bytes("jo@example.org/5.1.1"), row(), 1);

        HttpResponse<String> answer = ready();

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        OpenApiContract.check(answer);
        assertThat(answer.body())
                .contains("\"ready\":true", "\"rows\":1", "\"position\":1", "\"badRowCount\":1", "\"offset\":1")
                .doesNotContain("jo@example.org");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private byte[] row() {
        StatusCodeRevision revision =
                StatusCodeRevision.newBuilder().setSummary("wording").build();
        try (AvroSerde<StatusCode> serde = registry.serde(topics.statusCodes(), StatusCode.getClassSchema())) {
            return serde.serializer().serialize("status-codes", new StatusCode("5.1.1", "seed", List.of(revision)));
        }
    }

    private HttpResponse<String> ready() throws Exception {
        HttpSettings settings = new HttpSettings(
                "127.0.0.1", 0, null, null, new HttpSettings.Limits(10_000, 4_096, 50, Duration.ofSeconds(20), 8));
        try (HttpServer server = HttpServer.start(settings, HealthRoutes.of(new Said(true, true, "RUNNING", table)))) {
            URI uri = URI.create("http://127.0.0.1:" + server.port() + "/health/ready");
            return HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
