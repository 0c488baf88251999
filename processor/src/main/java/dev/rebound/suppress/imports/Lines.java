package dev.rebound.suppress.imports;

import java.io.BufferedReader;
import java.io.IOException;

/** The lines of a file, of bounded length, with their numbers. Lines end with CR, LF, or both. For one thread. */
final class Lines {

    /** In UTF-16 units; what a line has beyond is passed over. */
    static final int MAX_LENGTH = 64 * 1024;

    private final BufferedReader in;
    private long number;

    /** @param in read no further than to the end of the line that was asked for last */
    Lines(BufferedReader in) {
        this.in = in;
    }

    /** The next line without its end; null when there is none. */
    String next() throws IOException {
        int c = in.read();
        if (c < 0) {
            return null;
        }
        number++;
        StringBuilder line = new StringBuilder();
        for (; c >= 0 && c != '\n' && c != '\r'; c = in.read()) {
            if (line.length() < MAX_LENGTH) {
                line.append((char) c);
            }
        }
        if (c == '\r') {
            passOver('\n');
        }
        return line.toString();
    }

    /** Number of the line that was given last, from 1. */
    long number() {
        return number;
    }

    /** Passes over a character, if it is the next one. */
    void passOver(char expected) throws IOException {
        in.mark(1);
        int next = in.read();
        if (next >= 0 && next != expected) {
            in.reset();
        }
    }
}
