package dev.rebound.ingest;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** The mails of one source: one mail, or an mbox, or either compressed by gzip. Its first bytes say which. */
final class MailFile implements Closeable {
    private static final String GZIP = "\u001f\u008b\b";
    private static final Pattern BZIP2 = Pattern.compile("BZh[1-9]1AY");
    private static final String XZ = "\u00fd7zXZ\0";
    private static final int MAGIC_BYTES = 7;

    private static final Pattern GZIP_EXTENSION = Pattern.compile("(?i)\\.gz$");
    private static final Pattern MBOX_EXTENSION = Pattern.compile("(?i)\\.(?:mbox|mbx)$");

    private final String name;
    private final Optional<ReadFiles.Found> found;
    private final SourceInput input;
    private final LookAhead in;
    private final Mbox mbox;
    private final String fileName;
    private long mails;

    private MailFile(String name, Optional<ReadFiles.Found> found, SourceInput input) throws IOException {
        this.name = name;
        this.found = found;
        this.input = input;
        Gunzip.Members members = new Gunzip.Members(input);
        boolean compressed = isGzip(members);
        this.in = new LookAhead(compressed ? new SourceInput(new Gunzip(members, input::count)) : members);
        this.mbox = Mbox.isAt(in) ? new Mbox(in) : null;
        this.fileName = fileName(compressed);
    }

    /**
     * Opens a source and looks at its beginning.
     *
     * @throws UnreadableSourceException when that cannot be done, or when it is compressed in a way that is not read
     */
    static MailFile open(InputSource source) throws UnreadableSourceException {
        SourceInput input = null;
        try {
            Optional<ReadFiles.Found> found = Optional.empty();
            if (source.path().isPresent()) {
                Path now = Maildir.now(source.path().get());
                found = Optional.of(new ReadFiles.Found(now, FileStamp.of(now)));
                input = new SourceInput(Files.newInputStream(now));
            } else {
                input = new SourceInput(source.open());
            }
            return new MailFile(source.name(), found, input);
        } catch (IOException e) {
            closeAfter(e, input);
            throw SourceInput.unreadable(e);
        }
    }

    private static void closeAfter(IOException problem, Closeable input) {
        if (input == null) {
            return;
        }
        try {
            input.close();
        } catch (IOException e) {
            problem.addSuppressed(e);
        }
    }

    private static boolean isGzip(Gunzip.Members in) throws IOException {
        String first = new String(in.peek(MAGIC_BYTES), StandardCharsets.ISO_8859_1);
        if (BZIP2.matcher(first).lookingAt()) {
            throw otherwiseCompressed("bzip2", "bunzip2");
        }
        if (first.startsWith(XZ)) {
            throw otherwiseCompressed("xz", "unxz");
        }
        return first.startsWith(GZIP);
    }

    private static UnreadableSourceException otherwiseCompressed(String format, String tool) {
        return new UnreadableSourceException("It is compressed with " + format + " (expected: gzip, or not compressed;"
                + " unpack it with " + tool + ").");
    }

    private String fileName(boolean compressed) {
        String given = found.map(
                        file -> Maildir.withoutFlags(file.path().getFileName().toString()))
                .orElse("standard-input.eml");
        String unpacked = compressed ? GZIP_EXTENSION.matcher(given).replaceFirst("") : given;
        boolean renamed = mbox != null && found.isPresent();
        return renamed ? MBOX_EXTENSION.matcher(unpacked).replaceFirst("") + ".eml" : unpacked;
    }

    /**
     * The next mail; null after the last. What is left of the one before is passed over.
     *
     * @throws UnreadableSourceException when the source cannot be read further
     */
    Mail next() throws IOException {
        if (mbox == null) {
            mails++;
            return mails == 1 ? new Mail(name, fileName, in.rest()) : null;
        }
        InputStream content = mbox.next();
        if (content == null) {
            return null;
        }
        mails++;
        return new Mail(name + "#" + mails, fileName, content);
    }

    /** The file as it was before it was read; empty for standard input. */
    Optional<ReadFiles.Found> found() {
        return found;
    }

    /** How much of the file was read, from 0 to 1; negative when that cannot be known. */
    double share() {
        long bytes = found.map(file -> file.stamp().bytes()).orElse(0L);
        return bytes == 0 ? -1 : Math.min(1, (double) input.count() / bytes);
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
