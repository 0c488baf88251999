package dev.rebound.http;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What breaks the contract is found. */
class OpenApiContractTest {

    private static final String PATH = "/health/live";

    @Test
    void anAnswerThatKeepsToItPasses() {
        assertThatCode(() -> check(200, "application/json", "{\"live\":true}")).doesNotThrowAnyException();
        assertThatCode(() -> check(200, "application/json; charset=utf-8", "{\"live\":true}"))
                .doesNotThrowAnyException();
    }

    @Test
    void whatIsNotDocumentedIsFound() {
        assertBroken(204, "application/json", "{\"live\":true}", "status 204 is not documented for GET /health/live");
        assertBroken(404, "application/problem+json", "{}", "status 404 is not documented");
        assertBroken(200, "text/plain", "{\"live\":true}", "text/plain is not a documented media type");
        assertBroken(200, "application/json", "{\"live\":\"yes\"}", "/live: string found, boolean expected");
        assertBroken(200, "application/json", "{}", "required property 'live' not found");
        assertBroken(200, "application/json", "{\"live\":true,\"pid\":1}", "property 'pid' is not defined");
        assertBroken(200, "application/json", "live", "not JSON");
        assertThatThrownBy(() -> OpenApiContract.check("GET", "/nowhere", null))
                .hasMessageContaining("GET /nowhere is not documented");
    }

    private static void assertBroken(int status, String type, String body, String how) {
        assertThatThrownBy(() -> check(status, type, body))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(how);
    }

    private static void check(int status, String type, String body) throws Exception {
        Route route = Route.get(PATH, Access.OPEN, context -> context.status(status)
                .contentType(type)
                .result(body));
        HttpSettings settings = new HttpSettings(Servers.LOOPBACK, 0, null, null, Servers.LIMITS);
        try (HttpServer server = HttpServer.start(settings, List.of(route))) {
            HttpResponse<String> answer = Servers.get(server, PATH);
            OpenApiContract.check("GET", PATH, answer);
        }
    }
}
