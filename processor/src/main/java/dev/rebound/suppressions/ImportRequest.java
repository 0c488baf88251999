package dev.rebound.suppressions;

import dev.rebound.suppress.SuppressionList;
import dev.rebound.suppress.imports.ImportFormat;
import java.io.IOException;
import java.io.Reader;

/**
 * A list to be imported.
 *
 * @param name name of the file, for messages and to tell SendGrid's blocks
 * @param text opens it, more than once
 * @param format how to read it; null: by its first line
 * @param list the list that the addresses are put on
 */
public record ImportRequest(String name, Text text, ImportFormat format, SuppressionList list) {

    /** A text that can be read again. */
    @FunctionalInterface
    public interface Text {

        /** Opens the text at its beginning; to be closed by the caller. */
        Reader open() throws IOException;
    }
}
