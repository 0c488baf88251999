package dev.rebound.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** One mail of an mbox file, without the separator before it and the blank line after it; ends where the mail does. */
final class MboxMail extends InputStream {
    private static final int PIECE_BYTES = 8 * 1024;

    private final LookAhead in;
    private final boolean unquote;
    /** Bytes up to the mail's end; negative when it ends before a separator. */
    private int left;

    private final byte[] piece = new byte[PIECE_BYTES + 2];
    private int next;
    private int end;
    private boolean ended;

    private boolean lineStart = true;
    /** A blank line that was taken but belongs to the mail only if another line of it follows. */
    private int heldBack;

    private byte firstHeldBack;

    /**
     * @param length of the mail in the file, in bytes; negative to look for a separator
     * @param unquote whether lines were quoted
     */
    MboxMail(LookAhead in, int length, boolean unquote) {
        this.in = in;
        this.left = length;
        this.unquote = unquote;
    }

    /** How many bytes are the end of a line and a blank line, or one of them, at an offset. */
    static int lineEnds(LookAhead in, int offset) throws IOException {
        int bytes = 0;
        for (int i = 0; i < 2; i++) {
            bytes += lineEnd(in, offset + bytes);
        }
        return bytes;
    }

    private static int lineEnd(LookAhead in, int offset) throws IOException {
        if (!in.has(offset)) {
            return 0;
        }
        if (in.at(offset) == '\n') {
            return 1;
        }
        return in.at(offset) == '\r' && in.has(offset + 1) && in.at(offset + 1) == '\n' ? 2 : 0;
    }

    @Override
    public int read() throws IOException {
        return fill() ? piece[next++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int from, int count) throws IOException {
        Objects.checkFromIndexSize(from, count, target.length);
        if (count == 0) {
            return 0;
        }
        int taken = 0;
        while (taken < count && fill()) {
            int step = Math.min(count - taken, end - next);
            System.arraycopy(piece, next, target, from + taken, step);
            next += step;
            taken += step;
        }
        return taken == 0 ? -1 : taken;
    }

    private boolean fill() throws IOException {
        while (next == end && !ended) {
            next = 0;
            end = 0;
            if (left < 0) {
                fillUpToSeparator();
            } else {
                fillUpToLength();
            }
        }
        return next < end;
    }

    private void fillUpToSeparator() throws IOException {
        if (!in.has(0) || heldBack > 0 && MboxSeparator.isAt(in, 0)) {
            ended = true;
            return;
        }
        releaseHeldBack();
        int blank = lineStart ? lineEnd(in, 0) : 0;
        if (blank > 0) {
            heldBack = blank;
            firstHeldBack = in.at(0);
            in.skip(blank);
        } else {
            takeOfLine(PIECE_BYTES);
        }
    }

    private void releaseHeldBack() {
        if (heldBack > 0) {
            piece[end++] = firstHeldBack;
            if (heldBack == 2) {
                piece[end++] = '\n';
            }
            heldBack = 0;
        }
    }

    private void fillUpToLength() throws IOException {
        if (left == 0) {
            in.skip(lineEnds(in, 0));
            ended = true;
            return;
        }
        left -= takeOfLine(Math.min(left, PIECE_BYTES));
    }

    /**
     * Takes from the line at hand.
     *
     * @return number of bytes taken, quotation included
     */
    private int takeOfLine(int atMost) throws IOException {
        int quote = lineStart && unquote && isQuoted(atMost) ? 1 : 0;
        in.skip(quote);
        int most = atMost - quote;
        int feed = in.indexOf((byte) '\n', 0, most);
        lineStart = feed < most && in.has(feed);
        int count = lineStart ? feed + 1 : feed;
        in.take(piece, end, count);
        end += count;
        return quote + count;
    }

    private boolean isQuoted(int atMost) throws IOException {
        int marks = 0;
        while (marks < atMost && in.has(marks) && in.at(marks) == '>') {
            marks++;
        }
        return marks > 0 && MboxSeparator.beginsWithFrom(in, marks);
    }
}
