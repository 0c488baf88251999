package dev.rebound.app;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory that an instance keeps its state in, held for this instance alone. Two on one directory would share a name
 * in the consumer group, and each would throw the other out.
 */
final class StateDirectory implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StateDirectory.class);
    private static final String INSTANCE_ID = "rebound-instance-id";

    private final String instanceId;
    private final FileChannel lock;

    private StateDirectory(String instanceId, FileChannel lock) {
        this.instanceId = instanceId;
        this.lock = lock;
    }

    /**
     * Takes a directory, which is made when missing. The operating system gives it free when the process ends, however that
     * happens.
     *
     * @throws StateDirectoryException when another process has it, or it cannot be written
     */
    static StateDirectory open(Path directory, String applicationId) {
        try {
            Files.createDirectories(directory);
            FileChannel lock = lock(directory, applicationId);
            try {
                return new StateDirectory(instanceIdIn(directory), lock);
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new StateDirectoryException(
                    "cannot use the state directory " + directory + " (" + e
                            + "); make it writable, or name another one with state.dir",
                    e);
        }
    }

    private static FileChannel lock(Path directory, String applicationId) throws IOException {
        Path file = directory.resolve(applicationId + ".lock");
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean mine = false;
        try {
            mine = channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            LOG.debug("Held in this very process", e);
        } finally {
            if (!mine) {
                channel.close();
            }
        }
        if (!mine) {
            throw new StateDirectoryException(
                    "another instance of " + applicationId + " runs on the state directory " + directory
                            + "; give each instance on a machine its own state.dir and rebound.http.port",
                    null);
        }
        return channel;
    }

    private static String instanceIdIn(Path directory) throws IOException {
        Path file = directory.resolve(INSTANCE_ID);
        if (Files.exists(file)) {
            String kept = Files.readString(file).strip();
            if (!kept.isEmpty()) {
                return kept;
            }
        }
        String made = "rebound-" + UUID.randomUUID();
        Files.writeString(file, made + "\n");
        return made;
    }

    /**
     * The name of the instance in its consumer group. It stays the same over restarts, so that a restart neither moves state
     * nor waits for a session to time out; it lives beside the state because it belongs to that state.
     */
    String instanceId() {
        return instanceId;
    }

    /** Leaves the directory to another instance. */
    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            LOG.debug("Giving up the lock", e);
        }
    }
}
