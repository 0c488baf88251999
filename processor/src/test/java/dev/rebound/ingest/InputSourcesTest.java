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

    @Test
    void ofAMaildirTheMailsAreRead() throws IOException {
        for (String name : List.of(
                "box/new/1.a.host",
                "box/cur/2.b.host:2,S",
                "box/cur/3.c.host;2,ST",
                "box/tmp/4.d.host",
                "box/dovecot-uidlist",
                "box/.Bounces/new/5.e.host",
                "box/.Bounces/cur/.lock",
                "box/Bounces/cur/6.f.host!2,",
                "tmp/7")) {
            write(name);
        }
        Files.createDirectories(directory.resolve("box/Bounces/new"));

        assertThat(names(""))
                .containsExactly(
                        "box/Bounces/cur/6.f.host!2,",
                        "box/cur/2.b.host:2,S",
                        "box/cur/3.c.host;2,ST",
                        "box/new/1.a.host",
                        "tmp/7");
        assertThat(names("box/.Bounces")).containsExactly("box/.Bounces/new/5.e.host");
        assertThat(names("tmp")).containsExactly("tmp/7");
        assertThatThrownBy(() -> names("box/tmp"))
                .isInstanceOf(UnusableInputException.class)
                .hasMessageStartingWith("holds mails that are still being delivered: " + directory.resolve("box/tmp"));
    }

    @Test
    void whatTheProgramWritesIsNotReadUnlessItIsNamed() throws IOException {
        write("data/aside/a.eml");
        write("b.eml");
        List<Path> written = List.of(directory.resolve("data/aside"), directory.resolve("not-made-yet"));

        assertThat(InputSources.mails(List.of(directory.toString()), NOTHING, written))
                .extracting(InputSource::name)
                .containsExactly(directory.resolve("b.eml").toString());
        assertThat(InputSources.mails(List.of(directory.resolve("data/aside").toString()), NOTHING, written))
                .hasSize(1);
        assertThatThrownBy(() -> InputSources.refuseNamed(
                        List.of("-", directory.resolve("data/../data/aside").toString()),
                        written.get(0),
                        "--set-aside"))
                .isInstanceOf(UnusableInputException.class)
                .hasMessageStartingWith("is read and written to at once: ");
    }

    private void write(String name) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "x");
    }

    private List<String> names(String below) throws IOException {
        return InputSources.mails(List.of(directory.resolve(below).toString()), NOTHING).stream()
                .map(source -> directory.relativize(source.path().orElseThrow()).toString())
                .toList();
    }
}
