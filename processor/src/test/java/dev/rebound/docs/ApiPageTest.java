package dev.rebound.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.http.ProblemType;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page about the HTTP interface lists its own types of problems, all and no others. */
class ApiPageTest {

    @Test
    void theTypesAreThoseOfTheSources() {
        List<String> rows = ExampleTable.rows(
                        Repository.read("topology-docs/api.md"), List.of("type", "status", "title", "what to do"))
                .stream()
                .map(row -> row.get("type") + " " + row.get("status") + " " + row.get("title"))
                .toList();

        assertThat(rows)
                .containsExactlyElementsOf(Stream.of(ProblemType.values())
                        .map(type -> type.uri() + " " + type.status() + " " + type.title())
                        .toList());
    }
}
