package dev.rebound.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {

    @TempDir
    private Path directory;

    @Test
    void remembersMailsAndMarks() throws IOException {
        Path odd = directory.resolve("odd name\u00fc %\n.ndjson");
        Ledger ledger = open();
        ledger.addMails(List.of("d1", "d2"));
        ledger.putMark(odd, new LineMark(10, 1, "x"));
        ledger.putMark(odd, new LineMark(20, 2, "y"));

        Ledger later = open();

        assertThat(later.hasMail("d1")).isTrue();
        assertThat(later.hasMail("d3")).isFalse();
        assertThat(later.mark(odd)).contains(new LineMark(20, 2, "y"));
        assertThat(later.mark(directory.resolve("other"))).isEmpty();
    }

    @Test
    void aTornLastLineIsDropped() throws IOException {
        open().addMails(List.of("d1"));
        Files.writeString(file(), "mail d", StandardOpenOption.APPEND);

        Ledger later = open();
        later.addMails(List.of("d2"));

        assertThat(Files.readAllLines(file())).containsExactly("rebound-ledger 1", "mail d1", "mail d2");
    }

    @Test
    void aLedgerTornInItsFirstLineBeginsAnew() throws IOException {
        Files.writeString(file(), "rebound-le");

        open().addMails(List.of("d1"));

        assertThat(Files.readAllLines(file())).containsExactly("rebound-ledger 1", "mail d1");
    }

    @Test
    void refusesAFileThatIsNoLedgerAndLeavesItAlone() throws IOException {
        Files.writeString(file(), "something\nelse");

        assertThatThrownBy(this::open).isInstanceOf(IOException.class).hasMessageContaining("line 1 cannot be read");
        assertThat(file()).hasContent("something\nelse");
    }

    @Test
    void refusesALineThatItDoesNotKnow() throws IOException {
        Files.writeString(file(), "rebound-ledger 1\nmail d1\nlines x y z w\n");

        assertThatThrownBy(this::open).hasMessageContaining("line 3 cannot be read");
    }

    @Test
    void againForgetsForTheRunOnly() throws IOException {
        open().addMails(List.of("d1"));

        assertThat(Ledger.open(file(), true).hasMail("d1")).isFalse();
        assertThat(open().hasMail("d1")).isTrue();
    }

    @Test
    void clearsOutWhatWasReplaced() throws IOException {
        Ledger ledger = open();
        ledger.addMails(List.of("d1"));
        for (int i = 1; i <= 1_010; i++) {
            ledger.putMark(directory.resolve("f"), new LineMark(i, i, "x"));
        }

        assertThat(open().mark(directory.resolve("f"))).contains(new LineMark(1_010, 1_010, "x"));
        assertThat(Files.readAllLines(file())).hasSize(3);
        assertThat(open().hasMail("d1")).isTrue();
    }

    private Path file() {
        return directory.resolve("ledger");
    }

    private Ledger open() throws IOException {
        return Ledger.open(file(), false);
    }
}
