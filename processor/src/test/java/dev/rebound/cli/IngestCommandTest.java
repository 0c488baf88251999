package dev.rebound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.mail.SampleMails;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestCommandTest {

    @TempDir
    private Path directory;

    @Test
    void printsTheEventsOfAMaildir() throws IOException {
        Files.createDirectories(directory.resolve("box/cur"));
        Path mail = Files.createDirectories(directory.resolve("box/new")).resolve("1.a.host");
        Files.write(mail, SampleMails.bytes("expired.eml"));

        CommandRun run = dsn(directory.resolve("box").toString(), "--print");

        assertThat(run.exit()).isEqualTo(ExitCode.OK.code());
        assertThat(run.out().lines()).singleElement().asString().contains("away@example.org");
        assertThat(run.err()).startsWith("Read 1 mails: 1 events from 1 reports, 0 set aside.");
    }

    @Test
    void whatIsPrintedIsNotMoved() {
        CommandRun run = dsn(
                directory.toString(),
                "--print",
                "--move-read",
                directory.resolve("read").toString());

        assertThat(run.exit()).isEqualTo(ExitCode.USAGE.code());
        assertThat(run.err()).contains("--move-read does not go with --print");
    }

    @Test
    void refusesWhatCannotBeFollowed() {
        assertThat(dsn("-", "--print", "--follow").err()).contains("standard input (-) cannot be followed");
        assertThat(dsn(directory.toString(), "--print", "--follow", "--poll", "0")
                        .err())
                .contains("--poll: 0 (expected: 1 or more)");
        assertThat(dsn(directory.toString(), "--move-read", directory.toString())
                        .err())
                .contains("is read and written to at once: " + directory);
    }

    @Test
    void explainsWhatWasMadeOfAMailAndKeepsNothing() throws Exception {
        Path mails = Files.createDirectories(directory.resolve("mails"));
        Files.write(mails.resolve("1.eml"), SampleMails.bytes("notices/exim.eml"));
        Files.write(mails.resolve("2.eml"), SampleMails.bytes("vacation.eml"));

        CommandRun run = dsn(mails.toString(), "--explain");

        assertThat(run.exit()).isEqualTo(ExitCode.OK.code());
        assertThat(run.out())
                .contains(
                        mails.resolve("1.eml").toString(),
                        "reader              exim",
                        "known by            the words \"returning message to sender\"",
                        "recipient           kim@example.net, correlation ASSERTED",
                        "  classified as     BAD_MAILBOX",
                        mails.resolve("2.eml").toString(),
                        "set aside           AUTOMATIC_REPLY: ");
        assertThat(directory.resolve("aside")).doesNotExist();
        assertThat(dsn(mails.toString(), "--explain", "--follow").err()).contains("it only looks");
        assertThat(dsn(mails.resolve("3.eml").toString(), "--explain").exit()).isNotEqualTo(ExitCode.OK.code());
    }

    private CommandRun dsn(String... arguments) {
        return CommandRun.of(Stream.concat(
                        Stream.of(
                                "ingest",
                                "dsn",
                                "--set-aside",
                                directory.resolve("aside").toString()),
                        Stream.of(arguments))
                .toArray(String[]::new));
    }
}
