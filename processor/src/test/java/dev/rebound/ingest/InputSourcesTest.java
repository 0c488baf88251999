package dev.rebound.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputSourcesTest {

    private static final InputStream NOTHING = InputStream.nullInputStream();

    @TempDir
    private Path directory;

    @Test
    void listsDirectoriesInOrderWithoutHiddenFiles() throws IOException {
        for (String name : List.of("b.eml", "a/z.eml", "a/y", ".hidden", ".git/x.eml", "c.eml")) {
            Path file = directory.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "x");
        }
        Files.createSymbolicLink(directory.resolve("a/up"), directory);

        assertThat(InputSources.mails(List.of(directory.toString(), "-"), NOTHING))
                .extracting(InputSource::name)
                .containsExactly(
                        directory.resolve("a/y").toString(),
                        directory.resolve("a/z.eml").toString(),
                        directory.resolve("b.eml").toString(),
                        directory.resolve("c.eml").toString(),
                        "-");
    }

    @Test
    void namesWhatDoesNotExist() {
        assertThatThrownBy(() ->
                        InputSources.mails(List.of(directory.resolve("none").toString()), NOTHING))
                .isInstanceOf(UnusableInputException.class)
                .hasMessage("no such file or directory: " + directory.resolve("none"));
    }

    @Test
    void refusesADirectoryOfLinesAndStandardInputTwice() {
        assertThatThrownBy(() -> InputSources.lines(List.of(directory.toString()), NOTHING))
                .isInstanceOf(UnusableInputException.class)
                .hasMessageStartingWith("is a directory: " + directory);
        assertThatThrownBy(() -> InputSources.lines(List.of("-", "-"), NOTHING))
                .isInstanceOf(UnusableInputException.class);
    }
}
