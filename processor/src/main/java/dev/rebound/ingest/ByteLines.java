package dev.rebound.ingest;

import dev.rebound.event.Digests;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/**
 * Splits a stream at line feeds and keeps the digest of what went by. Holds at most one line, and of a line that is too long
 * nothing.
 */
final class ByteLines {

    /**
     * A line.
     *
     * @param content without its line feed; null when it was longer than allowed
     * @param terminated false for a last line without a line feed
     */
    record Line(byte[] content, boolean terminated) {}

    private final InputStream in;
    private final int maxLength;
    private final byte[] buffer = new byte[64 * 1024];
    private int next;
    private int end;

    private MessageDigest digest = Digests.sha256();
    private long offset;
    private MessageDigest digestBefore = digest;
    private long offsetBefore;
    private boolean atLineStart = true;

    ByteLines(InputStream in, int maxLength) {
        this.in = in;
        this.maxLength = maxLength;
    }

    /** The next line; null at the end of the stream. */
    Line next() throws IOException {
        digestBefore = copy(digest);
        offsetBefore = offset;
        ByteArrayOutputStream content = new ByteArrayOutputStream(512);
        boolean tooLong = false;
        while (fill()) {
            int stop = next;
            while (stop < end && buffer[stop] != '\n') {
                stop++;
            }
            tooLong |= content.size() + (stop - next) > maxLength;
            if (tooLong) {
                content.reset();
            } else {
                content.write(buffer, next, stop - next);
            }
            boolean terminated = stop < end;
            take(terminated ? stop + 1 : stop);
            if (terminated) {
                return new Line(tooLong ? null : content.toByteArray(), true);
            }
        }
        return offset == offsetBefore ? null : new Line(tooLong ? null : content.toByteArray(), false);
    }

    /**
     * Passes over so many bytes.
     *
     * @return false when the stream is shorter
     */
    boolean skip(long bytes) throws IOException {
        for (long left = bytes; left > 0; ) {
            if (!fill()) {
                return false;
            }
            int step = (int) Math.min(left, end - next);
            take(next + step);
            left -= step;
        }
        return true;
    }

    /** Whether the last byte taken was a line feed, or none was taken. */
    boolean atLineStart() {
        return atLineStart;
    }

    /** Number of bytes taken. */
    long offset() {
        return offset;
    }

    /** Hexadecimal SHA-256 of the bytes taken. */
    String digest() {
        return Digests.hexOf(copy(digest).digest());
    }

    /** Takes the last line out of {@link #offset()} and {@link #digest()} again; it must have been the last of the stream. */
    void giveBackLast() {
        digest = digestBefore;
        offset = offsetBefore;
    }

    private boolean fill() throws IOException {
        if (next == end) {
            next = 0;
            end = Math.max(0, in.read(buffer));
        }
        return next < end;
    }

    private void take(int to) {
        digest.update(buffer, next, to - next);
        offset += to - next;
        atLineStart = buffer[to - 1] == '\n';
        next = to;
    }

    private static MessageDigest copy(MessageDigest digest) {
        try {
            return (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the platform's SHA-256 can be copied", e);
        }
    }
}
