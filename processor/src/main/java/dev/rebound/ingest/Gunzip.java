package dev.rebound.ingest;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongSupplier;
import java.util.zip.GZIPInputStream;

/**
 * Decompresses gzip (RFC 1952), several members in a row included, and refuses what unpacks to more than mails ever do: whoever
 * can send a mailbox could otherwise fill a disk with a few kilobytes.
 */
final class Gunzip extends GZIPInputStream {

    /** A mailbox of mails that differ by a number only reaches 185, files of nothing but zeros 229 and more. */
    private static final int MAX_RATIO = 200;

    private static final long MAX_BYTES = 64L << 30;
    private static final long ANY_RATIO_BYTES = 256L << 20;
    private static final int TRAILER_BYTES = 8;

    private final LongSupplier compressed;
    private final long anyRatioBytes;
    private long unpacked;

    /** @param compressed number of bytes taken from the file so far */
    Gunzip(Members in, LongSupplier compressed) throws IOException {
        this(in, compressed, ANY_RATIO_BYTES);
    }

    /** @param anyRatioBytes bytes unpacked from which on the ratio counts */
    Gunzip(Members in, LongSupplier compressed, long anyRatioBytes) throws IOException {
        super(in);
        this.compressed = compressed;
        this.anyRatioBytes = anyRatioBytes;
    }

    @Override
    public int read(byte[] target, int from, int count) throws IOException {
        int read = super.read(target, from, count);
        if (read < 0) {
            refuseWhatFollows();
            return read;
        }
        unpacked += read;
        if (unpacked > anyRatioBytes && unpacked / MAX_RATIO > compressed.getAsLong()) {
            throw new UnreadableSourceException("It is compressed more than " + MAX_RATIO
                    + " to 1, as mailboxes are not; if you trust it, unpack it with gunzip.");
        }
        if (unpacked > MAX_BYTES) {
            throw new UnreadableSourceException(
                    "It unpacks to more than " + (MAX_BYTES >> 30) + " GiB; unpack it with gunzip and split it.");
        }
        return read;
    }

    /** The superclass takes a damaged beginning of a further member for the end. */
    private void refuseWhatFollows() throws IOException {
        if (inf.getRemaining() > TRAILER_BYTES || in.available() > 0) {
            throw new UnreadableSourceException("Something else follows what is compressed in it.");
        }
    }

    /** Says whether more follows, as the superclass asks; a pipe would say no whenever its writer is slow. */
    static final class Members extends BufferedInputStream {

        Members(InputStream in) {
            super(in);
        }

        @Override
        public synchronized int available() throws IOException {
            mark(1);
            int next = read();
            reset();
            return next < 0 ? 0 : 1;
        }

        /** The first bytes, fewer at the end; they are read again. */
        byte[] peek(int bytes) throws IOException {
            mark(bytes);
            byte[] first = readNBytes(bytes);
            reset();
            return first;
        }
    }
}
