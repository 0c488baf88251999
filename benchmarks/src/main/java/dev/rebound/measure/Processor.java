package dev.rebound.measure;

import dev.rebound.app.JvmOptions;
import dev.rebound.local.Main;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A {@code rebound run} process of its own. */
public final class Processor {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int HTTP_OK = 200;

    private final Process process;
    private final String url;
    private final long begin = System.nanoTime();

    private Processor(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    static Processor start(Map<String, String> keys, Path config, Path log) throws IOException {
        return start(keys, config, log, List.of());
    }

    /**
     * Starts one.
     *
     * @param keys its configuration, but for the port of its HTTP server
     * @param config file that they are written to
     * @param log file for what it prints
     * @param options of the virtual machine, beside those that all have
     */
    public static Processor start(Map<String, String> keys, Path config, Path log, List<String> options)
            throws IOException {
        int port = freePort();
        Map<String, String> all = new TreeMap<>(keys);
        all.put("rebound.http.port", Integer.toString(port));
        StringBuilder text = new StringBuilder();
        all.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
        Files.writeString(config, text);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx1g");
        command.addAll(JvmOptions.forThroughput());
        command.addAll(options);
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "run",
                "--config",
                config.toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        return new Processor(process, "http://127.0.0.1:" + port);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    String url() {
        return url;
    }

    /** Waits until it processes; how long that took from its start. */
    public Duration awaitReady() throws Exception {
        return awaitAnswer(HTTP_OK);
    }

    /** Waits until its HTTP server answers, whatever it says; how long that took from its start. */
    public Duration awaitAnswer() throws Exception {
        return awaitAnswer(null);
    }

    /** What it has ended with although nobody told it to; null while it runs. */
    public IllegalStateException failure() {
        return process.isAlive() ? null : new IllegalStateException("the processor ended with " + process.exitValue());
    }

    private Duration awaitAnswer(Integer wanted) throws Exception {
        for (Integer status = ready(); status == null || wanted != null && !wanted.equals(status); status = ready()) {
            IllegalStateException problem = failure();
            if (problem != null) {
                throw problem;
            }
            Thread.sleep(20);
        }
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    /** Status of the answer to whether it is ready; null when there is none. */
    private Integer ready() throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/health/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return null;
        }
    }

    /** What of it is in memory, by the kernel's own count; Linux only. */
    long residentBytes() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status"));
        return lines.stream()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .sum()
                * 1024;
    }

    /** Stops it in order. */
    public void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(3, TimeUnit.MINUTES)) {
            throw new IllegalStateException("the processor does not stop");
        }
    }

    /** Ends it at once, as {@code kill -9} does. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }
}
