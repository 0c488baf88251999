package dev.rebound.ingest;

import java.io.InputStream;

/**
 * A mail that is about to be read.
 *
 * @param source where it is, for source references: the file's path, with {@code #} and its number in a file of several
 * @param fileName what a file with this mail alone could be called
 * @param content its bytes; to be read before the next mail of the same file is asked for. It throws an
 *     {@link UnreadableSourceException} when it cannot be read
 */
record Mail(String source, String fileName, InputStream content) {}
