package dev.rebound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds of every command. */
class ReboundTest {

    /** As a disk is that is full. */
    private static final OutputStream FULL = new OutputStream() {
        @Override
        public void write(int b) throws IOException {
            throw new IOException("no space left");
        }
    };

    @ParameterizedTest
    @ValueSource(
            strings = {
                "classify 550",
                "policy presets",
                "policy explain",
                "config docs",
                "suppressions list --help",
                "--version"
            })
    void aResultThatCannotBeWrittenIsAFailure(String command) {
        StringWriter err = new StringWriter();

        int exit = Rebound.commandLine()
                .setOut(new PrintWriter(FULL))
                .setErr(new PrintWriter(err))
                .execute(command.split(" "));

        assertThat(exit).isEqualTo(ExitCode.FAILED.code());
        assertThat(err).hasToString(String.format("rebound: standard output cannot be written%n"));
    }

    @Test
    void standardOutputItselfIsLookedAt() {
        PrintStream before = System.out;
        System.setOut(new PrintStream(FULL));
        try {
            StringWriter err = new StringWriter();

            int exit = Rebound.commandLine().setErr(new PrintWriter(err)).execute("policy", "presets");

            assertThat(exit).isEqualTo(ExitCode.FAILED.code());
            assertThat(err).asString().contains("standard output cannot be written");
        } finally {
            System.setOut(before);
        }
    }
}
