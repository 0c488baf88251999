package dev.rebound.http;

import static dev.rebound.http.Servers.EVERYWHERE;
import static dev.rebound.http.Servers.LOOPBACK;
import static dev.rebound.http.Servers.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may ask for what: by kind of route, by where the server listens, by the token. */
class AccessTest {

    private static final String BEARER = "Bearer " + TOKEN;

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // listens on, token configured, request, Authorization, status
                "127.0.0.1, yes, GET /open,    -,      200",
                "127.0.0.1, yes, GET /open,    wrong,  200",
                "127.0.0.1, yes, GET /read,    -,      200",
                "127.0.0.1, yes, GET /read,    right,  200",
                "127.0.0.1, yes, GET /read,    wrong,  401",
                "127.0.0.1, yes, POST /change, -,      401",
                "127.0.0.1, yes, POST /change, wrong,  401",
                "127.0.0.1, yes, POST /change, basic,  401",
                "127.0.0.1, yes, POST /change, right,  200",
                "127.0.0.1, no,  GET /open,    -,      200",
                "127.0.0.1, no,  GET /read,    -,      200",
                "127.0.0.1, no,  POST /change, -,      403",
                "127.0.0.1, no,  POST /change, right,  403",
                "0.0.0.0,   yes, GET /open,    -,      200",
                "0.0.0.0,   yes, GET /read,    -,      401",
                "0.0.0.0,   yes, GET /read,    wrong,  401",
                "0.0.0.0,   yes, GET /read,    right,  200",
                "0.0.0.0,   yes, HEAD /read,   -,      401",
                "0.0.0.0,   yes, GET /read/x,  -,      401",
                "0.0.0.0,   yes, GET //read,   -,      404",
                "0.0.0.0,   yes, GET /read;x,  -,      404",
                "0.0.0.0,   yes, POST /change, -,      401",
                "0.0.0.0,   yes, POST /change, right,  200",
                "0.0.0.0,   no,  GET /open,    -,      200",
                "0.0.0.0,   no,  GET /read,    -,      403",
                "0.0.0.0,   no,  GET /read,    right,  403",
                "0.0.0.0,   no,  POST /change, -,      403",
            })
    void theKindOfRouteDecides(String host, String configured, String request, String authorization, int status)
            throws Exception {
        String method = request.substring(0, request.indexOf(' '));
        String path = request.substring(request.indexOf(' ') + 1);
        try (HttpServer server = Servers.start(host, configured.equals("yes") ? TOKEN : null)) {
            HttpResponse<String> answer = Servers.send(
                    server,
                    path,
                    builder -> builder.method(method, HttpRequest.BodyPublishers.noBody()),
                    headers(authorization));

            assertThat(answer.statusCode()).isEqualTo(status);
            assertThat(answer.body()).doesNotContain(TOKEN);
            if (status != 200 && !method.equals("HEAD")) {
                assertThat(Problems.of(answer).path("type").asText()).isEqualTo(Problem.PLAIN);
            }
            assertThat(answer.headers().firstValue("WWW-Authenticate").isPresent())
                    .isEqualTo(status == 401);
        }
    }

    private static String[] headers(String authorization) {
        if (authorization == null) {
            return new String[0];
        }
        String value =
                switch (authorization) {
                    case "right" -> BEARER;
                    case "basic" -> "Basic " + TOKEN;
                    default -> "Bearer something-else-than-the-token";
                };
        return new String[] {"Authorization", value};
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE", "PATCH"})
    void noMethodLeadsToWhatAnotherIsRefused(String method) throws Exception {
        try (HttpServer server = Servers.start(EVERYWHERE, TOKEN)) {
            for (String path : new String[] {"/change", "/read/x"}) {
                HttpResponse<String> answer = Servers.send(
                        server, path, builder -> builder.method(method, HttpRequest.BodyPublishers.noBody()));

                assertThat(answer.statusCode()).as("%s %s", method, path).isGreaterThanOrEqualTo(400);
            }
        }
    }

    @Test
    void whatIsMissingIsNamed() throws Exception {
        try (HttpServer server = Servers.start(EVERYWHERE, null)) {
            assertThat(Servers.get(server, "/read").body())
                    .isEqualTo(Problems.plain(
                            "Forbidden",
                            403,
                            "reading from other machines needs a token, and none is configured; "
                                    + "set rebound.http.token.file or rebound.http.token"));
        }
        try (HttpServer server = Servers.start(LOOPBACK, TOKEN)) {
            assertThat(Servers.post(server, "/change", "").body())
                    .isEqualTo(Problems.plain(
                            "Unauthorized", 401, "a token is needed: send the header Authorization: Bearer TOKEN"));
        }
    }

    @Test
    void theSchemeIsReadInAnyCase() throws Exception {
        try (HttpServer server = Servers.start(EVERYWHERE, TOKEN)) {
            assertThat(Servers.get(server, "/read", "Authorization", "bEARER  " + TOKEN)
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    /** A page of the Web that has its own name resolve to 127.0.0.1 sends that name. */
    @Test
    void aBrowserSentHereByAForeignNameReadsNothing() throws Exception {
        try (HttpServer server = Servers.start(LOOPBACK, TOKEN)) {
            assertThat(statusFor(server, "/read", "Host: evil.example:18080")).contains(" 403 ");
            assertThat(statusFor(server, "/read", "Host: localhost:18080")).contains(" 200 ");
            assertThat(statusFor(server, "/open", "Host: evil.example")).contains(" 200 ");
            assertThat(statusFor(server, "/read", "Host: proxy.example", "Authorization: " + BEARER))
                    .contains(" 200 ");
        }
    }

    private static String statusFor(HttpServer server, String path, String... headers) throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            return client.send("GET " + path + " HTTP/1.1\r\n" + String.join("\r\n", headers)
                            + "\r\nConnection: close\r\n\r\n")
                    .statusLine();
        }
    }

    @Test
    void aRouteThatDoesNotSayWhoMayAskIsRefused() {
        assertThatThrownBy(() -> Route.get("/forgotten", null, context -> context.result("")))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("route /forgotten does not say who may ask (expected: an Access)");
    }
}
