package dev.rebound.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rebound.classify.CodeTable;
import dev.rebound.classify.ShippedCodes;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What codes and the words of replies mean, over HTTP. */
class CodesRoutesTest {

    private static final String PATH = "/api/v1/codes";

    private final HttpServer server = start(Servers.LOOPBACK, ShippedCodes.table());

    private static HttpServer start(String host, CodeTable table) {
        return HttpServer.start(
                new HttpSettings(host, 0, new Password(Servers.TOKEN), null, Servers.LIMITS),
                CodesRoutes.of(() -> table, Clock.systemUTC()));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private JsonNode codes(String query) throws Exception {
        HttpResponse<String> answer = Servers.get(server, PATH + query);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        OpenApiContract.check(answer);
        return new ObjectMapper().readTree(answer.body()).path("codes");
    }

    private static JsonNode row(JsonNode codes, String code) {
        return StreamSupport.stream(codes.spliterator(), false)
                .filter(row -> row.path("code").asText().equals(code))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void allRowsAreListedCodesFirst() throws Exception {
        JsonNode codes = codes("");
        CodeTable table = ShippedCodes.table();
        List<String> kinds = new ArrayList<>();
        codes.forEach(row -> kinds.add(row.path("kind").asText()));

        assertThat(codes)
                .hasSize(table.rows(Clock.systemUTC().instant()).size()
                        + table.rules(Clock.systemUTC().instant()).size());
        assertThat(kinds).contains("EXACT", "SUBJECT", "BASIC", "CLASS", "GROUP");
        assertThat(kinds.subList(kinds.indexOf("TEXT"), kinds.size())).containsOnly("TEXT");
    }

    @Test
    void aCodeIsExplained() throws Exception {
        JsonNode gone = row(codes(""), "5.1.1");

        assertThat(gone.path("category").asText()).isEqualTo("BAD_MAILBOX");
        assertThat(gone.path("scope").asText()).isEqualTo("RECIPIENT");
        assertThat(gone.path("recipientGone").asText()).isEqualTo("ALWAYS");
        assertThat(gone.path("whatToDo").asText()).isNotBlank();
        assertThat(gone.path("origins").toString()).isEqualTo("[\"seed\",\"iana\"]");
        assertThat(row(codes(""), "no-such-user").path("summary").asText()).contains("no such user");
    }

    @Test
    void aTextInAnyOfTheWordsIsSought() throws Exception {
        assertThat(codes("?q=5.1.1").findValuesAsText("code")).contains("5.1.1");
        assertThat(codes("?q=%20Mailbox%20FULL%20").findValuesAsText("code")).contains("5.2.2");
        assertThat(codes("?q=MAILBOX_FULL")).isNotEmpty().allSatisfy(row -> assertThat(row.toString())
                .containsIgnoringCase("MAILBOX_FULL"));
        assertThat(codes("?q=no%20text%20has%20this")).isEmpty();
        assertThat(codes("?q=")).hasSameSizeAs(codes(""));
    }

    @Test
    void anotherParameterIsRefused() throws Exception {
        HttpResponse<String> answer = Servers.get(server, PATH + "?query=full");

        assertThat(answer.statusCode()).isEqualTo(400);
        OpenApiContract.check(answer);
        assertThat(Problems.of(answer).at("/errors/0/at").asText()).isEqualTo("query");
    }

    @Test
    void withoutCodesThereIsNoAnswer() throws Exception {
        try (HttpServer early = start(Servers.LOOPBACK, CodeTable.empty())) {
            HttpResponse<String> answer = Servers.get(early, PATH);

            assertThat(answer.statusCode()).isEqualTo(503);
            OpenApiContract.check(answer);
            assertThat(Problems.of(answer).path("type").asText()).isEqualTo("/problems/not-ready");
        }
    }

    @Test
    void fromOtherMachinesTheTokenIsNeeded() throws Exception {
        try (HttpServer open = start(Servers.EVERYWHERE, ShippedCodes.table())) {
            HttpResponse<String> refused = Servers.get(open, PATH);
            assertThat(refused.statusCode()).isEqualTo(401);
            OpenApiContract.check(refused);
            assertThat(Servers.get(open, PATH, "Authorization", "Bearer " + Servers.TOKEN)
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void theyCanBeAskedForWithoutTheBody() throws Exception {
        HttpResponse<String> answer =
                Servers.send(server, PATH, request -> request.method("HEAD", HttpRequest.BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
    }
}
