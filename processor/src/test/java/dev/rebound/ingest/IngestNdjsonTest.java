package dev.rebound.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestNdjsonTest {

    @TempDir
    private Path directory;

    private final RecordingSink sink = new RecordingSink();

    @Test
    void badLinesAreReportedAndTheRestGoesOn() throws Exception {
        write(line("a") + "\n  \nnonsense\n" + line("b") + "\r\n{\"recipient\":\"c@example.net\"}\n" + line("d")
                + "\n");

        IngestSummary summary = run();

        assertThat(sink.recipients()).containsExactly("a@example.net", "b@example.net", "d@example.net");
        assertThat(summary.read()).isEqualTo(5).isEqualTo(summary.events() + summary.badLines());
        assertThat(summary.firstProblems())
                .containsExactly(
                        file() + ":3: not valid JSON at column 9 (expected: RFC 8259)",
                        file()
                                + ":5: nothing says what became of the message (expected: one of reply, status, outcome)");
    }

    @Test
    void aSecondRunReadsWhatWasAppended() throws Exception {
        write(line("a") + "\n" + line("b") + "\n");
        run();
        append(line("c") + "\n");
        IngestSummary second = run();

        assertThat(second.alreadyRead()).isEqualTo(2);
        assertThat(second.events()).isEqualTo(1);
        assertThat(sink.recipients()).containsExactly("a@example.net", "b@example.net", "c@example.net");
        assertThat(sink.stored).extracting("sourceRef").last().isEqualTo(file() + ":3");
        assertThat(run().read()).isZero();
    }

    @Test
    void aFileThatChangedIsReadAsAWhole() throws Exception {
        write(line("a") + "\n" + line("b") + "\n");
        run();
        write(line("x") + "\n" + line("b") + "\n" + line("c") + "\n");
        run();
        write(line("y") + "\n");
        run();

        assertThat(sink.recipients())
                .containsExactly(
                        "a@example.net",
                        "b@example.net",
                        "x@example.net",
                        "b@example.net",
                        "c@example.net",
                        "y@example.net");
        assertThat(sink.stored.get(1).getEventId()).isEqualTo(sink.stored.get(3).getEventId());
    }

    @Test
    void aLastLineWithoutEndIsReadOnce() throws Exception {
        write(line("a") + "\n" + line("b"));
        run();
        append("\n" + line("c"));
        run();
        append("\n" + line("d") + "\n");
        IngestSummary third = run();

        assertThat(sink.recipients())
                .containsExactly("a@example.net", "b@example.net", "c@example.net", "d@example.net");
        assertThat(sink.stored).extracting("sourceRef").last().isEqualTo(file() + ":4");
        assertThat(third.alreadyRead()).isEqualTo(3);
    }

    @Test
    void aHalfWrittenLineIsReadWhenItIsWhole() throws Exception {
        String whole = line("b");
        write(line("a") + "\n" + whole.substring(0, 10));
        assertThat(run().badLines()).isEqualTo(1);
        append(whole.substring(10) + "\n");
        assertThat(run().badLines()).isZero();

        assertThat(sink.recipients()).containsExactly("a@example.net", "b@example.net");
        assertThat(sink.stored).extracting("sourceRef").last().isEqualTo(file() + ":2");
    }

    @Test
    void aLineThatIsTooLongIsSkipped() throws Exception {
        String tooLong = "x".repeat(NdjsonReader.MAX_LINE_BYTES + 1);
        write(line("a") + "\n" + tooLong + "\n" + line("b") + "\n" + tooLong);

        IngestSummary summary = run();

        assertThat(sink.recipients()).containsExactly("a@example.net", "b@example.net");
        assertThat(summary.badLines()).isEqualTo(2);
        assertThat(summary.firstProblems()).allMatch(problem -> problem.endsWith("longer than 4194304 bytes"));
        assertThat(run().badLines()).isEqualTo(1);
    }

    @Test
    void malformedUtf8IsReported() throws Exception {
        Files.write(file(), new byte[] {'{', (byte) 0xff, '}', '\n'});

        assertThat(run().firstProblems()).containsExactly(file() + ":1: not valid UTF-8");
    }

    @Test
    void whatTheSinkDidNotAcknowledgeIsReadAgain() throws Exception {
        write(line("a") + "\n");
        sink.failing = true;
        assertThatThrownBy(this::run).hasMessage("broker gone");
        sink.failing = false;

        assertThat(run().events()).isEqualTo(1);
    }

    @Test
    void stopsAfterTheLineAtHandAndGoesOnFromThere() throws Exception {
        write(line("a") + "\n" + line("b") + "\n" + line("c") + "\n");
        int[] asked = {0};

        IngestSummary first = run(false, () -> asked[0]++ == 2);
        assertThat(first.stopped()).isTrue();
        run();

        assertThat(sink.recipients()).containsExactly("a@example.net", "b@example.net", "c@example.net");
    }

    @Test
    void againReadsFromTheBeginning() throws Exception {
        write(line("a") + "\n");
        run();
        run(true, () -> false);
        run();

        assertThat(sink.recipients()).containsExactly("a@example.net", "a@example.net");
    }

    @Test
    void standardInputIsNotRemembered() throws Exception {
        for (int i = 0; i < 2; i++) {
            InputStream in = new ByteArrayInputStream((line("a") + "\n").getBytes(StandardCharsets.UTF_8));
            ingest(false, () -> false).run(InputSources.lines(List.of("-"), in));
        }

        assertThat(sink.stored).extracting("eventId").hasSize(2).doesNotHaveDuplicates();
    }

    private static String line(String name) {
        return "{\"recipient\":\"" + name + "@example.net\",\"reply\":\"550 5.1.1 no\"}";
    }

    private Path file() {
        return directory.resolve("events.ndjson");
    }

    private void write(String text) throws IOException {
        Files.writeString(file(), text);
    }

    private void append(String text) throws IOException {
        Files.writeString(file(), text, StandardOpenOption.APPEND);
    }

    private IngestSummary run() throws Exception {
        return run(false, () -> false);
    }

    private IngestSummary run(boolean again, BooleanSupplier stop) throws Exception {
        return ingest(again, stop).run(List.of(InputSource.file(file())));
    }

    private IngestNdjson ingest(boolean again, BooleanSupplier stop) throws IOException {
        return new IngestNdjson(
                new NdjsonReader(Clock.systemUTC()),
                sink,
                Ledger.open(directory.resolve("ledger"), again),
                Progress.none(),
                stop);
    }
}
