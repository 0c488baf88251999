package dev.rebound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Other tools read what {@code classify --batch} prints: its fields and their order stay as they are here. */
class ClassifyCommandTest {

    @TempDir
    private Path directory;

    private CommandRun batch(String... lines) throws IOException {
        Path file = Files.write(directory.resolve("events.ndjson"), java.util.List.of(lines));
        return CommandRun.of("classify", "--batch", file.toString());
    }

    @Test
    void aLineOfJsonForEachEventInOrder() throws IOException {
        CommandRun run = batch(
                "{\"eventId\":\"a\",\"recipient\":\"x@example.com\",\"reply\":\"550-5.1.1 no\\n550 5.1.1 no\"}",
                "{\"eventId\":\"b\",\"status\":\"4.2.2\",\"reply\":null,\"recipient\":null,\"outcome\":null}",
                "{\"reply\":\"no code at all\"}",
                "{\"eventId\":\"d\",\"reply\":\"250 2.0.0 ok\",\"outcome\":\"DELIVERED\"}");
        assertThat(run.out().lines())
                .containsExactly(
                        "{\"eventId\":\"a\",\"statusClass\":5,\"bounceType\":\"HARD\",\"category\":\"BAD_MAILBOX\","
                                + "\"scope\":\"RECIPIENT\",\"recipientGone\":true,\"enhancedCode\":\"5.1.1\","
                                + "\"basicCode\":\"550\",\"confidence\":\"HIGH\",\"layer\":\"EXACT\",\"rule\":\"5.1.1\"}",
                        "{\"eventId\":\"b\",\"statusClass\":4,\"bounceType\":\"SOFT\",\"category\":\"MAILBOX_FULL\","
                                + "\"scope\":\"RECIPIENT\",\"recipientGone\":false,\"enhancedCode\":\"4.2.2\","
                                + "\"basicCode\":null,\"confidence\":\"HIGH\",\"layer\":\"EXACT\",\"rule\":\"4.2.2\"}",
                        "{\"eventId\":null,\"statusClass\":null,\"bounceType\":\"SOFT\",\"category\":\"UNDETERMINED\","
                                + "\"scope\":\"UNKNOWN\",\"recipientGone\":false,\"enhancedCode\":null,"
                                + "\"basicCode\":null,\"confidence\":\"NONE\",\"layer\":\"NONE\",\"rule\":null}",
                        "{\"eventId\":\"d\",\"statusClass\":2,\"bounceType\":\"NONE\",\"category\":\"DELIVERED\","
                                + "\"scope\":\"UNKNOWN\",\"recipientGone\":false,\"enhancedCode\":\"2.0.0\","
                                + "\"basicCode\":\"250\",\"confidence\":\"HIGH\",\"layer\":\"CLASS\",\"rule\":\"2.XXX.YYY\"}");
        assertThat(run.exit()).isEqualTo(ExitCode.OK.code());
        assertThat(run.err()).isEmpty();
    }

    @Test
    void aMalformedLineIsNamedAndTheRestGoesOn() throws IOException {
        CommandRun run = batch(
                "{\"reply\":\"550 5.1.1 x\"}",
                "{\"reply\":",
                "{\"repyl\":\"550 5.1.1 x\"}",
                "{\"reply\":\"550 5.1.1 x\",\"outcome\":\"PERHAPS\"}",
                "[]",
                "{}",
                "{\"reply\":\"452 4.2.2 x\"}");
        assertThat(run.out().lines()).hasSize(7);
        assertThat(run.out().lines().toList().get(1)).startsWith("{\"line\":2,\"error\":");
        assertThat(run.out().lines().toList().get(2))
                .startsWith("{\"line\":3,\"error\":")
                .contains("reply");
        assertThat(run.out().lines().toList().get(3))
                .startsWith("{\"line\":4,\"error\":")
                .contains("outcome");
        assertThat(run.out().lines().toList().get(4)).startsWith("{\"line\":5,\"error\":");
        assertThat(run.out().lines().toList().get(6)).contains("MAILBOX_FULL");
        assertThat(run.exit()).isEqualTo(ExitCode.OK.code());
        assertThat(run.err()).contains("5 malformed lines");
    }

    @Test
    void fieldsThatEventsDoNotHaveArePassedOverWhereThereIsAReply() throws IOException {
        CommandRun run = batch("{\"eventId\":\"a\",\"reply\":\"550 5.1.1 x\",\"label\":\"userunknown\"}");
        assertThat(run.out()).contains("BAD_MAILBOX");
    }

    @Test
    void aSingleReplyIsExplained() {
        CommandRun run = CommandRun.of("classify", "550 4.4.7 delivery time expired");
        assertThat(run.out())
                .startsWith("EXPIRED: soft bounce, class 4")
                .contains("decided by  code 4.4.7")
                .contains("550 at 0 in the reply, not used");
    }

    @Test
    void aSuccessCodeAloneIsADeliveryUnlessSaidOtherwise() {
        assertThat(CommandRun.of("classify", "250 2.1.5 OK").out()).startsWith("DELIVERED: not a bounce, class 2");
        assertThat(CommandRun.of("classify", "--outcome", "bounced", "250 2.1.5 OK")
                        .out())
                .startsWith("UNDETERMINED: soft bounce, class 2");
    }

    @Test
    void whatIsMissingIsSaid() {
        assertThat(CommandRun.of("classify").err()).contains("Give a REPLY, a --status, or a --batch FILE.");
        CommandRun run =
                CommandRun.of("classify", "--batch", directory.resolve("absent").toString());
        assertThat(run.err()).contains("absent").contains("no such file");
        assertThat(run.exit()).isEqualTo(ExitCode.FAILED.code());
    }
}
