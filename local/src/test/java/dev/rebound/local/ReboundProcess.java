package dev.rebound.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The program as users run it: a process with an exit code, standard output, standard error and a log. */
final class ReboundProcess {

    private ReboundProcess() {}

    /**
     * How a command ended.
     *
     * @param took from start to end, that of the virtual machine included
     */
    record Ended(int exitCode, String out, String err, Duration took) {}

    /** Starts a command; what it writes is appended to the file, and its log at level INFO to the other. */
    static Process start(Path output, Path log, String... arguments) throws IOException {
        return new ProcessBuilder(command(List.of("-Drebound.log.file=" + log, "-Drebound.log.level=INFO"), arguments))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                .start();
    }

    /** Runs a command to its end, with nothing but what users see by default. */
    static Ended run(Path directory, String... arguments) throws IOException, InterruptedException {
        Path out = Files.createTempFile(directory, "out", ".txt");
        Path err = Files.createTempFile(directory, "err", ".txt");
        long begin = System.nanoTime();
        Process process = new ProcessBuilder(command(List.of(), arguments))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        if (!process.waitFor(90, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(String.join(" ", arguments) + " did not end: " + Files.readString(err));
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        return new Ended(process.exitValue(), Files.readString(out), Files.readString(err), took);
    }

    private static List<String> command(List<String> options, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx512m");
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of(arguments));
        return command;
    }
}
