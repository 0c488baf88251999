package dev.rebound.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rebound.mail.DsnReader;
import dev.rebound.mail.SampleMails;
import dev.rebound.mail.SetAsideReason;
import dev.rebound.schema.Correlation;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.schema.Outcome;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.zip.GZIPOutputStream;
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

    @Test
    void readsTheMailsOfAMailbox() throws Exception {
        List<Dialect.Parts> parts = List.of(parts("expired.eml"), parts("vacation.eml"), parts("delivered.eml"));
        Path mailbox = Files.write(directory.resolve("bounces.mbox"), Dialect.MBOXRD.file(parts));

        IngestSummary summary = ingest(false, () -> false).run(List.of(InputSource.file(mailbox)));

        assertThat(summary.read()).isEqualTo(3);
        assertThat(summary.byReader()).isEqualTo(Map.of("dsn", 2L));
        assertThat(sink.recipients()).containsExactly("away@example.org", "happy@example.net");
        assertThat(sink.stored)
                .extracting(DeliveryEvent::getSourceRef)
                .containsExactly(mailbox + "#1#1", mailbox + "#3#1");
        assertThat(Files.readAllLines(aside.resolve("index.tsv")).get(1))
                .matches("bounces-[0-9a-f]{12}\\.eml\tAUTOMATIC_REPLY\t.*bounces\\.mbox#2\tThe mail .*");
    }

    @Test
    void aMailIsTheSameAloneAndInAMailbox() throws Exception {
        run(false);
        List<Dialect.Parts> parts = List.of(parts("expired.eml"), parts("delivered.eml"));
        byte[] compressed = gzip(Dialect.MBOXO.file(parts));

        IngestSummary summary = ingest(false, () -> false)
                .run(List.of(InputSource.standardInput(new ByteArrayInputStream(compressed))));

        assertThat(summary.alreadyRead()).isEqualTo(1);
        assertThat(summary.read()).isEqualTo(1);
        assertThat(sink.stored.get(sink.stored.size() - 1).getSourceRef()).isEqualTo("-#2#1");
    }

    @Test
    void stopsInTheMiddleOfAMailboxAndGoesOnThere() throws Exception {
        List<Dialect.Parts> parts =
                List.of(parts("expired.eml"), parts("delivered.eml"), parts("several-recipients.eml"));
        Path mailbox = Files.write(directory.resolve("bounces"), Dialect.MBOXCL2.file(parts));
        int[] asked = {0};

        IngestSummary first = ingest(false, () -> asked[0]++ == 2).run(List.of(InputSource.file(mailbox)));
        IngestSummary second = ingest(false, () -> false).run(List.of(InputSource.file(mailbox)));

        assertThat(first.stopped()).isTrue();
        assertThat(first.read()).isEqualTo(2);
        assertThat(second.alreadyRead()).isEqualTo(2);
        assertThat(second.read()).isEqualTo(1);
    }

    @Test
    void aMailThatIsTooLargeDoesNotHideTheNext() throws Exception {
        String large = "0123456789abcde\n".repeat(DsnReader.MAX_MAIL_BYTES / 16 + 1);
        byte[] file = Dialect.MBOXO.file(
                List.of(parts("expired.eml"), new Dialect.Parts("Subject: large", large), parts("delivered.eml")));

        IngestSummary summary =
                ingest(false, () -> false).run(List.of(InputSource.standardInput(new ByteArrayInputStream(file))));

        assertThat(sink.recipients()).containsExactly("away@example.org", "happy@example.net");
        assertThat(summary.setAside()).isEqualTo(Map.of(SetAsideReason.TOO_LARGE, 1L));
        try (var copies = Files.list(aside)) {
            assertThat(copies.filter(path -> path.toString().endsWith(".eml")))
                    .singleElement()
                    .satisfies(copy ->
                            assertThat(Files.size(copy)).isEqualTo("Subject: large\n\n".length() + large.length()));
        }
    }

    @Test
    void aFileThatCannotBeReadFurtherIsToldAndLeavesNothingHalf() throws Exception {
        byte[] large = new byte[DsnReader.MAX_MAIL_BYTES + 1_000_000];
        new Random(1).nextBytes(large);
        byte[] compressed = gzip(large);
        Path file = Files.write(directory.resolve("large.gz"), Arrays.copyOf(compressed, compressed.length - 10_000));
        Path other = Files.writeString(directory.resolve("a.bz2"), "BZh91AY&SY");

        IngestSummary summary =
                ingest(false, () -> false).run(List.of(InputSource.file(file), InputSource.file(other)));

        assertThat(summary.setAside()).isEqualTo(Map.of(SetAsideReason.UNREADABLE, 2L));
        assertThat(summary.read()).isEqualTo(2);
        assertThat(summary.firstProblems())
                .containsExactly(
                        file + ": The file could not be read. What is compressed in it is damaged or cut off.",
                        other + ": The file could not be read. It is compressed with bzip2 (expected: gzip, or not"
                                + " compressed; unpack it with bunzip2).");
        try (var copies = Files.list(aside)) {
            assertThat(copies).containsExactly(aside.resolve("index.tsv"));
        }
    }

    @Test
    void aMailThatItsReaderGotANewNameForIsRead() throws Exception {
        Path fresh = Files.createDirectories(directory.resolve("box/new")).resolve("1.a.host");
        Path seen = Files.createDirectories(directory.resolve("box/cur")).resolve("1.a.host:2,S");
        Files.write(fresh, SampleMails.bytes("expired.eml"));
        List<InputSource> sources =
                InputSources.mails(List.of(directory.resolve("box").toString()), InputStream.nullInputStream());
        Files.move(fresh, seen);

        assertThat(ingest(false, () -> false).run(sources).reports()).isEqualTo(1);
    }

    @Test
    void tenThousandMailsAreReadFromADirectoryOneAtATime() throws Exception {
        String report = new String(SampleMails.bytes("expired.eml"), StandardCharsets.UTF_8);
        Path many = Files.createDirectories(directory.resolve("many"));
        for (int i = 0; i < 10_000; i++) {
            Files.writeString(many.resolve(i + ".eml"), report + "\nNumber " + i + "\n");
        }
        long[] flushed = {0, 0};
        EventSink counting = new EventSink() {
            @Override
            public void accept(DeliveryEvent event) {
                flushed[1]++;
            }

            @Override
            public void flush() {
                assertThat(flushed[1]).isLessThanOrEqualTo(500);
                flushed[0] += flushed[1];
                flushed[1] = 0;
            }
        };

        IngestSummary summary = new IngestDsn(
                        reader(),
                        counting,
                        Ledger.none(),
                        new SetAside(aside),
                        ReadFiles.stay(),
                        Progress.none(),
                        () -> false)
                .run(InputSources.mails(List.of(many.toString()), InputStream.nullInputStream()));

        assertThat(summary.reports()).isEqualTo(10_000);
        assertThat(flushed[0]).isEqualTo(10_000);
    }

    private static Dialect.Parts parts(String sample) {
        String mail = new String(SampleMails.bytes(sample), StandardCharsets.ISO_8859_1);
        int header = mail.indexOf("\n\n");
        return new Dialect.Parts(mail.substring(0, header), mail.substring(header + 2));
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(file)) {
            out.write(content);
        }
        return file.toByteArray();
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
                reader(),
                sink,
                Ledger.open(directory.resolve("state/ledger"), again),
                new SetAside(aside),
                ReadFiles.stay(),
                Progress.none(),
                stop);
    }

    private static DsnReader reader() {
        return new DsnReader("default", Correlation.ASSERTED, Clock.systemUTC());
    }
}
