package dev.rebound.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rebound.http.Problem.Mistake;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.List;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;

class ProblemTest {

    private static final Mistake LIMIT = new Mistake("limit", "0 (expected: 1 to 1000)");
    private static final Mistake SCOPE = new Mistake("scope", "\"all\" (expected: one of RECIPIENT, DOMAIN)");

    @Test
    void everythingThatIsWrongIsSaidAtOnce() throws Exception {
        assertThat(answer(ProblemException.of(ProblemType.INVALID_PARAMETER, List.of(LIMIT, SCOPE))))
                .isEqualTo("{\"type\":\"/problems/invalid-parameter\",\"title\":\"A parameter cannot be used\","
                        + "\"status\":400,\"detail\":\"limit: 0 (expected: 1 to 1000); and 1 more, see errors\","
                        + "\"errors\":[{\"at\":\"limit\",\"detail\":\"0 (expected: 1 to 1000)\"},"
                        + "{\"at\":\"scope\",\"detail\":\"\\\"all\\\" (expected: one of RECIPIENT, DOMAIN)\"}]}");
    }

    @Test
    void aSingleMistakeIsTheDetail() {
        assertThat(Problem.of(ProblemType.INVALID_PARAMETER, List.of(LIMIT)).detail())
                .isEqualTo("limit: 0 (expected: 1 to 1000)");
    }

    @Test
    void withoutMistakesThereAreNoErrors() throws Exception {
        assertThat(answer(ProblemException.of(ProblemType.NOT_READY, "not yet")))
                .isEqualTo("{\"type\":\"/problems/not-ready\",\"title\":\"The instance is not ready\",\"status\":503,"
                        + "\"detail\":\"not yet\"}");
    }

    private static String answer(ProblemException thrown) throws Exception {
        HttpSettings settings =
                new HttpSettings(Servers.LOOPBACK, 0, new Password(Servers.TOKEN), null, Servers.LIMITS);
        Route refusing = Route.get("/refused", Access.OPEN, context -> {
            throw thrown;
        });
        try (HttpServer server = HttpServer.start(settings, List.of(refusing))) {
            HttpResponse<String> answer = Servers.get(server, "/refused");
            Problems.of(answer);
            return answer.body();
        }
    }

    @Test
    void onlySoManyMistakesAreToldOf() {
        Problem problem = Problem.of(
                ProblemType.INVALID_BODY, Collections.nCopies(Problem.MAX_ERRORS + 1, new Mistake("/a", "b")));

        assertThat(problem.errors()).hasSize(Problem.MAX_ERRORS);
        assertThat(problem.detail()).isEqualTo("/a: b; and 100 more, see errors");
    }

    @Test
    void mistakesWithoutOneAreRefused() {
        assertThatThrownBy(() -> Problem.of(ProblemType.INVALID_BODY, List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("mistakes: none (expected: at least one)");
    }

    @Test
    void aPlainProblemWithoutDetailHasThePhraseOfItsStatus() {
        assertThat(Problem.plain(409, ""))
                .isEqualTo(new Problem("about:blank", "Conflict", 409, "Conflict", List.of()));
        assertThat(Problem.plain(409, null).detail()).isEqualTo("Conflict");
    }
}
