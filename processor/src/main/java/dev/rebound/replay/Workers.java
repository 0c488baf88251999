package dev.rebound.replay;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Who works on a replay: {@code pid@host}. */
final class Workers {

    private Workers() {}

    /** This process. */
    static String me() {
        return ProcessHandle.current().pid() + "@" + host();
    }

    /** Whether it is known that a process is no more: it was one of this machine, and there is none of the number. */
    static boolean isGone(String worker) {
        int at = worker.indexOf('@');
        if (at < 0 || !worker.substring(at + 1).equals(host())) {
            return false;
        }
        return ProcessHandle.of(Long.parseLong(worker.substring(0, at)))
                .filter(ProcessHandle::isAlive)
                .isEmpty();
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
