package dev.rebound.cli;

import dev.rebound.app.ReboundApp;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs an instance of the processor until it is told to stop. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Runs the processor against a cluster. Instances with the same application.id share the work."
                + " Waits for brokers and registry that do not answer yet; Ctrl-C and SIGTERM stop it in order.")
final class RunCommand implements Callable<Integer> {

    private static final Duration GLANCE = Duration.ofSeconds(1);

    @Mixin
    private ClusterOptions cluster;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        ReboundApp app = new ReboundApp(cluster.config());
        Thread stop = new Thread(() -> stopAndEnd(app), "stop");
        Runtime.getRuntime().addShutdownHook(stop);
        try {
            say("Starting; health on port " + app.httpPort() + " at /health/ready. Ctrl-C stops.");
            app.start();
            say("Processing.");
            while (!app.awaitFailure(GLANCE)) {
                // Until a signal ends the process.
            }
            throw app.failure();
        } finally {
            endWithoutSignal(stop, app);
        }
    }

    /** Without this, the virtual machine would end with a code that says which signal came, not how the stop went. */
    private void stopAndEnd(ReboundApp app) {
        boolean inTime = app.stop();
        ExitCode exit = app.failure() != null ? ExitCode.STOPPED : inTime ? ExitCode.OK : ExitCode.STOPPED_LATE;
        say(
                switch (exit) {
                    case OK -> "Stopped.";
                    case STOPPED -> "Stopped; before that, " + app.failure().getMessage();
                    default -> "Not stopped in time: what was not committed is done again by the next start.";
                });
        Runtime.getRuntime().halt(exit.code());
    }

    private static void endWithoutSignal(Thread hook, ReboundApp app) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // A signal came: the hook stops the instance and ends the process.
            return;
        }
        app.close();
    }

    private void say(String line) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(line);
        err.flush();
    }
}
