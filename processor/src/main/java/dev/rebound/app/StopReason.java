package dev.rebound.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.InconsistentGroupProtocolException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.ProcessorStateException;

/** Says in words why the processor stopped, and what to do about it. */
final class StopReason {

    /** RocksDB gives up some way before the last byte is taken. */
    private static final long FEW_BYTES = 16L << 20;

    private StopReason() {}

    static ProcessingStoppedException of(Throwable problem, Path stateDirectory) {
        if (problem instanceof TopicsException) {
            return new ProcessingStoppedException("the processor stopped: " + problem.getMessage(), problem);
        }
        Throwable root = Trouble.root(problem);
        String what = root.getMessage() == null ? root.toString() : root.getMessage();
        return new ProcessingStoppedException(
                "the processor stopped: " + what + "; " + remedy(problem, stateDirectory), problem);
    }

    private static String remedy(Throwable problem, Path stateDirectory) {
        if (is(problem, ProcessorStateException.class)) {
            return isFull(stateDirectory)
                    ? "the disk under the state directory " + stateDirectory
                            + " is full: make room and start again, nothing is lost"
                    : "the state in " + stateDirectory
                            + " cannot be used: check the disk, or delete the directory, it is restored from the brokers";
        }
        if (is(problem, MissingSourceTopicException.class)) {
            return "a topic was deleted while it was read: create it with rebound topics create and start again";
        }
        if (is(problem, AuthorizationException.class) || is(problem, AuthenticationException.class)) {
            return "give the user the right, rebound config check says which are needed, and start again";
        }
        if (is(problem, GroupIdNotFoundException.class) || is(problem, InconsistentGroupProtocolException.class)) {
            return "the group still has members of another group.protocol: stop them all, wait until their sessions time"
                    + " out, and start again";
        }
        return "the log says where; a new start goes on at the last commit";
    }

    private static boolean is(Throwable problem, Class<? extends Throwable> type) {
        return Trouble.causes(problem).anyMatch(type::isInstance);
    }

    private static boolean isFull(Path directory) {
        try {
            return Files.getFileStore(directory).getUsableSpace() < FEW_BYTES;
        } catch (IOException e) {
            // A directory that cannot be asked is in another trouble.
            return false;
        }
    }
}
