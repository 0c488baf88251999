package dev.rebound.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rebound.mail.DsnReader;
import dev.rebound.mail.SampleMails;
import dev.rebound.schema.Correlation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadFilesTest {

    @TempDir
    private Path directory;

    private Path mails;
    private Path read;
    private final RecordingSink sink = new RecordingSink();

    @BeforeEach
    void deliver() throws IOException {
        read = directory.resolve("read");
        mails = directory.resolve("box");
        for (String name : List.of("box/new/1.a.host", "box/cur/2.b.host:2,ST")) {
            Files.createDirectories(directory.resolve(name).getParent());
        }
        Files.write(mails.resolve("new/1.a.host"), SampleMails.bytes("expired.eml"));
        Files.write(mails.resolve("cur/2.b.host:2,ST"), SampleMails.bytes("vacation.eml"));
    }

    @Test
    void movesWhatIsStoredOrSetAside() throws Exception {
        IngestSummary summary = run();

        assertThat(summary.moved()).isEqualTo(2);
        assertThat(summary.notMoved()).isZero();
        assertThat(names(read)).containsExactly("1.a.host", "2.b.host:2,ST");
        assertThat(read.resolve("1.a.host")).hasBinaryContent(SampleMails.bytes("expired.eml"));
        assertThat(names(mails.resolve("new"))).isEmpty();
        assertThat(names(directory.resolve("aside"))).hasSize(2);
        assertThat(names(directory.resolve("aside"))).anyMatch(name -> name.matches("2\\.b-[0-9a-f]{12}\\.host"));
    }

    @Test
    void movesNothingThatIsNotAcknowledged() throws Exception {
        sink.failing = true;
        assertThatThrownBy(this::run).hasMessage("broker gone");

        assertThat(names(read)).isEmpty();
        assertThat(mails.resolve("new/1.a.host")).exists();
    }

    /** As after a crash between the note in the ledger and the move. */
    @Test
    void movesWhatAnEarlierRunRead() throws Exception {
        ingest(ReadFiles.stay()).run(sources());
        IngestSummary second = run();

        assertThat(second.alreadyRead()).isEqualTo(2);
        assertThat(second.moved()).isEqualTo(2);
        assertThat(sink.stored).hasSize(1);
    }

    @Test
    void aNameThatIsTakenKeepsBothFiles() throws Exception {
        Files.createDirectories(read);
        Files.writeString(read.resolve("1.a.host"), "another");

        IngestSummary summary = run();

        assertThat(summary.moved()).isEqualTo(1);
        assertThat(summary.notMoved()).isEqualTo(1);
        assertThat(summary.firstProblems())
                .containsExactly(
                        mails.resolve("new/1.a.host") + ": read, but not moved: " + read + " has a file of that name");
        assertThat(read.resolve("1.a.host")).hasContent("another");
        assertThat(mails.resolve("new/1.a.host")).exists();
    }

    @Test
    void anotherFileSystemKeepsTheOriginal() throws Exception {
        Path elsewhere = Path.of("/dev/shm");
        assumeTrue(Files.isWritable(elsewhere) && !Files.getFileStore(elsewhere).equals(Files.getFileStore(directory)));
        Path other = Files.createTempDirectory(elsewhere, "read");
        try {
            IngestSummary summary = ingest(ReadFiles.moveTo(other)).run(sources());

            assertThat(summary.notMoved()).isEqualTo(2);
            assertThat(summary.firstProblems()).allMatch(problem -> problem.contains("is on another file system"));
            assertThat(names(other)).isEmpty();
            assertThat(mails.resolve("new/1.a.host")).exists();
        } finally {
            Files.delete(other);
        }
    }

    @Test
    void whatGrewSinceItWasOpenedAndLinksStay() throws Exception {
        Path file = mails.resolve("new/1.a.host");
        Path link = Files.createSymbolicLink(mails.resolve("new/link"), file);
        ReadFiles.Found found = new ReadFiles.Found(file, FileStamp.of(file));
        Files.writeString(file, "From x", StandardOpenOption.APPEND);
        ReadFiles moving = ReadFiles.moveTo(read);

        assertThatThrownBy(() -> moving.move(found)).hasMessageContaining("it changed while it was read");
        assertThatThrownBy(() -> moving.move(new ReadFiles.Found(link, FileStamp.of(link))))
                .hasMessageContaining("it is a link");
        assertThat(names(read)).isEmpty();
    }

    @Test
    void aMailboxOfWhichSomeCannotBeReadStays() throws Exception {
        Path damaged = Files.write(directory.resolve("damaged.gz"), new byte[] {0x1f, (byte) 0x8b, 8, 0});

        IngestSummary summary = ingest(ReadFiles.moveTo(read)).run(List.of(InputSource.file(damaged)));

        assertThat(summary.moved()).isZero();
        assertThat(damaged).exists();
    }

    private IngestSummary run() throws Exception {
        return ingest(ReadFiles.moveTo(read)).run(sources());
    }

    private List<InputSource> sources() throws IOException {
        return InputSources.mails(List.of(mails.toString()), InputStream.nullInputStream());
    }

    private IngestDsn ingest(ReadFiles readFiles) throws IOException {
        return new IngestDsn(
                new DsnReader("default", Correlation.ASSERTED, Clock.systemUTC()),
                sink,
                Ledger.open(directory.resolve("state/ledger"), false),
                new SetAside(directory.resolve("aside")),
                readFiles,
                Progress.none(),
                () -> false);
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
