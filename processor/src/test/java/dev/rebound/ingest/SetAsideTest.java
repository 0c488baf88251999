package dev.rebound.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.event.Digests;
import dev.rebound.mail.SetAsideReason;
import java.io.ByteArrayInputStream;
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
        Path mail = Files.writeString(directory.resolve("件".repeat(80) + ".eml"), "x");
        Path aside = directory.resolve("aside");
        new SetAside(aside)
                .copy(
                        InputSource.file(mail),
                        new ByteArrayInputStream("x".getBytes(StandardCharsets.UTF_8)),
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
