package dev.rebound.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rebound.classify.CodeTable;
import dev.rebound.classify.ShippedCodes;
import java.net.http.HttpResponse;
import java.util.List;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;

class ClassifyRoutesTest {

    private static final String PATH = "/api/v1/classify";

    @Test
    void aReplyIsExplained() throws Exception {
        try (HttpServer server = start(Servers.LOOPBACK, ShippedCodes.table())) {
            HttpResponse<String> answer = Servers.post(
                    server, PATH, "{\"reply\":\"550 5.7.1 Access denied: no such user (jo@example.org)\"}");

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            OpenApiContract.check("POST", PATH, answer);
            JsonNode json = new ObjectMapper().readTree(answer.body());
            assertThat(json.at("/classification/category").asText()).isEqualTo("BAD_MAILBOX");
            assertThat(json.at("/classification/codesFound/0/code").asText()).isEqualTo("5.7.1");
            assertThat(json.at("/category/whatToDo").asText()).isNotBlank();
            assertThat(json.at("/rules/0/id").asText()).isEqualTo("no-such-user");
            assertThat(json.at("/rules/0/words").asText()).isEqualTo("no such user");
            assertThat(json.at("/rules/0/overruledBecause").isNull()).isTrue();
            assertThat(json.at("/rules").findValuesAsText("overruledBecause"))
                    .contains("its words are weak: they stand beside many reasons");
            assertThat(json.at("/row/id").asText()).isEqualTo("5.7.1");
            assertThat(answer.body()).doesNotContain("jo@example.org");
        }
    }

    @Test
    void theDocumentedExamplesAreExplained() throws Exception {
        List<String> examples = OpenApiContract.requestExamples("POST", PATH);
        try (HttpServer server = start(Servers.LOOPBACK, ShippedCodes.table())) {
            assertThat(examples).isNotEmpty();
            for (String example : examples) {
                HttpResponse<String> answer = Servers.post(server, PATH, example);
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                OpenApiContract.check("POST", PATH, answer);
            }
        }
    }

    @Test
    void whatIsTooLargeIsRefused() throws Exception {
        try (HttpServer server = start(Servers.LOOPBACK, ShippedCodes.table())) {
            HttpResponse<String> answer = Servers.post(server, PATH, "x".repeat(10_001));

            assertThat(answer.statusCode()).isEqualTo(413);
            OpenApiContract.check("POST", PATH, answer);
        }
    }

    @Test
    void whatIsNoEventIsRefusedWithTheReason() throws Exception {
        try (HttpServer server = start(Servers.LOOPBACK, ShippedCodes.table())) {
            assertRefused(Servers.post(server, PATH, "{}"), "nothing to classify");
            assertRefused(Servers.post(server, PATH, "550 5.1.1"), "is not an event");
            assertRefused(Servers.post(server, PATH, "{\"reply\":7}"), "reply");
            assertRefused(Servers.post(server, PATH, "{\"replly\":\"550\"}"), "replly");
        }
    }

    private static void assertRefused(HttpResponse<String> answer, String why) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        OpenApiContract.check("POST", PATH, answer);
        JsonNode problem = Problems.of(answer);
        assertThat(problem.path("type").asText()).isEqualTo("/problems/invalid-body");
        assertThat(problem.path("detail").asText()).contains(why);
    }

    @Test
    void withoutCodesThereIsNoAnswer() throws Exception {
        try (HttpServer server = start(Servers.LOOPBACK, CodeTable.empty())) {
            HttpResponse<String> answer = Servers.post(server, PATH, "{\"reply\":\"550 5.1.1\"}");

            assertThat(answer.statusCode()).isEqualTo(503);
            OpenApiContract.check("POST", PATH, answer);
            assertThat(Problems.of(answer).path("type").asText()).isEqualTo("/problems/not-ready");
            assertThat(answer.body()).contains("not loaded");
        }
    }

    @Test
    void fromOtherMachinesItNeedsTheToken() throws Exception {
        try (HttpServer server = start(Servers.EVERYWHERE, ShippedCodes.table())) {
            String body = "{\"reply\":\"550 5.1.1\"}";

            HttpResponse<String> refused = Servers.post(server, PATH, body);
            assertThat(refused.statusCode()).isEqualTo(401);
            OpenApiContract.check("POST", PATH, refused);
            assertThat(Servers.post(server, PATH, body, "Authorization", "Bearer " + Servers.TOKEN)
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    private static HttpServer start(String host, CodeTable table) {
        return HttpServer.start(
                new HttpSettings(host, 0, new Password(Servers.TOKEN), null, Servers.LIMITS),
                ClassifyRoutes.of(() -> table));
    }
}
