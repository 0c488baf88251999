package dev.rebound.codes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rebound.json.PlainJson;
import dev.rebound.schema.BounceType;
import dev.rebound.schema.StatusCode;
import dev.rebound.schema.StatusCodeRevision;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CodeFileTest {

    private static final CodesTopic.Content EMPTY = new CodesTopic.Content(Map.of(), Map.of());

    @Test
    void entriesKeepWhatTheOperatorSaysBesideAndCountAlways() {
        StatusCodeRevision present = StatusCodeRevision.newBuilder()
                .setEffectiveFrom(Instant.parse("2026-03-01T00:00:00Z"))
                .setRecordedAt(Instant.parse("2026-03-02T00:00:00Z"))
                .setRecordedBy("ann")
                .setSummary("ours")
                .setBounceType(BounceType.HARD)
                .build();
        CodesTopic.Content content = new CodesTopic.Content(
                Map.of("operator/5.1.1", new StatusCode("5.1.1", "operator", List.of(present))), Map.of());
        assertThat(CodeFile.read(
                        "codes.yaml",
                        "- code: 5.1.1\n  bounceType: soft\n- code: 5.2.2\n  category: mailbox_full\n",
                        content))
                .containsExactly(
                        new StatusCode(
                                "5.1.1",
                                "operator",
                                List.of(StatusCodeRevision.newBuilder()
                                        .setSummary("ours")
                                        .setBounceType(BounceType.SOFT)
                                        .build())),
                        new StatusCode(
                                "5.2.2",
                                "operator",
                                List.of(StatusCodeRevision.newBuilder()
                                        .setCategory("MAILBOX_FULL")
                                        .build())));
    }

    @Test
    void linesOfAnExportAreWholeRows() {
        StatusCode row = new StatusCode(
                "5.1.1",
                "operator",
                List.of(StatusCodeRevision.newBuilder()
                        .setEffectiveFrom(Instant.parse("2026-03-01T00:00:00Z"))
                        .setBounceType(BounceType.SOFT)
                        .build()));
        assertThat(CodeFile.read("export.jsonl", PlainJson.write(row, PlainJson.Nulls.OMIT) + "\n\n", EMPTY))
                .containsExactly(row);
    }

    @Test
    void complaintsNameThePlace() {
        refuses("- code: 5.1.1\n  bounceType: maybe\n", ":2", "bounceType", "maybe", "HARD or SOFT");
        refuses("- bounceType: SOFT\n", ":1", "code");
        refuses("- code: 5.1.1\n- code: 5.1.1\n", ":2", "each code once");
        refuses("- code: 5.1.1\n  category: NOPE\n", "NOPE", "BAD_MAILBOX");
        refuses("- code: user-unknown\n", "user-unknown");
        refuses("{\"id\":\"5.1.1\"}\n", "line 1");
    }

    private static void refuses(String text, String... said) {
        assertThatThrownBy(() -> CodeFile.read("codes.yaml", text, EMPTY))
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(problem ->
                        assertThat(problem.getMessage()).contains("codes.yaml").contains(said));
    }
}
