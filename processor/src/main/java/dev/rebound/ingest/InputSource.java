package dev.rebound.ingest;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A file, or standard input, to read mails or lines from. */
public final class InputSource {

    /** How standard input is called, on the command line and in source references. */
    public static final String STANDARD_INPUT = "-";

    private final String name;
    private final Path path;
    private final InputStream standardInput;

    private InputSource(String name, Path path, InputStream standardInput) {
        this.name = name;
        this.path = path;
        this.standardInput = standardInput;
    }

    /** A file, which need not be readable yet. */
    public static InputSource file(Path path) {
        return new InputSource(path.toString(), path, null);
    }

    /** A stream that can be read once and is not closed by the reader. */
    public static InputSource standardInput(InputStream in) {
        return new InputSource(STANDARD_INPUT, null, in);
    }

    /** The path as the user gave it or as its directory gave it; {@link #STANDARD_INPUT} for standard input. */
    public String name() {
        return name;
    }

    /** Empty for standard input. */
    public Optional<Path> path() {
        return Optional.ofNullable(path);
    }

    InputStream open() throws IOException {
        if (path != null) {
            return Files.newInputStream(path);
        }
        return new FilterInputStream(standardInput) {
            @Override
            public void close() {
                // It belongs to the process.
            }
        };
    }
}
