package dev.rebound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerpCommandTest {

    @TempDir
    private Path directory;

    private String config;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void configure() throws IOException {
        config = file("rebound.verp.format=bounce+{recipient}+{date}+{signature}@bounces.example.com\n"
                + "rebound.verp.key=correct horse battery staple\nrebound.verp.max.age.days=0\n");
    }

    private int rebound(String... arguments) {
        return Rebound.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    private String file(String text) throws IOException {
        return Files.writeString(directory.resolve("rebound.properties"), text).toString();
    }

    @Test
    void signsAndChecks() {
        assertThat(rebound("verp", "sign", "--config", config, "--date", "2026-01-25", "kim@example.org"))
                .isZero();
        String sender = out.toString().strip();
        out.getBuffer().setLength(0);

        assertThat(rebound("verp", "check", "--config", config, sender)).isZero();
        assertThat(out.toString().lines()).containsExactly("recipient kim@example.org", "date 2026-01-25");
        assertThat(err).hasToString("");
    }

    @Test
    void saysWhyAnAddressIsNotValid() {
        assertThat(rebound("verp", "check", "--config", config, "kim@example.org"))
                .isEqualTo(ExitCode.FAILED.code());
        assertThat(err.toString()).contains("not of the configured format");
        assertThat(out).hasToString("");
    }

    @Test
    void tellsOfALocalPartThatReceiversMayRefuse() {
        assertThat(rebound("verp", "sign", "--config", config, "a".repeat(40) + "@example.org"))
                .isZero();
        assertThat(err.toString()).contains("85 octets", "64");
    }

    @Test
    void namesWhatIsMissing() throws IOException {
        assertThat(rebound("verp", "sign", "--config", file(""), "kim@example.org"))
                .isEqualTo(ExitCode.CONFIGURATION.code());
        assertThat(rebound("verp", "sign", "--config", file("rebound.verp.key=0123456789abcdef\n"), "kim@example.org"))
                .isEqualTo(ExitCode.CONFIGURATION.code());
        assertThat(rebound("verp", "sign", "--config", file("rebound.verp.frmat=x\n"), "kim@example.org"))
                .isEqualTo(ExitCode.CONFIGURATION.code());
        assertThat(err.toString().lines())
                .containsExactly(
                        "rebound: configuration: rebound.verp.format and rebound.verp.key are not set; set both in the file"
                                + " of --config or in the environment",
                        "rebound: configuration: rebound.verp.key is set and rebound.verp.format is not; set both",
                        "rebound: configuration: unknown key rebound.verp.frmat; did you mean rebound.verp.format?");
    }
}
