package dev.rebound.http;

import static dev.rebound.http.Servers.LOOPBACK;
import static dev.rebound.http.Servers.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rebound.http.HttpSettings.Limits;
import dev.rebound.http.HttpSettings.Tls;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client can take up, what it is told when something is wrong, and TLS. */
class HttpServerTest {

    private static final String KEY_PASSWORD = "key-store-secret";

    @TempDir
    private Path temporary;

    @Test
    void aBodyMayBeAsLargeAsTheLimit() throws Exception {
        try (HttpServer server = Servers.start(LOOPBACK, TOKEN)) {
            String largest = "x".repeat(10_000);

            assertThat(Servers.post(server, "/open", largest).body()).isEqualTo("10000");
            HttpResponse<String> refused = Servers.post(server, "/open", largest + "x");
            assertThat(refused.statusCode()).isEqualTo(413);
            assertThat(Problems.of(refused).path("title").asText()).isEqualTo("Content Too Large");
            assertThat(refused.body()).contains("expected: at most 10000 bytes");
        }
    }

    @Test
    void aBodyOfUntoldLengthIsCutOffAtTheLimit() throws Exception {
        try (HttpServer server = Servers.start(LOOPBACK, TOKEN)) {
            assertThat(chunked(server, "x".repeat(10_000))).startsWith("HTTP/1.1 200");
            assertThat(chunked(server, "x".repeat(10_001)))
                    .startsWith("HTTP/1.1 413")
                    .contains("Content-Type: application/problem+json", "{\"type\":\"about:blank\",");
        }
    }

    private static String chunked(HttpServer server, String body) throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            return client.send("POST /open HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                            + "Transfer-Encoding: chunked\r\n\r\n"
                            + Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n")
                    .answer();
        }
    }

    @Test
    void aHeadThatIsTooLargeIsRefused() throws Exception {
        try (HttpServer server = Servers.start(LOOPBACK, TOKEN)) {
            HttpResponse<String> answer = Servers.get(server, "/open", "X-Long", "x".repeat(5_000));

            assertThat(answer.statusCode()).isEqualTo(431);
            Problems.of(answer);
            assertThat(answer.body())
                    .isEqualTo(
                            Problems.plain(
                                    "Request Header Fields Too Large",
                                    431,
                                    "the request's line and headers are too large; rebound.http.max.header.bytes sets the limit"));
        }
    }

    @Test
    void aRequestThatIsNoneIsRefused() throws Exception {
        try (HttpServer server = Servers.start(LOOPBACK, TOKEN);
                RawClient client = new RawClient(server.port())) {
            assertThat(client.send("nonsense\r\n\r\n").answer())
                    .startsWith("HTTP/1.1 400")
                    .contains("Content-Type: application/problem+json")
                    .endsWith(Problems.plain("Bad Request", 400, "the request is not valid HTTP (expected: RFC 9112)"))
                    .doesNotContainIgnoringCase("jetty");
        }
    }

    @Test
    void whatIsNotThereAndWhatFailsIsAProblem() throws Exception {
        try (HttpServer server = Servers.start(LOOPBACK, TOKEN)) {
            HttpResponse<String> missing = Servers.get(server, "/nowhere/jo@example.org");
            assertThat(missing.statusCode()).isEqualTo(404);
            assertThat(Problems.of(missing).path("title").asText()).isEqualTo("Not Found");
            assertThat(missing.body()).doesNotContain("jo@example.org");

            HttpResponse<String> broken = Servers.get(server, "/broken");
            assertThat(broken.statusCode()).isEqualTo(500);
            Problems.of(broken);
            assertThat(broken.body())
                    .isEqualTo(Problems.plain("Internal Server Error", 500, "internal error; the log says more"));
        }
    }

    @Test
    void moreConnectionsThanTheLimitWait() throws Exception {
        try (HttpServer server = Servers.start(LOOPBACK, TOKEN, null, limits(2, Duration.ofSeconds(20)));
                RawClient first = new RawClient(server.port());
                RawClient second = new RawClient(server.port())) {
            String request = "GET /open HTTP/1.1\r\nHost: localhost\r\n\r\n";
            assertThat(first.send(request).statusLine()).contains(" 200 ");
            assertThat(second.send(request).statusLine()).contains(" 200 ");
            try (RawClient third = new RawClient(server.port())) {
                third.send(request);
                assertThat(third.isAnsweredWithin(Duration.ofMillis(300))).isFalse();
                first.hangUp();
                assertThat(third.statusLine()).contains(" 200 ");
            }
        }
    }

    @Test
    void aClientThatNeverEndsItsHeadIsCutOff() throws Exception {
        try (HttpServer server = Servers.start(LOOPBACK, TOKEN, null, limits(50, Duration.ofMillis(300)));
                RawClient client = new RawClient(server.port())) {
            client.send("GET /open HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");

            assertThat(client.isCutOffWhileSending("x", Duration.ofMillis(50))).isTrue();
        }
    }

    @Test
    void aClientThatNeverEndsItsBodyIsCutOff() throws Exception {
        try (HttpServer server = Servers.start(LOOPBACK, TOKEN, null, limits(50, Duration.ofMillis(300)));
                RawClient client = new RawClient(server.port())) {
            client.send("POST /open HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9000\r\n\r\n");

            assertThat(client.isCutOffWhileSending("x", Duration.ofMillis(50))).isTrue();
            assertThat(Servers.get(server, "/open").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aBusyConnectionIsNotCutOff() throws Exception {
        try (HttpServer server = Servers.start(LOOPBACK, TOKEN, null, limits(50, Duration.ofMillis(300)));
                RawClient client = new RawClient(server.port())) {
            long end = System.nanoTime() + Duration.ofSeconds(2).toNanos();
            while (System.nanoTime() < end) {
                client.send("HEAD /open HTTP/1.1\r\nHost: localhost\r\n\r\n");
                assertThat(client.statusLine()).contains(" 200 ");
                while (!client.statusLine().isEmpty()) {}
            }
        }
    }

    private static Limits limits(int connections, Duration request) {
        return new Limits(10_000, 4_096, connections, request, 8);
    }

    @Test
    void itServesWithTheFewestThreads() throws Exception {
        Limits fewest = new Limits(10_000, 4_096, 50, Duration.ofSeconds(20), HttpServer.MIN_THREADS);
        try (HttpServer server = Servers.start(LOOPBACK, TOKEN, null, fewest)) {
            assertThat(Servers.get(server, "/open").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aPortThatIsTakenIsNamedWithTheKey() {
        try (HttpServer server = Servers.start(LOOPBACK, TOKEN)) {
            HttpSettings same = new HttpSettings(LOOPBACK, server.port(), null, null, Servers.LIMITS);

            assertThatThrownBy(() -> HttpServer.start(same, List.of()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("cannot listen on 127.0.0.1:" + server.port())
                    .hasMessageContaining("rebound.http.port");
        }
    }

    @Test
    void withAKeyStoreItSpeaksTls() throws Exception {
        Path keys = keyStore();
        try (HttpServer server =
                Servers.start(LOOPBACK, TOKEN, new Tls(keys, new Password(KEY_PASSWORD), "PKCS12"), Servers.LIMITS)) {
            HttpClient client =
                    HttpClient.newBuilder().sslContext(trusting(keys)).build();
            URI uri = URI.create("https://127.0.0.1:" + server.port() + "/open");

            HttpResponse<String> answer =
                    client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.sslSession().orElseThrow().getProtocol()).isIn("TLSv1.3", "TLSv1.2");
            assertThat(server.scheme()).isEqualTo("https");
            try (RawClient plain = new RawClient(server.port())) {
                assertThat(plain.send("GET /open HTTP/1.1\r\nHost: localhost\r\n\r\n")
                                .answer())
                        .doesNotContain("200 OK");
            }
        }
    }

    @Test
    void aKeyStoreThatCannotBeUsedIsNamedWithoutItsPassword() throws Exception {
        Tls wrong = new Tls(keyStore(), new Password("not-the-password"), "PKCS12");

        assertThatThrownBy(() -> Servers.start(LOOPBACK, TOKEN, wrong, Servers.LIMITS))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("keys.p12")
                .hasMessageContaining("rebound.http.tls.keystore.path")
                .message()
                .doesNotContain("not-the-password");
    }

    private Path keyStore() throws Exception {
        Path keys = temporary.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        keys.toString(),
                        "-storepass",
                        KEY_PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(temporary.resolve("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(keys).exists();
        return keys;
    }

    private static SSLContext trusting(Path keys) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, KEY_PASSWORD.toCharArray());
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        KeyStore certificates = KeyStore.getInstance("PKCS12");
        certificates.load(null, null);
        certificates.setCertificateEntry("server", store.getCertificate("server"));
        trust.init(certificates);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
