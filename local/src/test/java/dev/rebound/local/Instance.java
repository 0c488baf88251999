package dev.rebound.local;

import static dev.rebound.local.TestCluster.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real {@code rebound run} process, to be watched, stopped, frozen and killed. */
final class Instance implements AutoCloseable {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
    private static final Duration LONGEST_END = Duration.ofSeconds(60);
    private static final int LOG_LINES_SHOWN = 40;

    private final Process process;
    private final int httpPort;
    private final Path log;

    private Instance(Process process, int httpPort, Path log) {
        this.process = process;
        this.httpPort = httpPort;
        this.log = log;
    }

    /** Starts a process with a configuration file, whose {@code rebound.http.port} is the port given here. */
    static Instance start(Path config, int httpPort, Path log) throws IOException {
        return new Instance(ChildProcess.start(Main.class, log, "run", "--config", config.toString()), httpPort, log);
    }

    /** Waits until the process says that it processes. */
    Instance awaitReady() throws Exception {
        await("the instance to be ready, or to end", () -> isReady() || !process.isAlive());
        if (!process.isAlive()) {
            throw new AssertionError("the instance ended with " + process.exitValue() + ":\n" + logTail());
        }
        return this;
    }

    boolean isReady() {
        HttpResponse<Void> response = answer("/health/ready", HttpResponse.BodyHandlers.discarding());
        return response != null && response.statusCode() == 200;
    }

    /** What the health page says; empty when nothing answers. */
    String health() {
        HttpResponse<String> response = answer("/health/ready", HttpResponse.BodyHandlers.ofString());
        return response == null ? "" : response.body();
    }

    private <T> HttpResponse<T> answer(String path, HttpResponse.BodyHandler<T> handler) {
        try {
            return HTTP.send(request(path).timeout(Duration.ofSeconds(5)).build(), handler);
        } catch (IOException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What it answers to GET. */
    HttpResponse<String> get(String path) throws Exception {
        return HTTP.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** What it answers to POST. */
    HttpResponse<String> post(String path, String body) throws Exception {
        return HTTP.send(
                request(path).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + path))
                .timeout(Duration.ofSeconds(60));
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** {@code kill -9}. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** SIGTERM, as a supervisor sends it; the exit code. */
    int stop() throws InterruptedException {
        process.destroy();
        return awaitEnd();
    }

    /** Waits until the process ends by itself; the exit code. */
    int awaitEnd() throws InterruptedException {
        if (!process.waitFor(LONGEST_END.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("the instance does not end; the end of its log:\n" + logTail());
        }
        return process.exitValue();
    }

    /** SIGSTOP: the process stands still and answers nobody. */
    void freeze() throws Exception {
        signal("-STOP");
    }

    /** SIGCONT: it goes on as if no time had passed. */
    void thaw() throws Exception {
        signal("-CONT");
    }

    private void signal(String name) throws Exception {
        int exit = new ProcessBuilder("kill", name, Long.toString(process.pid()))
                .start()
                .waitFor();
        if (exit != 0) {
            throw new AssertionError("kill " + name + " ended with " + exit);
        }
    }

    /** All that it and its predecessors of the same name have printed. */
    String log() {
        try {
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException e) {
            throw new AssertionError("the log cannot be read", e);
        }
    }

    private String logTail() {
        List<String> lines = log().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES_SHOWN), lines.size()));
    }

    /** How it is, and the end of its log. */
    @Override
    public String toString() {
        return log.getFileName() + (isAlive() ? " runs" : " ended with " + process.exitValue()) + ":\n" + logTail();
    }

    @Override
    public void close() {
        kill();
    }
}
