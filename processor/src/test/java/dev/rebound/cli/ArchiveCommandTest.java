package dev.rebound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rebound.archive.SampleArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What needs no broker. */
class ArchiveCommandTest {

    @TempDir
    private Path parent;

    private Path directory;

    @BeforeEach
    void write() throws IOException {
        directory = parent.resolve("archive");
        SampleArchive.write(directory);
    }

    private CommandRun archive(String command, String... more) {
        String[] arguments = new String[more.length + 3];
        arguments[0] = "archive";
        arguments[1] = command;
        System.arraycopy(more, 0, arguments, 2, more.length);
        arguments[more.length + 2] = directory.toString();
        return CommandRun.of(arguments);
    }

    @Test
    void listShowsOffsetsAndTimesOfEachPartition() {
        CommandRun run = archive("list");

        assertThat(run.exit()).isZero();
        assertThat(run.out().lines())
                .map(line -> line.replaceAll(" +", " ").replaceAll(" [0-9]{3,} ", " N "))
                .containsExactly(
                        "topic delivery-events of cluster cluster-1",
                        "PARTITION FROM TO EARLIEST LATEST RECORDS BYTES FILES",
                        "0 0 5 2026-03-01T14:00:00Z 2026-03-01T15:00:00Z 3 N 2",
                        "1 - - - - 0 0 0",
                        "gone before they were archived: partition 0, offsets 3 to 4");
    }

    @Test
    void listAsJsonHasTheSame() throws IOException {
        JsonNode json = new ObjectMapper().readTree(archive("list", "--json").out());

        assertThat(json.path("topic").asText()).isEqualTo("delivery-events");
        assertThat(json.path("partitions").path(0).path("to").asLong()).isEqualTo(6);
        assertThat(json.path("partitions").path(0).path("earliest").asText()).isEqualTo("2026-03-01T14:00:00Z");
        assertThat(json.path("partitions").path(0).path("gaps").toString())
                .isEqualTo("[{\"partition\":0,\"from\":3,\"to\":5}]");
        assertThat(json.path("partitions").path(1).path("from").isNull()).isTrue();
    }

    @Test
    void verifyEndsWell() {
        CommandRun run = archive("verify");

        assertThat(run.exit()).as(run.out()).isZero();
        assertThat(run.out())
                .contains("3 records in 2 files, offsets 0 to 5")
                .contains("NOTED")
                .contains("offsets 3 to 4 were gone from the topic before they were archived");
    }

    @Test
    void verifyNamesABadFileAndFails() throws IOException {
        Files.write(directory.resolve(SampleArchive.FILE), new byte[] {1}, StandardOpenOption.WRITE);

        CommandRun run = archive("verify");

        assertThat(run.exit()).isEqualTo(ExitCode.FAILED.code());
        assertThat(run.out().lines())
                .filteredOn(line -> line.startsWith("FAILED"))
                .hasSize(2)
                .anyMatch(line -> line.contains(SampleArchive.FILE + "  has SHA-256 "))
                .anyMatch(line -> line.contains("1 of 2 files are bad"));
    }

    @Test
    void verifyNamesAFileThatIsMissing() throws IOException {
        Files.delete(directory.resolve(SampleArchive.FILE));

        assertThat(archive("verify", "--json").out())
                .contains(
                        "{\"check\":\"" + SampleArchive.FILE
                                + "\",\"result\":\"FAILED\",\"finding\":\"is not there\",\"remedy\":\"bring it back from a copy\"}");
    }

    @Test
    void whatIsNoArchiveIsSaidToBeNone() {
        directory = parent;

        CommandRun run = archive("list");

        assertThat(run.exit()).isEqualTo(ExitCode.FAILED.code());
        assertThat(run.err()).startsWith("rebound: " + parent + " is no archive: it has no file manifest.ndjson");
        assertThat(archive("verify").exit()).isEqualTo(ExitCode.FAILED.code());
    }

    @Test
    void aSpanThatEndsBeforeItBeginsIsRefused() {
        CommandRun run = CommandRun.of(
                "archive",
                "write",
                "--dir",
                directory.toString(),
                "--from",
                "2026-03-02T00:00:00Z",
                "--to",
                "2026-03-01T00:00:00Z");

        assertThat(run.exit()).isEqualTo(ExitCode.USAGE.code());
        assertThat(run.err()).contains("--from: 2026-03-02T00:00:00Z (expected: a moment before --to");
    }
}
