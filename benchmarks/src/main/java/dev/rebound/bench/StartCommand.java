package dev.rebound.bench;

import dev.rebound.config.ReboundConfig;
import dev.rebound.measure.Processor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How long a start takes. */
@Command(
        name = "start",
        mixinStandardHelpOptions = true,
        description = {
            "Measures how long `rebound run` takes from the start of its process until it is ready, and until there is the first"
                    + " output of a new event, and prints a table in Markdown, in seconds, with the parts"
                    + " by its log. A row is the start with the middle time of its kind.",
            "Kinds: cold (first start of an application: no events, no state), warm (after a stop in order), after kill -9 (while it processes"
                    + " events), state lost (after a stop in order that left the group, the state directory was deleted: state comes"
                    + " from the changelogs. An instance that has not left the group makes the next one wait for session.timeout.ms.)"
        })
final class StartCommand implements Callable<Integer> {

    private static final int NEW_EVENTS = 200;
    private static final int NEW_PER_SECOND = 1_000;
    private static final int CUT_OFF_EVENTS = 20_000;
    private static final int CUT_OFF_PER_SECOND = 10_000;

    @Option(
            names = "--events",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "How many events the state is of, where there is state. Default: ${DEFAULT-VALUE}.")
    private long events;

    @Option(
            names = "--runs",
            paramLabel = "R",
            defaultValue = "3",
            description = "How often each kind of start is measured. Default: ${DEFAULT-VALUE}.")
    private int runs;

    @Spec
    private CommandSpec spec;

    private final Map<Kind, List<StartTimes>> starts = new EnumMap<>(Kind.class);

    private enum Kind {
        COLD("cold, without state"),
        WARM_WITHOUT_STATE("warm, without state"),
        WARM("warm, with state"),
        KILLED("after kill -9, with state"),
        LOST("state lost, restored");

        private final String text;

        Kind(String text) {
            this.text = text;
        }
    }

    @Override
    public Integer call() {
        RunOptions.refuseNonsense(spec, events, runs);
        Machine machine = Machine.here();
        long stateBytes;
        try (AtEnd end = new AtEnd()) {
            try {
                Cluster cluster = end.add(Cluster.inTemporaryDirectory());
                cluster.start();
                EventStream none = end.add(EventStream.produce(cluster, "none.", Shape.of(0)));
                for (int run = 1; run <= runs; run++) {
                    withoutState(new Application(end, cluster, none, "none.app-" + run), run);
                }
                EventStream some = end.add(EventStream.produce(cluster, "some.", Shape.of(events)));
                stateBytes = withState(new Application(end, cluster, some, "some.app"));
            } catch (Exception e) {
                return Main.failed(end, e);
            }
            System.out.println(machine.text());
            System.out.printf(
                    "state of %,d events: %,.0f MB on disk; %s%n%n",
                    events, stateBytes / 1e6, runs == 1 ? "one start each" : "middle ones of " + runs + " starts");
            System.out.print(StartTimes.HEAD);
            starts.forEach(
                    (kind, times) -> System.out.print(StartTimes.middle(times).row(kind.text)));
        }
        return CommandLine.ExitCode.OK;
    }

    private void withoutState(Application application, int run) throws Exception {
        measure(application, Kind.COLD, run, false);
        application.stop();
        measure(application, Kind.WARM_WITHOUT_STATE, run, false);
        application.stop();
    }

    private long withState(Application application) throws Exception {
        application.start(false).awaitReady();
        application.settle();
        application.stop();
        long bytes = Usage.bytesIn(application.state());
        for (int run = 1; run <= runs; run++) {
            measure(application, Kind.WARM, run, false);
            application.sendNew(CUT_OFF_EVENTS, CUT_OFF_PER_SECOND);
            application.kill();
            measure(application, Kind.KILLED, run, true);
            application.stop();
            Cluster.delete(application.state());
            measure(application, Kind.LOST, run, false);
            application.stop();
        }
        return bytes;
    }

    private void measure(Application application, Kind kind, int run, boolean leaves) throws Exception {
        AtomicLong arrived = new AtomicLong();
        try (FirstOutput output = new FirstOutput(application.stream())) {
            long begin = System.currentTimeMillis();
            long beginNanos = System.nanoTime();
            Processor processor = application.start(leaves);
            CompletableFuture<Void> waiting = Live.inBackground(() -> arrived.set(output.await()));
            CompletableFuture<Void> sending = Live.inBackground(() -> application.sendNew(NEW_EVENTS, NEW_PER_SECOND));
            processor.awaitAnswer();
            double answering = (System.nanoTime() - beginNanos) / 1e9;
            processor.awaitReady();
            double ready = (System.nanoTime() - beginNanos) / 1e9;
            sending.get();
            waiting.get();
            StartTimes times = StartTimes.of(
                    Files.readAllLines(application.log()), begin, answering, ready, (arrived.get() - beginNanos) / 1e9);
            starts.computeIfAbsent(kind, first -> new ArrayList<>()).add(times);
            Live.say(
                    "%s, run %d of %d: ready after %.1f s, first output after %.1f s",
                    kind.text, run, runs, ready, times.firstOutput());
        }
        application.settle();
    }

    /** An application that is started again and again, one instance at a time, and its stream. */
    private static final class Application implements AutoCloseable {

        private final Cluster cluster;
        private final EventStream stream;
        private final String name;
        private final Sender sender;
        private final Drain drain;
        private long seed;
        private int instances;
        private Processor running;

        Application(AtEnd end, Cluster cluster, EventStream stream, String name) throws Exception {
            this.cluster = cluster;
            this.stream = stream;
            this.name = name;
            this.sender = new Sender(stream);
            this.drain = new Drain(new ReboundConfig(keys()), () -> running.failure());
            end.add(this);
        }

        private Map<String, String> keys() {
            Map<String, String> keys = stream.keys(name, state());
            keys.put("rebound.stop.timeout.ms", "120000");
            return keys;
        }

        /** @param leaves whether it leaves the group when it is stopped */
        Processor start(boolean leaves) throws Exception {
            instances++;
            Files.createDirectories(state());
            Files.createDirectories(cluster.path("logs"));
            Map<String, String> keys = keys();
            keys.put("rebound.stop.leave.group", Boolean.toString(leaves));
            String file = name + '-' + instances;
            running = Processor.start(
                    keys,
                    cluster.path(file + ".properties"),
                    cluster.path("logs").resolve(file + ".out"),
                    List.of("-Drebound.log.file=" + log()));
            return running;
        }

        /** What the instance that was started last has logged. */
        Path log() {
            return cluster.path("logs").resolve(name + '-' + instances + ".log");
        }

        Path state() {
            return cluster.path("state").resolve(name);
        }

        EventStream stream() {
            return stream;
        }

        /** Sends events that happen now. */
        void sendNew(int count, int perSecond) throws Exception {
            sender.send(
                    Mail.fromNow(stream.shape(), 1_000_000L * name.hashCode() + ++seed, perSecond),
                    new Pace(System.nanoTime(), perSecond),
                    count,
                    null);
        }

        /** Waits until all events are processed. */
        void settle() throws Exception {
            drain.awaitCommitted(stream.end());
        }

        void stop() throws InterruptedException {
            running.stop();
        }

        void kill() {
            running.kill();
        }

        @Override
        public void close() {
            sender.close();
            drain.close();
            if (running != null) {
                running.kill();
            }
        }
    }
}
