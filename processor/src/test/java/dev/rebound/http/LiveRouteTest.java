package dev.rebound.http;

import static dev.rebound.lookup.FakeCluster.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rebound.http.LiveRoute.Pace;
import dev.rebound.lookup.FakeCluster;
import dev.rebound.lookup.Mail;
import dev.rebound.lookup.PeerSettings;
import dev.rebound.lookup.StatisticsLookups;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Figures of the last hour as they change. */
@Timeout(30)
class LiveRouteTest {

    private static final String PATH = "/api/v1/live";
    private static final String HEARTBEAT = ": still here";
    private static final Duration SOON = Duration.ofMillis(20);
    private static final Duration NEVER = Duration.ofMinutes(10);

    private final FakeCluster cluster = new FakeCluster(2, 3);

    private static HttpServer start(String host, StatisticsLookups lookups, Pace pace) {
        return HttpServer.start(
                new HttpSettings(host, 0, new Password(Servers.TOKEN), null, Servers.LIMITS),
                List.of(LiveRoute.of(lookups, pace)));
    }

    private HttpServer start(Pace pace) {
        return start(Servers.LOOPBACK, cluster.statistics(0), pace);
    }

    /** One that looks on. */
    private static final class Onlooker implements AutoCloseable {

        private final HttpResponse<InputStream> answer;
        private final BufferedReader lines;

        Onlooker(HttpServer server) throws Exception {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://" + Servers.LOOPBACK + ":" + server.port() + PATH))
                    .build();
            answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
            lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
        }

        String header(String name) {
            return answer.headers().firstValue(name).orElse(null);
        }

        /** The next line that is not empty; null at the end. */
        String line() throws Exception {
            String line;
            do {
                line = lines.readLine();
            } while (line != null && line.isEmpty());
            return line;
        }

        /** The data of the next event, behind any number of heartbeats. */
        JsonNode event() throws Exception {
            String line = line();
            while (HEARTBEAT.equals(line)) {
                line = line();
            }
            assertThat(line).isEqualTo("event: statistics");
            String data = lines.readLine();
            assertThat(data).startsWith("data: ");
            assertThat(lines.readLine()).isEmpty();
            String json = data.substring("data: ".length());
            assertThat(OpenApiContract.violations(
                            OpenApiContract.document().at("/components/schemas/LiveStatistics"), json))
                    .as(json)
                    .isEmpty();
            return new ObjectMapper().readTree(json);
        }

        @Override
        public void close() {
            try {
                answer.body().close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void theFirstEventComesAtOnceAndIsOfTheLastHour() throws Exception {
        cluster.counted(
                Mail.to("a.example").at(NOW.minusSeconds(30)).delivered(),
                Mail.to("b.example").of("acme").at(NOW.minusSeconds(59 * 60)).hard(),
                Mail.to("b.example").at(NOW.minusSeconds(61 * 60)).hard());
        try (HttpServer server = start(new Pace(NEVER, NEVER, 4));
                Onlooker onlooker = new Onlooker(server)) {
            JsonNode event = onlooker.event();

            assertThat(onlooker.header("Content-Type")).startsWith("text/event-stream");
            assertThat(onlooker.header("Cache-Control")).isEqualTo("no-cache");
            assertThat(event.path("watermark").asText()).isEqualTo("2026-06-01T11:59:30Z");
            assertThat(event.path("from").asText()).isEqualTo("2026-06-01T11:00:00Z");
            assertThat(event.path("to").asText()).isEqualTo("2026-06-01T12:00:00Z");
            assertThat(event.at("/totals/attempts").asInt()).isEqualTo(2);
            assertThat(event.path("stale").asBoolean()).isFalse();
        }
    }

    @Test
    void withoutAnyEventThereAreFiguresAllTheSame() throws Exception {
        try (HttpServer server = start(new Pace(NEVER, NEVER, 4));
                Onlooker onlooker = new Onlooker(server)) {
            JsonNode event = onlooker.event();

            assertThat(event.path("watermark").isNull()).isTrue();
            assertThat(event.at("/totals/attempts").asInt()).isZero();
        }
    }

    @Test
    void whatHasChangedIsToldAndNothingTwice() throws Exception {
        cluster.counted(Mail.to("a.example").at(NOW.minusSeconds(30)).delivered());
        try (HttpServer server = start(new Pace(SOON, Duration.ofMillis(200), 4));
                Onlooker onlooker = new Onlooker(server)) {
            assertThat(onlooker.event().at("/totals/attempts").asInt()).isEqualTo(1);
            assertThat(onlooker.line()).isEqualTo(HEARTBEAT);
            assertThat(onlooker.line()).isEqualTo(HEARTBEAT);

            cluster.counted(Mail.to("a.example").at(NOW.minusSeconds(20)).hard());

            JsonNode last = onlooker.event();
            // Rows of one event are not written in one go here.
            while (!last.path("watermark").asText().equals("2026-06-01T11:59:40Z")
                    || last.at("/totals/attempts").asInt() < 2) {
                last = onlooker.event();
            }
            assertThat(onlooker.line()).isEqualTo(HEARTBEAT);
        }
    }

    @Test
    void whatCannotBeFoundOutNowIsToldLater() throws Exception {
        cluster.counted(Mail.to("a.example").with("a").at(NOW.minusSeconds(30)).delivered());
        try (HttpServer server = start(new Pace(SOON, Duration.ofMillis(100), 4));
                Onlooker onlooker = new Onlooker(server)) {
            onlooker.event();
            cluster.stop(1);
            for (int i = 0; i < 10; i++) {
                cluster.counted(Mail.to("a.example")
                        .with("a" + i)
                        .at(NOW.minusSeconds(20))
                        .delivered());
            }
            assertThat(onlooker.line()).isEqualTo(HEARTBEAT);
            assertThat(onlooker.line()).isEqualTo(HEARTBEAT);
            cluster.start(1);

            assertThat(onlooker.event().at("/totals/attempts").asInt()).isEqualTo(11);
        }
    }

    @Test
    void whatAllAreToldIsFoundOutOnce() throws Exception {
        cluster.counted(Mail.to("a.example").at(NOW.minusSeconds(30)).delivered());
        try (HttpServer server = start(new Pace(NEVER, NEVER, 4));
                Onlooker first = new Onlooker(server)) {
            JsonNode told = first.event();
            assertThat(cluster.asked()).isNotEmpty();
            for (int i = 0; i < 3; i++) {
                try (Onlooker other = new Onlooker(server)) {
                    assertThat(other.event()).isEqualTo(told);
                }
            }
            assertThat(cluster.asked()).isEmpty();
        }
    }

    @Test
    void moreThanThereIsRoomForAreRefused() throws Exception {
        try (HttpServer server = start(new Pace(SOON, NEVER, 2));
                Onlooker first = new Onlooker(server);
                Onlooker second = new Onlooker(server)) {
            first.event();
            second.event();

            HttpResponse<String> refused = Servers.get(server, PATH);
            assertThat(refused.statusCode()).isEqualTo(503);
            OpenApiContract.check(refused);
            assertThat(Problems.of(refused).path("type").asText()).isEqualTo("/problems/busy");
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        }
    }

    @Test
    void whoGoesLeavesRoomForAnother() throws Exception {
        try (HttpServer server = start(new Pace(SOON, Duration.ofMillis(50), 1))) {
            for (int i = 0; i < 3; i++) {
                try (Onlooker onlooker = admitted(server)) {
                    onlooker.event();
                }
            }
        }
    }

    private static Onlooker admitted(HttpServer server) throws Exception {
        while (true) {
            Onlooker onlooker = new Onlooker(server);
            if (onlooker.answer.statusCode() == 200) {
                return onlooker;
            }
            onlooker.close();
            LockSupport.parkNanos(SOON.toNanos());
        }
    }

    @Test
    void anInstanceThatStopsEndsIt() throws Exception {
        StatisticsLookups lookups = cluster.statistics(0);
        HttpServer server = start(Servers.LOOPBACK, lookups, new Pace(SOON, SOON, 4));
        try (Onlooker onlooker = new Onlooker(server)) {
            onlooker.event();
            server.close();
            lookups.close();

            awaitEnd(onlooker);
        }
    }

    private static void awaitEnd(Onlooker onlooker) throws Exception {
        try {
            while (onlooker.line() != null) {
                LockSupport.parkNanos(1);
            }
        } catch (IOException cut) {
            // That is an end, too.
        }
    }

    @Test
    void anInstanceThatStartsSaysSo() throws Exception {
        StatisticsLookups starting = new StatisticsLookups(
                () -> null, new PeerSettings("http", null, 10_000), FakeCluster.SETTINGS, Clock.systemUTC());
        try (HttpServer server = start(Servers.LOOPBACK, starting, new Pace(SOON, SOON, 4))) {
            HttpResponse<String> answer = Servers.get(server, PATH);

            assertThat(answer.statusCode()).isEqualTo(503);
            OpenApiContract.check(answer);
            assertThat(Problems.of(answer).path("type").asText()).isEqualTo("/problems/not-ready");
        }
    }

    @Test
    void fromOtherMachinesTheTokenIsNeeded() throws Exception {
        try (HttpServer server = start(Servers.EVERYWHERE, cluster.statistics(0), new Pace(SOON, SOON, 4))) {
            HttpResponse<String> refused = Servers.get(server, PATH);

            assertThat(refused.statusCode()).isEqualTo(401);
            OpenApiContract.check(refused);
        }
    }

    @Test
    void itCanBeAskedForWithoutLookingOn() throws Exception {
        try (HttpServer server = start(new Pace(SOON, SOON, 4))) {
            HttpResponse<String> answer =
                    Servers.send(server, PATH, request -> request.method("HEAD", HttpRequest.BodyPublishers.noBody()));

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
        }
    }
}
