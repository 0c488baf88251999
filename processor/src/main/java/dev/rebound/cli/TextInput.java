package dev.rebound.cli;

import dev.rebound.json.Utf8Reader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/** Text in UTF-8 that a user names: a file, or {@code -} for standard input. */
final class TextInput {

    private static final String STANDARD_INPUT = "-";

    private TextInput() {}

    /** Opens it; reading what is not UTF-8 fails with {@link dev.rebound.json.NotUtf8Exception}. */
    static Reader open(String file) throws IOException {
        return new Utf8Reader(name(file), stream(file));
    }

    /** Reads all of it. @throws dev.rebound.json.NotUtf8Exception when it is not UTF-8 */
    static String read(String file) throws IOException {
        try (Reader in = open(file)) {
            StringWriter text = new StringWriter();
            in.transferTo(text);
            return text.toString();
        }
    }

    /** What complaints call it. */
    static String name(String file) {
        return file.equals(STANDARD_INPUT) ? "standard input" : file;
    }

    private static InputStream stream(String file) throws IOException {
        return file.equals(STANDARD_INPUT) ? System.in : Files.newInputStream(Path.of(file));
    }
}
