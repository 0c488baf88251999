package dev.rebound.check;

import dev.rebound.config.ReboundConfig;
import dev.rebound.http.HttpSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether this machine has what an instance needs: a directory for its state, and its port. */
final class MachineCheck {

    private static final long ENOUGH = 1L << 30;
    private static final long LEAST = 100L << 20;
    private static final int MEGABYTE = 20;

    private final ReboundConfig config;
    private final Findings findings;

    MachineCheck(ReboundConfig config, Findings findings) {
        this.config = config;
        this.findings = findings;
    }

    void run() {
        stateDirectory();
        port();
    }

    private void stateDirectory() {
        Path directory = config.stateDirectory().toAbsolutePath();
        String check = "state directory " + directory;
        Path existing = directory;
        while (existing.getParent() != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        if (!Files.isDirectory(existing) || !Files.isWritable(existing) || !Files.isExecutable(existing)) {
            findings.failed(
                    check,
                    existing + " is not a directory that this user can write to",
                    "make it so for the user that runs Rebound, or set state.dir");
            return;
        }
        try {
            long free = Files.getFileStore(existing).getUsableSpace();
            String finding = (free >> MEGABYTE) + " MiB are free";
            String remedy = "make room, or set state.dir to a directory on a larger disk";
            if (free < LEAST) {
                findings.failed(check, finding, remedy);
            } else if (free < ENOUGH) {
                findings.noted(check, finding, remedy);
            } else {
                findings.ok(check, finding);
            }
        } catch (IOException e) {
            findings.failed(check, "its free space cannot be read: " + e.getMessage(), "set state.dir to another one");
        }
    }

    private void port() {
        HttpSettings http = config.http();
        String check = "HTTP " + http.host() + ":" + http.port();
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(http.host(), http.port()));
            findings.ok(check, http.port() == 0 ? "a free port is taken at each start" : "the port is free");
        } catch (IOException | IllegalArgumentException e) {
            findings.failed(
                    check,
                    "cannot be listened on: " + e.getMessage(),
                    "stop what listens there (an instance of Rebound, perhaps), or set " + ReboundConfig.HTTP_HOST
                            + " and " + ReboundConfig.HTTP_PORT);
        }
    }
}
