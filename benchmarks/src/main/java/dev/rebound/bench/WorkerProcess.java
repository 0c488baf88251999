package dev.rebound.bench;

import dev.rebound.app.JvmOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A worker as the bench sees it: a child process that takes orders. */
final class WorkerProcess implements AutoCloseable {

    /** The same for all. */
    private static final List<String> HEAP = List.of("-Xms1g", "-Xmx1g");

    private static final int LINES_OF_LOG = 30;
    private static final int SECONDS_TO_END = 5;

    private final String name;
    private final Path log;
    private final Process process;
    private final PrintStream orders;
    private final BufferedReader answers;

    private WorkerProcess(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
        this.orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        this.answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /**
     * Where a worker's code is.
     *
     * @param classPath as the virtual machine takes it
     * @param mainClass takes the variant's name and a file with its configuration
     * @param options of the virtual machine, beside those of all
     */
    record Program(String classPath, String mainClass, List<String> options) {

        /** Not on the class path of this process, nor built with it: the launcher says where it is. */
        static Program flink() {
            String classPath = System.getProperty("rebound.bench.flink");
            if (classPath == null) {
                throw new IllegalStateException("the Flink job is not built: start the bench with option --flink");
            }
            return new Program(classPath, "dev.rebound.bench.FlinkWorker", List.of());
        }

        /** This module's. */
        static Program own() {
            return new Program(System.getProperty("java.class.path"), Worker.class.getName(), List.of());
        }

        /** This module's that takes events as they come. Its heap is touched at the start: what grows later is outside of it. */
        static Program live() {
            return new Program(
                    System.getProperty("java.class.path"), LiveWorker.class.getName(), List.of("-XX:+AlwaysPreTouch"));
        }
    }

    /**
     * Starts a worker.
     *
     * @param name what messages call it, and its files
     * @param variant the first argument of its program
     * @param keys its configuration
     * @param directory for its configuration and its log
     */
    static WorkerProcess start(Program program, String name, String variant, Map<String, String> keys, Path directory)
            throws IOException {
        Files.createDirectories(directory);
        Path config = directory.resolve(name + ".properties");
        Path log = directory.resolve(name + ".log");
        List<String> lines = keys.entrySet().stream()
                .map(key -> key.getKey() + '=' + key.getValue().replace("\\", "\\\\"))
                .toList();
        Files.write(config, lines);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(HEAP);
        command.addAll(JvmOptions.forThroughput());
        command.addAll(program.options());
        command.addAll(List.of("-cp", program.classPath(), program.mainClass(), variant, config.toString()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        return new WorkerProcess(name, log, process);
    }

    /** Gives an order; {@link #report} waits for the answer. */
    void order(Record order) {
        orders.println(Lines.write(order));
    }

    /** @throws IOException when the worker has ended instead; the message has the end of its log */
    Report report() throws IOException, InterruptedException {
        return answer(Report.class);
    }

    /** What it says next, as {@link #report}. */
    <T extends Record> T answer(Class<T> type) throws IOException, InterruptedException {
        String line = answers.readLine();
        // Agents of profilers, which can be given to all workers by JAVA_TOOL_OPTIONS, print there, too.
        while (line != null && !line.startsWith("{")) {
            line = answers.readLine();
        }
        if (line == null) {
            process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS);
            throw ended();
        }
        return Lines.read(line, type);
    }

    /** Why it has ended although nobody told it to; null while it runs. */
    IOException failure() {
        return process.isAlive() ? null : ended();
    }

    private IOException ended() {
        return new IOException("worker " + name + " has ended before it was done:\n" + endOfLog());
    }

    private String endOfLog() {
        List<String> lines;
        try {
            lines = Files.readAllLines(log);
        } catch (IOException e) {
            return "no log: " + e;
        }
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES_OF_LOG), lines.size()));
    }

    /** One that has nothing to do ends when it gets no more orders, and cleans up behind itself. */
    @Override
    public void close() {
        orders.close();
        try {
            process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly().onExit().join();
    }
}
