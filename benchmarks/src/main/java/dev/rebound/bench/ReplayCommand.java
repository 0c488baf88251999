package dev.rebound.bench;

import dev.rebound.config.ReboundConfig;
import dev.rebound.replay.BackgroundReplay;
import dev.rebound.replay.ReplayName;
import dev.rebound.replay.ReplayRequest;
import dev.rebound.replay.ReplayRequest.Filter;
import dev.rebound.replay.ReplayRequest.Span;
import dev.rebound.replay.ReplayStatus;
import dev.rebound.replay.Replays;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How long replays take, by their length. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description =
                "Measures how long `rebound replay start --all` takes for so many events, for a tenth, and for a hundredth of them,"
                        + " from the start of its process to its end, with nothing live beside it, and prints a table in Markdown. Each is a"
                        + " replay of its own stream, of all of its outputs.")
final class ReplayCommand implements Callable<Integer> {

    private static final int GLANCE_MILLIS = 50;

    @Option(
            names = "--events",
            paramLabel = "N",
            defaultValue = "3000000",
            description = "How many events the longest is of, 100 or more. Default: ${DEFAULT-VALUE}.")
    private long events;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (events < 100) {
            throw new ParameterException(spec.commandLine(), "--events: " + events + " (expected: 100 or more)");
        }
        Machine machine = Machine.here();
        StringBuilder rows = new StringBuilder();
        try (AtEnd end = new AtEnd()) {
            try {
                Cluster cluster = end.add(Cluster.inTemporaryDirectory());
                cluster.start();
                for (long length : List.of(events / 100, events / 10, events)) {
                    double seconds = measure(end, cluster, length);
                    Live.say("%,d events: %.1f s", length, seconds);
                    rows.append(
                            String.format(Locale.ROOT, "| %,d | %.1f | %,.0f |%n", length, seconds, length / seconds));
                }
            } catch (Exception e) {
                return Main.failed(end, e);
            }
            System.out.println(machine.text());
            System.out.printf("%n| events | seconds | events/s |%n|--:|--:|--:|%n%s", rows);
        }
        return CommandLine.ExitCode.OK;
    }

    private static double measure(AtEnd end, Cluster cluster, long length) throws Exception {
        String prefix = "length-" + length;
        EventStream stream = end.add(EventStream.produce(cluster, prefix + '.', Shape.of(length)));
        ReboundConfig config = new ReboundConfig(
                stream.keys(prefix + ".app", cluster.path("state").resolve(prefix)));
        ReplayName name = new ReplayName(prefix);
        double seconds;
        try (Replays replays = new Replays(config)) {
            replays.define(all(name));
            long begin = System.nanoTime();
            BackgroundReplay replay = BackgroundReplay.start(name, config);
            end.add(() -> replay.process().destroy());
            awaitFinished(replays, name, replay);
            seconds = (System.nanoTime() - begin) / 1e9;
            replay.process().waitFor();
            check(replays.get(name), length);
            replays.delete(name);
        }
        stream.delete();
        return seconds;
    }

    private static void awaitFinished(Replays replays, ReplayName name, BackgroundReplay replay) throws Exception {
        boolean alive = true;
        while (!replays.get(name).isFinished()) {
            if (!alive) {
                throw new IllegalStateException("the replay has ended with "
                        + replay.process().exitValue() + ": " + Files.readString(replay.log()));
            }
            Thread.sleep(GLANCE_MILLIS);
            // Asked first: one that ends well says that it is finished before it ends.
            alive = replay.process().isAlive();
        }
    }

    private static ReplayRequest all(ReplayName name) {
        return new ReplayRequest(
                name,
                Span.ALL,
                Optional.empty(),
                new Filter(List.of(), List.of(), List.of(), List.of()),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "bench");
    }

    private static void check(ReplayStatus status, long length) {
        if (status.progress().getProcessed() != length) {
            throw new IllegalStateException("replay " + status.definition().getName() + " has processed "
                    + status.progress().getProcessed() + " events (expected: " + length + ")");
        }
    }
}
