package dev.rebound.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rebound.ingest.InputSource;
import dev.rebound.ingest.InputSources;
import dev.rebound.schema.Correlation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Mails as many servers wrote them; they lie beside the repository, and not everywhere. */
class CorpusTest {

    private static final Path MAILS =
            Path.of(System.getProperty("repository.root", "..")).resolve("../shared/corpus/mails");

    @Test
    void everyMailIsAccountedFor() throws IOException {
        assumeTrue(Files.isDirectory(MAILS), "no mails beside the repository");
        DsnReader reader = new DsnReader("default", Correlation.ASSERTED, Clock.systemUTC());
        List<InputSource> mails = InputSources.mails(List.of(MAILS.toString()), InputStream.nullInputStream());
        List<String> reports = new ArrayList<>();
        for (InputSource mail : mails) {
            MailReading reading = reader.read(Files.readAllBytes(mail.path().orElseThrow()), mail.name());
            if (reading instanceof MailReading.Report report) {
                assertThat(report.events()).as(mail.name()).isNotEmpty();
                reports.add(mail.name());
            } else if (reading instanceof MailReading.NotRead notRead) {
                assertThat(notRead.reason().sentence()).as(mail.name()).isNotBlank();
            }
        }
        assertThat(mails).hasSizeGreaterThan(200);
        assertThat(reports).hasSizeGreaterThanOrEqualTo(215);
    }
}
