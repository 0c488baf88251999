package dev.rebound.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A JVM of its own for a main class of this class path. It cannot outlive this one: its standard input is a pipe that only
 * the parent holds, whose end is the parent's end, however that happens.
 */
final class ChildProcess {

    private ChildProcess() {}

    /** Starts one, quick to come up rather than quick to run; what it prints is added to a file. */
    static Process start(Class<?> main, Path log, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ChildProcess.class.getName(),
                main.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        // One that was stopped by a signal does not see the end of its parent.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return process;
    }

    /** @param args name of the main class to run, and its arguments */
    public static void main(String[] args) throws Exception {
        Thread watch = new Thread(() -> endWithParent(System.in), "parent-watch");
        watch.setDaemon(true);
        watch.start();
        String[] rest = List.of(args).subList(1, args.length).toArray(String[]::new);
        Class.forName(args[0]).getMethod("main", String[].class).invoke(null, (Object) rest);
    }

    private static void endWithParent(InputStream parent) {
        try {
            parent.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // A broken pipe says the same as its end.
        }
        Runtime.getRuntime().halt(0);
    }
}
