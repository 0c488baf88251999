package dev.rebound.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one directory with everything that a local stack keeps, held by one process at a time. A user may look at it at any
 * time and delete it when nothing runs; the next start makes it anew.
 */
public final class DataDirectory implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DataDirectory.class);

    /** Free space that a start asks for, in bytes: room for the internal topics and a first load of events. */
    static final long FREE_SPACE_NEEDED = 256L << 20;

    private static final String LOCK_FILE = "lock";

    /** The lock covers one byte far behind the text, because a locked range cannot be read on every system. */
    private static final long LOCK_POSITION = Long.MAX_VALUE - 1;

    private static final int LONGEST_PID = 20;

    private final Path root;
    private final FileChannel lockFile;

    private DataDirectory(Path root, FileChannel lockFile) {
        this.root = root;
        this.lockFile = lockFile;
    }

    /**
     * Creates what is missing and takes the lock.
     *
     * @param directory existing or new directory
     * @throws LocalStackException when it cannot be created or written, has too little space, or is in use
     */
    public static DataDirectory open(Path directory) throws LocalStackException {
        return open(directory, FREE_SPACE_NEEDED);
    }

    static DataDirectory open(Path directory, long bytesNeeded) throws LocalStackException {
        Path root = directory.toAbsolutePath().normalize();
        DataDirectory opened = null;
        try {
            Files.createDirectories(root);
            opened = new DataDirectory(root, lock(root));
            opened.createParts();
            checkSpace(root, bytesNeeded);
            DataDirectory result = opened;
            opened = null;
            return result;
        } catch (IOException e) {
            throw new LocalStackException(
                    "Data directory " + root + " cannot be used",
                    reason(e),
                    "Make it writable, or choose another with --data-dir.",
                    e);
        } finally {
            if (opened != null) {
                opened.close();
            }
        }
    }

    private static FileChannel lock(Path root) throws IOException, LocalStackException {
        FileChannel channel = FileChannel.open(
                root.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        boolean taken = false;
        try {
            if (!tryLock(channel)) {
                throw new LocalStackException(
                        "Data directory " + root + " is in use",
                        "process " + holder(channel) + " runs a local stack on it",
                        "Stop that process, or choose another directory with --data-dir (and other ports).",
                        null);
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
            taken = true;
            return channel;
        } finally {
            if (!taken) {
                channel.close();
            }
        }
    }

    /** False when another process, or another stack in this one, has the lock. */
    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock(LOCK_POSITION, 1, false);
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(LONGEST_PID);
        channel.read(text, 0);
        String pid = new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII);
        return pid.isBlank() ? "(unknown)" : pid;
    }

    private void createParts() throws IOException {
        for (Path part : new Path[] {broker(), registry(), state(), logs(), ledger(), setAside()}) {
            Files.createDirectories(part);
        }
        for (Path secret : new Path[] {httpToken(), eraseKey()}) {
            if (Files.notExists(secret)) {
                LocalSecrets.create(secret);
            }
        }
    }

    private static void checkSpace(Path root, long bytesNeeded) throws IOException, LocalStackException {
        long free = Files.getFileStore(root).getUsableSpace();
        if (free < bytesNeeded) {
            throw new LocalStackException(
                    "Data directory " + root + " has too little space",
                    megabytes(free) + " free (expected: at least " + megabytes(bytesNeeded) + ")",
                    "Free some, or choose a directory on another disk with --data-dir.",
                    null);
        }
    }

    static String megabytes(long bytes) {
        return (bytes >> 20) + " MiB";
    }

    /** The exceptions of java.nio.file often have a path for a message, and the reason in their name alone. */
    private static String reason(IOException e) {
        if (e instanceof FileSystemException problem) {
            String why = problem.getReason() == null ? e.getClass().getSimpleName() : problem.getReason();
            return problem.getFile() == null ? why : why + " (" + problem.getFile() + ")";
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    /** The directory itself, absolute. */
    public Path root() {
        return root;
    }

    /** Logs and metadata of the broker: all topics. */
    public Path broker() {
        return root.resolve("broker");
    }

    /** Working directory of the schema registry; its schemas are in a topic. */
    public Path registry() {
        return root.resolve("registry");
    }

    /** State stores of the processor ({@code state.dir}); rebuilt from topics when missing. */
    public Path state() {
        return root.resolve("state");
    }

    /** Log files. */
    public Path logs() {
        return root.resolve("logs");
    }

    /** What has been ingested, so that a second run over the same input is harmless. */
    public Path ledger() {
        return root.resolve("ledger");
    }

    /** Copies of mails that could not be turned into events. */
    public Path setAside() {
        return root.resolve("set-aside");
    }

    /** File with the token that changes over HTTP need; made at the first start. */
    public Path httpToken() {
        return root.resolve("http-token");
    }

    /** File with the key under which erased addresses are recognised; made at the first start. */
    public Path eraseKey() {
        return root.resolve("erase-key");
    }

    /** Gives the directory free for the next process. Its contents stay. */
    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException e) {
            // The system releases the lock with the process at the latest, and nothing is written through this channel.
            LOG.debug("closing {} failed", LOCK_FILE, e);
        }
    }
}
