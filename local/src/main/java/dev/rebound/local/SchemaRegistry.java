package dev.rebound.local;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The Apicurio registry server as a process of its own, on loopback only, keeping its schemas in the broker. It serves
 * Confluent's interface. The process cannot outlive this one, see {@link RegistryProcess}.
 */
final class SchemaRegistry implements AutoCloseable {

    private static final String SERVER_MAIN = "io.quarkus.runner.GeneratedMain";

    private static final Duration LONGEST_START = Duration.ofSeconds(90);
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(8);
    private static final Duration BETWEEN_CHECKS = Duration.ofMillis(100);

    /**
     * The server waits this long at its start for a snapshot of its schemas, by default for five seconds and, as there is
     * none, in vain. Without snapshots it reads its whole journal, which is short and never deleted.
     */
    private static final String SNAPSHOT_WAIT_MS = "250";

    private static final int LOG_LINES_SHOWN = 15;

    private final Process process;
    private final int port;
    private final Path log;
    private volatile boolean closing;

    private SchemaRegistry(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    /**
     * Starts the process and returns at once; {@link #awaitReady} waits for it. The broker may still be starting.
     *
     * @param home directory of the unpacked server
     * @param directory its working directory
     * @param log file for what it prints; the one of the previous run is kept beside it with the ending {@code .1}
     * @param port free port on loopback
     * @param bootstrapServers the broker that keeps the schemas
     * @throws LocalStackException when the process cannot be started
     */
    static SchemaRegistry launch(Path home, Path directory, Path log, int port, String bootstrapServers)
            throws LocalStackException {
        Path server = RegistryHome.serverJar(home);
        ProcessBuilder builder = new ProcessBuilder(command(server, RegistryHome.ownCode()))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("QUARKUS_") || name.startsWith("APICURIO_"));
        environment.putAll(settings(port, bootstrapServers));
        try {
            if (Files.exists(log)) {
                Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
            }
            return new SchemaRegistry(builder.start(), port, log);
        } catch (IOException e) {
            throw new LocalStackException(
                    "The schema registry cannot be started",
                    e.getMessage(),
                    "Check that " + directory + " is writable and that the Java in use is complete.",
                    e);
        }
    }

    /**
     * The first compiler alone saves a fifth of the processor time of a start. Our one class comes after the server's, so
     * that nothing else of ours can stand in for a class of theirs.
     */
    private static List<String> command(Path server, Path ownCode) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                server.toAbsolutePath() + File.pathSeparator + ownCode.toAbsolutePath(),
                RegistryProcess.class.getName(),
                SERVER_MAIN);
    }

    private static Map<String, String> settings(int port, String bootstrapServers) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("QUARKUS_HTTP_HOST", ServicePort.LOOPBACK);
        settings.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        settings.put("QUARKUS_HTTP_ACCESS_LOG_ENABLED", "false");
        settings.put("QUARKUS_LOG_CONSOLE_FORMAT", "%d{yyyy-MM-dd HH:mm:ss.SSS} %p [%c] (%t) %s%e%n");
        settings.put("APICURIO_STORAGE_KIND", "kafkasql");
        settings.put("APICURIO_KAFKASQL_SNAPSHOT_EVERY_SECONDS", "off");
        settings.put("APICURIO_KAFKASQL_BOOTSTRAP_SERVERS", bootstrapServers);
        settings.put("APICURIO_KAFKASQL_CONSUMER_POLL_TIMEOUT", SNAPSHOT_WAIT_MS);
        return settings;
    }

    /**
     * Waits until the registry answers, and watches it from then on.
     *
     * @param onFailure called at most once, on a thread of its own, when the process ends without having been closed
     * @throws LocalStackException when it ends, or does not answer in time; the message has the end of its log
     * @throws InterruptedException when the waiting thread is interrupted
     */
    void awaitReady(Consumer<LocalStackException> onFailure) throws LocalStackException, InterruptedException {
        HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
        HttpRequest subjects = HttpRequest.newBuilder(URI.create(url() + "/subjects"))
                .timeout(Duration.ofSeconds(5))
                .build();
        long deadline = System.nanoTime() + LONGEST_START.toNanos();
        while (!answers(client, subjects)) {
            if (process.waitFor(BETWEEN_CHECKS.toMillis(), TimeUnit.MILLISECONDS)) {
                throw notReady("its process ended with status " + process.exitValue());
            }
            if (System.nanoTime() > deadline) {
                throw notReady("it did not answer within " + LONGEST_START.toSeconds() + " s");
            }
        }
        process.onExit().thenAccept(ended -> {
            if (!closing) {
                onFailure.accept(new LocalStackException(
                        "The schema registry has stopped",
                        "its process ended with status " + ended.exitValue() + logTail(),
                        "Start the stack again; the schemas are kept.",
                        null));
            }
        });
    }

    private static boolean answers(HttpClient client, HttpRequest request) throws InterruptedException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private LocalStackException notReady(String reason) {
        return new LocalStackException(
                "The schema registry on port " + port + " did not start",
                reason + logTail(),
                "The whole log is " + log + ".",
                null);
    }

    private String logTail() {
        try {
            List<String> lines =
                    Files.readString(log, StandardCharsets.UTF_8).lines().toList();
            List<String> last = lines.subList(Math.max(0, lines.size() - LOG_LINES_SHOWN), lines.size());
            return last.isEmpty() ? "" : "; the end of its log:\n  " + String.join("\n  ", last) + "\n";
        } catch (IOException e) {
            return "; its log cannot be read: " + e;
        }
    }

    /** Address of Confluent's interface, without a slash at the end. */
    String url() {
        return "http://" + ServicePort.LOOPBACK + ":" + port + "/apis/ccompat/v7";
    }

    /** For tests that end the process from outside. */
    ProcessHandle process() {
        return process.toHandle();
    }

    /** Stops the process, in bounded time. Calling it again does nothing. */
    @Override
    public void close() {
        closing = true;
        process.destroy();
        try {
            if (!process.waitFor(LONGEST_CLOSE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
