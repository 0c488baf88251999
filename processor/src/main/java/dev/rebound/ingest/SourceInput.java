package dev.rebound.ingest;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.zip.ZipException;

/** Counts what is read of a source, and tells its failures from those of what is written meanwhile. */
final class SourceInput extends FilterInputStream {
    private long count;

    SourceInput(InputStream in) {
        super(in);
    }

    /** Number of bytes read. */
    long count() {
        return count;
    }

    @Override
    public int read() throws IOException {
        try {
            int next = in.read();
            count += next < 0 ? 0 : 1;
            return next;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        try {
            int read = in.read(target, from, length);
            count += Math.max(0, read);
            return read;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** With a sentence about what failed. */
    static UnreadableSourceException unreadable(IOException problem) {
        if (problem instanceof UnreadableSourceException known) {
            return known;
        }
        return new UnreadableSourceException(sentence(problem), problem);
    }

    private static String sentence(IOException problem) {
        if (problem instanceof NoSuchFileException) {
            return "It is not there any more.";
        }
        if (problem instanceof AccessDeniedException) {
            return "Its permissions do not allow it.";
        }
        if (problem instanceof ZipException || problem instanceof EOFException) {
            return "What is compressed in it is damaged or cut off.";
        }
        return "The reason given is: " + problem.getMessage() + ".";
    }
}
