package dev.rebound.json;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * Text in UTF-8, and nothing else: a character that stands in for bytes that are not would make another address of an address.
 * What is before such bytes is read. For one thread.
 */
public final class Utf8Reader extends Reader {

    private static final int BUFFER = 8 * 1024;

    private final String name;
    private final InputStream in;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER).flip();
    private final CharBuffer chars = CharBuffer.allocate(BUFFER).flip();
    private boolean ended;
    private boolean afterReturn;
    private long line = 1;

    /**
     * Reads a stream, and closes it.
     *
     * @param name what complaints call it
     */
    public Utf8Reader(String name, InputStream in) {
        this.name = name;
        this.in = in;
    }

    /** @throws NotUtf8Exception when what comes next is not UTF-8 */
    @Override
    public int read(char[] buffer, int offset, int count) throws IOException {
        if (count == 0) {
            return 0;
        }
        while (!chars.hasRemaining()) {
            if (ended && !bytes.hasRemaining()) {
                return -1;
            }
            decode();
        }
        int read = Math.min(count, chars.remaining());
        chars.get(buffer, offset, read);
        return read;
    }

    private void decode() throws IOException {
        chars.clear();
        CoderResult result = decoder.decode(bytes, chars, ended);
        chars.flip();
        if (chars.hasRemaining()) {
            countLines();
        } else if (result.isError()) {
            throw new NotUtf8Exception(name, line);
        } else {
            fill();
        }
    }

    /** Lines end with CR, LF, or both. */
    private void countLines() {
        for (int i = chars.position(); i < chars.limit(); i++) {
            char c = chars.get(i);
            if (c == '\r' || c == '\n' && !afterReturn) {
                line++;
            }
            afterReturn = c == '\r';
        }
    }

    private void fill() throws IOException {
        bytes.compact();
        int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
        if (read < 0) {
            ended = true;
        } else {
            bytes.position(bytes.position() + read);
        }
        bytes.flip();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
