package dev.rebound.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rebound.mail.DsnReader;
import dev.rebound.mail.SampleMails;
import dev.rebound.schema.Correlation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class NewFilesTest {

    @TempDir
    private Path directory;

    private long now;
    private final List<String> problems = new ArrayList<>();

    @Test
    void aFileIsGivenOutOnceWhenNobodyWritesToItAnyMore() throws IOException {
        try (NewFiles files = files(directory)) {
            Path file = Files.writeString(directory.resolve("a.eml"), "begun");
            assertThat(complete(files)).isEmpty();
            seconds(1);
            Files.writeString(file, " and ended", StandardOpenOption.APPEND);
            assertThat(complete(files)).isEmpty();
            seconds(1.9);
            assertThat(complete(files)).isEmpty();
            seconds(0.1);
            assertThat(complete(files)).containsExactly("a.eml");
            seconds(10);
            assertThat(complete(files)).isEmpty();
            Files.writeString(file, " and changed", StandardOpenOption.APPEND);
            assertThat(complete(files)).isEmpty();
            seconds(2);
            assertThat(complete(files)).containsExactly("a.eml");
        }
    }

    @Test
    void namesOfUnfinishedFilesWait() throws IOException {
        try (NewFiles files = files(directory)) {
            Path begun = Files.writeString(directory.resolve("a.part"), "x");
            Files.writeString(directory.resolve("b.tmp"), "x");
            Files.writeString(directory.resolve(".c"), "x");
            complete(files);
            seconds(9);
            assertThat(complete(files)).isEmpty();
            Files.move(begun, directory.resolve("a"));
            complete(files);
            seconds(2);
            assertThat(complete(files)).containsExactly("a");
        }
    }

    @Test
    void aMailWithOtherFlagsIsTheSame() throws IOException {
        Path fresh = Files.createDirectories(directory.resolve("new")).resolve("1.a.host");
        Path seen = Files.createDirectories(directory.resolve("cur")).resolve("1.a.host:2,S");
        Files.writeString(fresh, "x");
        try (NewFiles files = files(directory)) {
            complete(files);
            seconds(2);
            assertThat(complete(files)).containsExactly("1.a.host");
            Files.move(fresh, seen);
            complete(files);
            seconds(2);
            assertThat(complete(files)).isEmpty();
        }
    }

    @Test
    void aDirectoryThatIsAwayIsToldOnceAndTriedAgain() throws IOException {
        Path mails = Files.createDirectory(directory.resolve("mails"));
        Files.writeString(mails.resolve("a.eml"), "x");
        try (NewFiles files = files(mails)) {
            Files.move(mails, directory.resolve("away"), StandardCopyOption.ATOMIC_MOVE);
            assertThat(complete(files)).isEmpty();
            assertThat(complete(files)).isEmpty();
            Files.move(directory.resolve("away"), mails, StandardCopyOption.ATOMIC_MOVE);
            complete(files);
            seconds(2);
            assertThat(complete(files)).containsExactly("a.eml");
        }
        assertThat(problems)
                .containsExactly("cannot look for new files: no such file or directory: " + mails + " (tried again)");
    }

    @Test
    void whatIsAwayDoesNotKeepTheOthersFromBeingRead() throws IOException {
        Path mailbox = Files.writeString(directory.resolve("old.mbox"), "x");
        Path mails = Files.createDirectory(directory.resolve("mails"));
        try (NewFiles files = files(mailbox, mails)) {
            complete(files);
            seconds(2);
            assertThat(complete(files)).containsExactly("old.mbox");
            Files.delete(mailbox);
            Files.writeString(mails.resolve("a.eml"), "x");
            complete(files);
            seconds(2);
            assertThat(complete(files)).containsExactly("a.eml");
            assertThat(complete(files)).isEmpty();
        }
        assertThat(problems)
                .containsExactly("cannot look for new files: no such file or directory: " + mailbox + " (tried again)");
    }

    @Test
    void standardInputCannotBeFollowed() {
        assertThatThrownBy(() -> new NewFiles(List.of("-"), List.of(), Duration.ofSeconds(5), Progress.none()))
                .isInstanceOf(UnusableInputException.class);
    }

    /** With the system's own clock and notices, until the events are there. */
    @Test
    @Timeout(60)
    void mailsAreReadAsTheyComeUntilStopped() throws Exception {
        Path mails = Files.createDirectory(directory.resolve("mails"));
        Path read = directory.resolve("read");
        Files.write(mails.resolve("1.eml"), SampleMails.bytes("expired.eml"));
        RecordingSink sink = new RecordingSink();
        // Asked between mails and while waiting, on the thread that reads.
        boolean[] delivered = {false};
        try (NewFiles files =
                new NewFiles(List.of(mails.toString()), List.of(), Duration.ofSeconds(1), Progress.none())) {
            IngestSummary summary = new IngestDsn(
                            new DsnReader("default", Correlation.ASSERTED, Clock.systemUTC()),
                            sink,
                            Ledger.none(),
                            new SetAside(directory.resolve("aside")),
                            ReadFiles.moveTo(read),
                            Progress.none(),
                            () -> {
                                if (sink.stored.size() == 1 && !delivered[0]) {
                                    deliver(mails.resolve("below/2.eml"));
                                    delivered[0] = true;
                                }
                                return sink.stored.size() == 2;
                            })
                    .follow(files);

            assertThat(summary.stopped()).isFalse();
            assertThat(summary.moved()).isEqualTo(2);
        }
        assertThat(sink.recipients()).containsExactly("away@example.org", "happy@example.net");
        assertThat(read.resolve("2.eml")).exists();
    }

    private static void deliver(Path file) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, SampleMails.bytes("delivered.eml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private NewFiles files(Path... named) throws IOException {
        Progress progress = new Progress() {
            @Override
            public void advanced(long read, long events, double share) {}

            @Override
            public void problem(String message) {
                problems.add(message);
            }

            @Override
            public void finished() {}
        };
        return new NewFiles(
                Stream.of(named).map(Path::toString).toList(), List.of(), Duration.ofSeconds(5), progress, () -> now);
    }

    private void seconds(double seconds) {
        now += (long) (seconds * TimeUnit.SECONDS.toNanos(1));
    }

    private static List<String> complete(NewFiles files) {
        return files.complete().stream()
                .map(source -> source.path().orElseThrow().getFileName().toString())
                .toList();
    }
}
