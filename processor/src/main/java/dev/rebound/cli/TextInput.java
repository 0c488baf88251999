package dev.rebound.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Text in UTF-8 that a user names: a file, or {@code -} for standard input. */
final class TextInput {

    private static final String STANDARD_INPUT = "-";

    private TextInput() {}

    /** Opens it; bytes that are not UTF-8 become replacement characters. */
    static Reader open(String file) throws IOException {
        return new InputStreamReader(stream(file), StandardCharsets.UTF_8);
    }

    /** Reads all of it. @throws IllegalArgumentException when it is not UTF-8 */
    static String read(String file) throws IOException {
        try (InputStream in = stream(file)) {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(in.readAllBytes()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(name(file) + ": this is no text in UTF-8", e);
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
