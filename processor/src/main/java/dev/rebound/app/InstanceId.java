package dev.rebound.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * The name of an instance in its consumer group. It stays the same over restarts, so that a restart neither moves state
 * nor waits for a session to time out; it lives beside the state because it belongs to that state.
 */
final class InstanceId {

    private static final String FILE = "rebound-instance-id";

    private InstanceId() {}

    /** The id kept in a state directory, made at the first start. */
    static String in(Path stateDirectory) {
        Path file = stateDirectory.resolve(FILE);
        try {
            if (Files.exists(file)) {
                return Files.readString(file).strip();
            }
            Files.createDirectories(stateDirectory);
            String id = "rebound-" + UUID.randomUUID();
            Files.writeString(file, id + "\n");
            return id;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the instance's id in " + file + "; check state.dir", e);
        }
    }
}
