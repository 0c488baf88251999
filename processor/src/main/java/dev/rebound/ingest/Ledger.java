package dev.rebound.ingest;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What was read before and has reached its topic, so that reading it again adds nothing: mails by the digest of their
 * content, files of lines by how far they were read. One file for each cluster and topic; a text file that only grows, a line
 * an entry, forced to disk at each addition. A last line that a crash tore is dropped. Entries that later ones replace are
 * cleared out at opening, into a new file that takes the old one's place at once.
 *
 * <p>Runs at the same time may share a file: each adds under a lock, but knows only what was there when it began. Holds
 * about 150 bytes of memory for each mail ever read.
 */
public final class Ledger {
    private static final String FORMAT = "rebound-ledger 1";
    private static final String MAIL = "mail";
    private static final String LINES = "lines";
    private static final int MIN_REPLACED_ENTRIES = 1_000;

    /** Locks on files are per process; this one is between threads. */
    private static final Object WITHIN_PROCESS = new Object();

    private final Path file;
    private final Set<String> mails = new HashSet<>();
    private final Map<String, LineMark> marks = new LinkedHashMap<>();

    private Ledger(Path file) {
        this.file = file;
    }

    /**
     * Opens the ledger, or begins one; its directory is made when missing.
     *
     * @param again true: act as if nothing had been read before, and go on noting what is read
     * @throws IOException when the file cannot be read or is no ledger
     */
    public static Ledger open(Path file, boolean again) throws IOException {
        Ledger ledger = new Ledger(file.toAbsolutePath());
        Files.createDirectories(ledger.file.getParent());
        ledger.locked(ledger::load);
        if (again) {
            ledger.mails.clear();
            ledger.marks.clear();
        }
        return ledger;
    }

    /** A ledger that lasts as long as the run: for output that nothing remembers either. */
    public static Ledger none() {
        return new Ledger(null);
    }

    /** Whether a mail of this content was read. */
    boolean hasMail(String digest) {
        return mails.contains(digest);
    }

    /** Notes mails whose events are stored, or that were set aside. */
    void addMails(Collection<String> digests) throws IOException {
        StringBuilder entries = new StringBuilder();
        for (String digest : digests) {
            if (mails.add(digest)) {
                entries.append(MAIL).append(' ').append(digest).append('\n');
            }
        }
        append(entries.toString());
    }

    /** How far the file was read. */
    Optional<LineMark> mark(Path lines) {
        return Optional.ofNullable(marks.get(key(lines)));
    }

    /** Notes how far the events of a file are stored. */
    void putMark(Path lines, LineMark mark) throws IOException {
        if (!mark.equals(marks.put(key(lines), mark))) {
            append(entry(key(lines), mark));
        }
    }

    private static String key(Path lines) {
        return URLEncoder.encode(lines.toAbsolutePath().normalize().toString(), StandardCharsets.UTF_8);
    }

    private static String entry(String key, LineMark mark) {
        return LINES + ' ' + mark.bytes() + ' ' + mark.lines() + ' ' + mark.sha256() + ' ' + key + '\n';
    }

    private void append(String entries) throws IOException {
        if (file == null || entries.isEmpty()) {
            return;
        }
        locked(() -> {
            try (FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                dropTornLine(channel);
                String text = channel.size() == 0 ? FORMAT + '\n' + entries : entries;
                channel.position(channel.size());
                writeFully(channel, text);
            }
        });
    }

    private void load() throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            checkFormat(channel);
            dropTornLine(channel);
        }
        long entries = 0;
        try (var lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            lines.readLine();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                entries++;
                remember(line, entries + 1);
            }
        }
        if (entries > 2L * (mails.size() + marks.size()) + MIN_REPLACED_ENTRIES) {
            rewrite();
        }
    }

    private void remember(String line, long number) throws IOException {
        String[] columns = line.split(" ", -1);
        if (columns.length == 2 && columns[0].equals(MAIL)) {
            mails.add(columns[1]);
        } else if (columns.length == 5 && columns[0].equals(LINES)) {
            try {
                marks.put(columns[4], new LineMark(Long.parseLong(columns[1]), Long.parseLong(columns[2]), columns[3]));
            } catch (NumberFormatException e) {
                throw damaged(number);
            }
        } else {
            throw damaged(number);
        }
    }

    private IOException damaged(long line) {
        return new IOException(
                "ledger " + file + ": line " + line + " cannot be read (expected: a file that begins with \"" + FORMAT
                        + "\"; move it away to begin a new one, then everything named is read again)");
    }

    private void rewrite() throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        StringBuilder text = new StringBuilder(FORMAT).append('\n');
        mails.forEach(digest -> text.append(MAIL).append(' ').append(digest).append('\n'));
        marks.forEach((key, mark) -> text.append(entry(key, mark)));
        try (FileChannel channel = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            writeFully(channel, text.toString());
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void writeFully(FileChannel channel, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.force(true);
    }

    /** Before anything is changed: the file may be something else that was named by mistake. */
    private void checkFormat(FileChannel channel) throws IOException {
        byte[] expected = (FORMAT + '\n').getBytes(StandardCharsets.UTF_8);
        ByteBuffer found = ByteBuffer.allocate((int) Math.min(expected.length, channel.size()));
        channel.read(found, 0);
        if (!Arrays.equals(found.array(), Arrays.copyOf(expected, found.capacity()))) {
            throw damaged(1);
        }
    }

    private static void dropTornLine(FileChannel channel) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        long end = channel.size();
        while (end > 0) {
            one.clear();
            channel.read(one, end - 1);
            if (one.get(0) == '\n') {
                break;
            }
            end--;
        }
        if (end < channel.size()) {
            channel.truncate(end);
        }
    }

    private void locked(Action action) throws IOException {
        synchronized (WITHIN_PROCESS) {
            Path lock = file.resolveSibling(file.getFileName() + ".lock");
            try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                // Closing the channel gives the lock back.
                channel.lock();
                action.run();
            }
        }
    }

    private interface Action {
        void run() throws IOException;
    }
}
