package dev.rebound.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.serde.UndecodableException.Reason;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WriterSchemasTest {

    private static final Schema SCHEMA = DeliveryEvent.getClassSchema();
    private static final Duration LONG = Duration.ofHours(1);

    private final FakeRegistry registry = new FakeRegistry();
    private final int id = registry.put(SCHEMA);

    static Stream<Exception> troubles() {
        return Stream.of(
                new ConnectException("Connection refused"),
                new IOException("Premature EOF"),
                new RestClientException("Internal server error", 500, 50001),
                new RestClientException("Unavailable", 503, 503),
                new RestClientException("Too many requests", 429, 42901),
                new RestClientException("Unauthorized", 401, 401),
                new RestClientException("Forbidden", 403, 40301),
                new RestClientException("HTTP 404 Not Found", 404, 404),
                new RestClientException("Error", 404, 50005));
    }

    @Test
    void aSchemaIsAskedForOnce() throws UndecodableException {
        WriterSchemas schemas = new WriterSchemas(registry, Duration.ZERO);

        assertThat(schemas.byId(id)).isEqualTo(SCHEMA);
        assertThat(schemas.byId(id)).isEqualTo(SCHEMA);
        assertThat(registry.asked()).isEqualTo(1);
    }

    @Test
    void anIdThatTheRegistryDoesNotKnowIsAskedForOnce() {
        WriterSchemas schemas = new WriterSchemas(registry, LONG);

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> schemas.byId(4711))
                    .isInstanceOfSatisfying(UndecodableException.class, e -> assertThat(e.reason())
                            .isEqualTo(Reason.UNKNOWN_SCHEMA))
                    .hasMessage("schema id 4711 is not in the registry");
        }
        assertThat(registry.asked()).isEqualTo(1);
    }

    /** Trouble of the registry says nothing about a record; taking it for bad data would lose good events. */
    @ParameterizedTest
    @MethodSource("troubles")
    void aRegistryInTroubleIsNeverTakenForABadRecord(Exception trouble) throws UndecodableException {
        WriterSchemas schemas = new WriterSchemas(registry, Duration.ZERO);
        registry.failAlways(trouble);

        assertThatThrownBy(() -> schemas.byId(id))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessage("schema registry cannot give schema " + id)
                .hasCause(trouble);

        registry.failAlways(null);
        assertThat(schemas.byId(id)).as("once it is back").isEqualTo(SCHEMA);
    }

    @ParameterizedTest
    @MethodSource("troubles")
    void aLookUpWaitsUntilTheRegistryIsBack(Exception trouble) throws UndecodableException {
        WriterSchemas schemas = new WriterSchemas(registry, LONG);
        registry.failNext(trouble, trouble);

        assertThat(schemas.byId(id)).isEqualTo(SCHEMA);
        assertThat(registry.asked()).isEqualTo(3);
    }

    @Test
    void stoppingEndsAllWaiting() throws InterruptedException {
        WriterSchemas schemas = new WriterSchemas(registry, LONG);
        registry.failAlways(new ConnectException("Connection refused"));
        CompletableFuture<Schema> lookUp = CompletableFuture.supplyAsync(() -> unchecked(schemas));

        assertThat(registry.firstAsked().await(30, TimeUnit.SECONDS)).isTrue();
        schemas.stop();

        assertThatThrownBy(() -> lookUp.get(30, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(RegistryUnavailableException.class);
        assertThatThrownBy(() -> schemas.byId(id)).isInstanceOf(RegistryUnavailableException.class);
    }

    @Test
    void anInterruptEndsTheWaitingAndStaysSet() {
        WriterSchemas schemas = new WriterSchemas(registry, LONG);
        registry.failAlways(new ConnectException("Connection refused"));

        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> schemas.byId(id)).isInstanceOf(RegistryUnavailableException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    /** With the real client, which reports such schemas as if the registry could not be reached. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"schemaType\":\"PROTOBUF\",\"schema\":\"syntax = 'proto3';\"}",
                "{\"schemaType\":\"JSON\",\"schema\":\"{}\"}",
                "{\"schema\":\"no Avro either\"}"
            })
    void aSchemaThatIsNotAvroIsBadDataNotTrouble(String answer) throws IOException {
        withServer(200, answer, schemas -> assertThatThrownBy(() -> schemas.byId(7))
                .isInstanceOfSatisfying(
                        UndecodableException.class, e -> assertThat(e.reason()).isEqualTo(Reason.INCOMPATIBLE_SCHEMA))
                .hasMessageStartingWith("schema 7 "));
    }

    @Test
    void theRegistrysOwnWordThatAnIdIsUnknownIsTakenFromTheRealClient() throws IOException {
        withServer(404, "{\"error_code\":40403,\"message\":\"Schema not found\"}", schemas -> assertThatThrownBy(
                        () -> schemas.byId(7))
                .isInstanceOfSatisfying(
                        UndecodableException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNKNOWN_SCHEMA)));
    }

    /** A proxy or a wrong path answers 404 as well, and knows nothing of schemas. */
    @ParameterizedTest
    @CsvSource({"404, <html>not found</html>", "404, ''", "404, '{\"error_code\":404}'", "500, x", "200, not JSON"})
    void whateverElseTheRealClientMeetsIsTrouble(int status, String answer) throws IOException {
        withServer(status, answer, schemas -> assertThatThrownBy(() -> schemas.byId(7))
                .isInstanceOf(RegistryUnavailableException.class));
    }

    @Test
    void aSchemaThatIsNotAvroIsAskedForOnce() {
        registry.failAlways(new IOException("Invalid schema {} with refs [] of type JSON"));
        WriterSchemas schemas = new WriterSchemas(registry, LONG);

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> schemas.byId(id)).isInstanceOf(UndecodableException.class);
        }
        assertThat(registry.asked()).isEqualTo(1);
    }

    private interface Check {
        void with(WriterSchemas schemas);
    }

    private static void withServer(int status, String answer, Check check) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        try (CachedSchemaRegistryClient client = new CachedSchemaRegistryClient(List.of(url), 10)) {
            check.with(new WriterSchemas(client, Duration.ZERO));
        } finally {
            server.stop(0);
        }
    }

    private Schema unchecked(WriterSchemas schemas) {
        try {
            return schemas.byId(id);
        } catch (UndecodableException e) {
            throw new AssertionError(e);
        }
    }
}
