package dev.rebound.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A directory with temporary tables, which goes with them when it is closed. Readable by its owner only: tables hold addresses. */
final class Scratch implements AutoCloseable {

    private final Path directory;
    private final List<Table> tables = new ArrayList<>();

    private Scratch(Path directory) {
        this.directory = directory;
    }

    /** @throws UncheckedIOException when the directory cannot be made */
    static Scratch in(Path parent) {
        try {
            return new Scratch(Files.createTempDirectory(parent, "rebound-compare-"));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot make a directory for temporary tables in " + parent
                            + "; name another one with JAVA_OPTS=-Djava.io.tmpdir=DIRECTORY",
                    e);
        }
    }

    /** An empty table. */
    Table table() {
        Table table = new Table(directory.resolve(Integer.toString(tables.size())));
        tables.add(table);
        return table;
    }

    @Override
    public void close() {
        tables.forEach(Table::close);
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete the temporary tables in " + directory, e);
        }
    }
}
