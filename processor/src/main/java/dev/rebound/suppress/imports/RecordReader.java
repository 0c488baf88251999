package dev.rebound.suppress.imports;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/** Stops a CSV record that does not end, as when a quote is not closed, before it fills the memory. For one thread. */
final class RecordReader extends FilterReader {

    /** Most that a record may have, in UTF-16 units; may be exceeded by what a parser reads ahead. */
    static final int MAX_LENGTH = 1024 * 1024;

    private int length;

    RecordReader(Reader in) {
        super(in);
    }

    /** A record begins. */
    void begin() {
        length = 0;
    }

    /** @throws TooLongException when the record that began last has too much */
    @Override
    public int read(char[] buffer, int offset, int count) throws IOException {
        if (length > MAX_LENGTH) {
            throw new TooLongException();
        }
        int read = super.read(buffer, offset, count);
        length += Math.max(0, read);
        return read;
    }

    /** @throws TooLongException when the record that began last has too much */
    @Override
    public int read() throws IOException {
        char[] one = new char[1];
        return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    /** A record is longer than any reply that is worth reading. */
    static final class TooLongException extends IOException {
        private static final long serialVersionUID = 1L;
    }
}
