package dev.rebound.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rebound.mail.DsnReader;
import dev.rebound.mail.SampleMails;
import dev.rebound.mail.SetAsideReason;
import dev.rebound.schema.Correlation;
import dev.rebound.schema.Outcome;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestDsnTest {

    @TempDir
    private Path directory;

    private Path mails;
    private Path aside;
    private final RecordingSink sink = new RecordingSink();

    @BeforeEach
    void copyMails() throws IOException {
        mails = Files.createDirectories(directory.resolve("mails/below"));
        aside = directory.resolve("aside");
        for (String name :
                List.of("expired.eml", "several-recipients.eml", "disorder.eml", "arf-not-spam.eml", "vacation.eml")) {
            Files.write(mails.resolve(name), SampleMails.bytes(name));
        }
        Files.write(mails.resolve("twice.eml"), SampleMails.bytes("expired.eml"));
        Files.writeString(mails.resolve(".hidden.eml"), "not read");
    }

    @Test
    void accountsForEveryMail() throws Exception {
        IngestSummary summary = run(false);

        assertThat(summary.read()).isEqualTo(5).isEqualTo(summary.reports() + summary.setAsideTotal());
        assertThat(summary.reports()).isEqualTo(3);
        assertThat(summary.alreadyRead()).isEqualTo(1);
        assertThat(summary.events()).isEqualTo(6).isEqualTo(sink.stored.size());
        assertThat(summary.byOutcome())
                .isEqualTo(
                        Map.of(Outcome.BOUNCED, 2L, Outcome.DEFERRED, 2L, Outcome.DELIVERED, 1L, Outcome.EXPIRED, 1L));
        assertThat(summary.setAside())
                .isEqualTo(Map.of(SetAsideReason.NOT_SPAM, 1L, SetAsideReason.AUTOMATIC_REPLY, 1L));
        assertThat(summary.refusedBlocks()).isEqualTo(Map.of(SetAsideReason.NO_ADDRESS, 1L));
        assertThat(summary.stopped()).isFalse();
    }

    @Test
    void keepsCopiesOfWhatItCouldNotRead() throws Exception {
        run(false);

        List<String> index = Files.readAllLines(aside.resolve("index.tsv"));
        assertThat(index).hasSize(4).first().isEqualTo("file\treason\tsource\texplanation");
        assertThat(index.get(1))
                .matches("arf-not-spam-[0-9a-f]{12}\\.eml\tNOT_SPAM\t.*arf-not-spam\\.eml\tThe mail takes .*");
        assertThat(index.get(2))
                .contains("NO_ADDRESS")
                .endsWith("Recipient 2: " + SetAsideReason.NO_ADDRESS.sentence());
        Path copy = aside.resolve(index.get(1).split("\t")[0]);
        assertThat(copy).hasBinaryContent(SampleMails.bytes("arf-not-spam.eml"));
    }

    @Test
    void aSecondRunIsHarmless() throws Exception {
        run(false);
        IngestSummary second = run(false);

        assertThat(second.read()).isZero();
        assertThat(second.alreadyRead()).isEqualTo(6);
        assertThat(sink.stored).hasSize(6);
        assertThat(Files.readAllLines(aside.resolve("index.tsv"))).hasSize(4);
    }

    @Test
    void againReadsEverythingOnceMore() throws Exception {
        run(false);
        IngestSummary second = run(true);

        assertThat(second.read()).isEqualTo(5);
        assertThat(sink.stored).hasSize(12);
        assertThat(sink.stored.subList(6, 12))
                .extracting("eventId")
                .isEqualTo(sink.stored.subList(0, 6).stream()
                        .map(event -> event.getEventId())
                        .toList());
        assertThat(Files.readAllLines(aside.resolve("index.tsv"))).hasSize(4);
    }

    @Test
    void whatTheSinkDidNotAcknowledgeIsReadAgain() throws Exception {
        sink.failing = true;
        assertThatThrownBy(() -> run(false)).hasMessage("broker gone");
        sink.failing = false;

        assertThat(run(false).read()).isEqualTo(5);
    }

    @Test
    void stopsAfterTheMailAtHand() throws Exception {
        int[] asked = {0};
        IngestSummary first = run(false, () -> asked[0]++ == 2);

        assertThat(first.stopped()).isTrue();
        assertThat(first.read()).isEqualTo(2);
        assertThat(run(false).read()).isEqualTo(3);
    }

    @Test
    void anInterruptStopsAndIsPassedOn() throws Exception {
        IngestDsn ingest = ingest(false, () -> false);
        List<InputSource> sources = InputSources.mails(List.of(mails.toString()), InputStream.nullInputStream());

        Thread.currentThread().interrupt();
        IngestSummary summary = ingest.run(sources);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(summary.stopped()).isTrue();
        assertThat(summary.read()).isZero();
    }

    @Test
    void readsStandardInputOnce() throws Exception {
        for (int i = 0; i < 2; i++) {
            InputStream in = new ByteArrayInputStream(SampleMails.bytes("delivered.eml"));
            ingest(false, () -> false).run(InputSources.mails(List.of("-"), in));
        }

        assertThat(sink.recipients()).containsExactly("happy@example.net");
        assertThat(sink.stored.get(0).getSourceRef()).isEqualTo("-#1");
    }

    @Test
    void aFileThatVanishesIsCounted() throws Exception {
        List<InputSource> sources = InputSources.mails(List.of(mails.toString()), InputStream.nullInputStream());
        Files.delete(mails.resolve("disorder.eml"));

        IngestSummary summary = ingest(false, () -> false).run(sources);

        assertThat(summary.setAside()).containsEntry(SetAsideReason.UNREADABLE, 1L);
        assertThat(summary.firstProblems()).hasSize(1).first().asString().contains("disorder.eml");
    }

    @Test
    void aMailThatIsTooLargeIsKeptWhole() throws Exception {
        byte[] large = new byte[DsnReader.MAX_MAIL_BYTES + 10_000];
        large[large.length - 1] = 7;
        Path file = Files.write(directory.resolve("large.eml"), large);

        IngestSummary summary = ingest(false, () -> false).run(List.of(InputSource.file(file)));

        assertThat(summary.setAside()).isEqualTo(Map.of(SetAsideReason.TOO_LARGE, 1L));
        try (var copies = Files.list(aside)) {
            assertThat(copies.filter(path -> path.toString().endsWith(".eml")))
                    .singleElement()
                    .satisfies(copy -> assertThat(Files.mismatch(copy, file)).isEqualTo(-1));
        }
    }

    private IngestSummary run(boolean again) throws Exception {
        return run(again, () -> false);
    }

    private IngestSummary run(boolean again, BooleanSupplier stop) throws Exception {
        return ingest(again, stop)
                .run(InputSources.mails(List.of(directory.resolve("mails").toString()), InputStream.nullInputStream()));
    }

    private IngestDsn ingest(boolean again, BooleanSupplier stop) throws IOException {
        return new IngestDsn(
                new DsnReader("default", Correlation.ASSERTED, Clock.systemUTC()),
                sink,
                Ledger.open(directory.resolve("state/ledger"), again),
                new SetAside(aside),
                Progress.none(),
                stop);
    }
}
