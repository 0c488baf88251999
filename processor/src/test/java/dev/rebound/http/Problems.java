package dev.rebound.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;

/** Reads answers that tell of a problem. */
final class Problems {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Problems() {}

    /** The problem that an answer tells of, which has to have the answer's status and a problem's media type. */
    static JsonNode of(HttpResponse<String> answer) throws Exception {
        assertThat(answer.headers().firstValue("Content-Type"))
                .as(answer.body())
                .hasValue(Problem.MEDIA_TYPE);
        JsonNode problem = JSON.readTree(answer.body());
        assertThat(problem.path("status").asInt()).as(answer.body()).isEqualTo(answer.statusCode());
        assertThat(problem.path("title").asText()).as(answer.body()).isNotBlank();
        return problem;
    }

    /** What a plain problem says, in the order of its members; its type is about:blank. */
    static String plain(String title, int status, String detail) {
        return "{\"type\":\"about:blank\",\"title\":\"" + title + "\",\"status\":" + status + ",\"detail\":\"" + detail
                + "\"}";
    }
}
