package dev.rebound.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.event.Digests;
import dev.rebound.mail.SetAsideReason;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SetAsideTest {

    @TempDir
    private Path directory;

    /** Programs that export mails name the files by their subjects; file systems bound a name's bytes. */
    @Test
    void aNameOfManyLongCharactersIsCutToWhatFileSystemsTake() throws Exception {
        InputStream content = new ByteArrayInputStream("x".getBytes(StandardCharsets.UTF_8));
        Path aside = directory.resolve("aside");
        new SetAside(aside)
                .copy(
                        new Mail("source", "件".repeat(80) + ".eml", InputStream.nullInputStream()),
                        content,
                        Digests.hex(new byte[] {1}),
                        SetAsideReason.NO_REPORT,
                        List.of());
        try (Stream<Path> copies = Files.list(aside)) {
            assertThat(copies.map(path -> path.getFileName().toString()).filter(name -> name.endsWith(".eml")))
                    .singleElement()
                    .satisfies(name -> assertThat(name).startsWith("件".repeat(40) + "-"));
        }
    }
}
