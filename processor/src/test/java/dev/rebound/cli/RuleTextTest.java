package dev.rebound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.classify.CodeTable;
import dev.rebound.classify.TextRule;
import dev.rebound.schema.StatusCode;
import dev.rebound.schema.StatusCodeRevision;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuleTextTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private static final CodeTable TABLE = CodeTable.of(List.of(
            new StatusCode(
                    "box-closed",
                    "rebound",
                    List.of(StatusCodeRevision.newBuilder()
                            .setCategory("MAILBOX_DISABLED")
                            .setRecipientGone(true)
                            .setPhrases(List.of("box closed", "closed box"))
                            .setExplanation("Closed.")
                            .setReference("observed")
                            .build())),
            new StatusCode(
                    "box-closed",
                    "operator",
                    List.of(StatusCodeRevision.newBuilder()
                            .setProvider("google")
                            .setCondition("class=5")
                            .setEffectiveFrom(NOON)
                            .setRecordedAt(NOON)
                            .setRecordedBy("ann")
                            .build()))));

    private static String shown(TextRule rule) {
        StringWriter text = new StringWriter();
        RuleText.print(rule, TABLE, "box-closed", new PrintWriter(text));
        return text.toString();
    }

    @Test
    void aLineSaysWhatTheRuleIs() {
        assertThat(RuleText.line(TABLE.rule("box-closed", NOON)).split(" {2,}|(?<=\\S) (?=operator)"))
                .containsExactly(
                        "box-closed", "MAILBOX_DISABLED", "gone google", "class=5", "operator+rebound 2 phrases");
    }

    @Test
    void aLineOfJsonSaysItAll() {
        assertThat(RuleText.json(TABLE.rule("box-closed", NOON)))
                .isEqualTo("{\"id\":\"box-closed\",\"category\":\"MAILBOX_DISABLED\",\"scope\":\"RECIPIENT\","
                        + "\"recipientGone\":true,\"provider\":\"google\",\"when\":\"class=5\",\"bounceType\":null,"
                        + "\"phrases\":[\"box closed\",\"closed box\"],\"explanation\":\"Closed.\","
                        + "\"source\":\"observed\",\"origins\":\"operator+rebound\"}");
    }

    @Test
    void aRuleIsShownMergedAndByOrigin() {
        assertThat(shown(TABLE.rule("box-closed", NOON)))
                .startsWith("box-closed")
                .contains("  category     MAILBOX_DISABLED", "  scope        RECIPIENT, recipient gone")
                .contains("  provider     google", "  when         class=5", "  bounce type  by the code")
                .contains("  phrase       box closed", "  phrase       closed box", "  source       observed")
                .contains("  operator:", "    {\"effectiveFrom\":\"2026-03-01T12:00:00Z\"", "\"recordedBy\":\"ann\"")
                .contains("  rebound:");
    }

    @Test
    void aRuleThatIsNotInForceIsShownByOrigin() {
        assertThat(shown(null)).contains("  in force     no", "  rebound:");
    }
}
