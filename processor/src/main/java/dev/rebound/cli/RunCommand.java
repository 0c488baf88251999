package dev.rebound.cli;

import dev.rebound.app.ReboundApp;
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
        description = "Runs the processor against a cluster. Instances with the same application.id share the work.")
final class RunCommand implements Callable<Integer> {

    private static final Duration GLANCE = Duration.ofSeconds(1);

    @Mixin
    private ClusterOptions cluster;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        ReboundApp app = ReboundApp.start(cluster.config());
        Thread stop = new Thread(app::close, "stop");
        Runtime.getRuntime().addShutdownHook(stop);
        spec.commandLine()
                .getErr()
                .println("Processing; health on port " + app.httpPort() + " at /health/ready. Ctrl-C stops.");
        boolean failed = false;
        while (!failed) {
            failed = app.awaitFailure(GLANCE);
        }
        throw new IllegalStateException("the processor stopped: " + app.failure(), app.failure());
    }
}
