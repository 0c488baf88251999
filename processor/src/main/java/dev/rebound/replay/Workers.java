package dev.rebound.replay;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Who works on a replay: {@code pid@host/space}. The space is that within which a number stands for one process: a container has its own,
 * also where it shares the machine's name, and a machine has another after each start.
 */
final class Workers {

    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Path PROCESSES = Path.of("/proc/self/ns/pid");

    private Workers() {}

    /** This process. */
    static String me() {
        return of(ProcessHandle.current().pid());
    }

    /** A process that this one has started. */
    static String of(long pid) {
        return pid + "@" + host() + '/' + space().orElse("");
    }

    /** Whether it is known that a process is no more: it was of this space, and there is none of the number. */
    static boolean isGone(String worker) {
        int at = worker.indexOf('@');
        int slash = worker.lastIndexOf('/');
        if (at < 0
                || slash < 0
                || space().isEmpty()
                || !worker.substring(slash + 1).equals(space().get())) {
            return false;
        }
        return ProcessHandle.of(Long.parseLong(worker.substring(0, at)))
                .filter(ProcessHandle::isAlive)
                .isEmpty();
    }

    /** Empty where the operating system does not tell. */
    private static Optional<String> space() {
        try {
            String processes = Files.readSymbolicLink(PROCESSES).toString();
            return Optional.of(Files.readString(BOOT).strip() + ':' + processes.replaceAll("[^0-9]", ""));
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
