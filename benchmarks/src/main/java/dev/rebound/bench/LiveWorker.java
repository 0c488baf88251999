package dev.rebound.bench;

import dev.rebound.app.Connections;
import dev.rebound.config.ReboundConfig;
import dev.rebound.topology.ReboundTopology.Part;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;

/**
 * The process that runs the shipped topology for as long as it is let. Arguments: a name, and a file with its configuration. Gives a
 * {@link Status} once it takes events, and one for each {@link Ask}. End of input: end. When processing breaks, it ends.
 */
final class LiveWorker {

    private static final Duration REGISTRY_PATIENCE = Duration.ofSeconds(20);

    private LiveWorker() {}

    public static void main(String[] args) throws Exception {
        PrintStream answers = System.out;
        // Whatever prints must not come between the answers.
        System.setOut(System.err);
        ReboundConfig config = new ReboundConfig(Worker.read(Path.of(args[1])));
        Connections connections = new Connections(config, REGISTRY_PATIENCE);
        RunningTopology topology =
                RunningTopology.start(new ShippedTopology(EnumSet.allOf(Part.class)), config, connections);
        topology.failure().thenAccept(LiveWorker::end);
        topology.awaitRunning();
        say(answers, topology);
        BufferedReader asks = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = asks.readLine(); line != null; line = asks.readLine()) {
            if (Lines.read(line, Ask.class).collect()) {
                System.gc();
            }
            say(answers, topology);
        }
        topology.close();
        connections.close();
        System.exit(0);
    }

    private static void say(PrintStream answers, RunningTopology topology) {
        answers.println(Lines.write(Status.of(topology)));
        answers.flush();
    }

    private static void end(Throwable problem) {
        problem.printStackTrace();
        Runtime.getRuntime().halt(1);
    }
}
