package dev.rebound.bench;

import dev.rebound.generate.Traffic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Whether anything decays in the long run. */
@Command(
        name = "soak",
        mixinStandardHelpOptions = true,
        description = {
            "Measures the full rate, then lets Rebound as it ships process a share of it for long, and prints a table in Markdown and"
                    + " a verdict: whether memory or lag grow after the first third, by a straight line through them. Ends with 1"
                    + " where one of them does. What the state stores share, rebound.state.memory.mb, is shown, and does not count:"
                    + " it fills up to its bound.",
            "Runs of less than " + SoakCommand.SHORT_MINUTES
                    + " minutes get no verdict. Events are made and sent in this process, beside the broker,"
                    + " while they are processed. All of the heap is touched at the"
                    + " start, so that resident memory grows only by what is outside of it. Twice, after the first third and at"
                    + " the end, all garbage is collected to tell what is live."
        })
final class SoakCommand implements Callable<Integer> {

    private static final Duration FULL_RATE_WARM_UP = Duration.ofSeconds(10);
    private static final Duration FULL_RATE_COUNTED = Duration.ofSeconds(20);
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    /** In shorter runs a line comes more often, and there is no verdict. */
    static final int SHORT_MINUTES = 10;

    private static final int LINES_OF_SHORT_MINUTE = 10;
    private static final int ALL = 100;

    @Option(
            names = "--minutes",
            paramLabel = "N",
            defaultValue = "30",
            description = "How long. Default: ${DEFAULT-VALUE}.")
    private int minutes;

    @Option(
            names = "--rate-percent",
            paramLabel = "PERCENT",
            defaultValue = "70",
            description = "Which share of the full rate, 1 to 100. Default: ${DEFAULT-VALUE}.")
    private int ratePercent;

    @Option(
            names = "--recipients",
            paramLabel = "N",
            defaultValue = "" + Shape.RECIPIENTS,
            description =
                    "How many mailboxes events are about. The fewer, the sooner as much is known of each as is kept."
                            + " Default: ${DEFAULT-VALUE}.")
    private int recipients;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (minutes < 1 || ratePercent < 1 || ratePercent > ALL) {
            throw new ParameterException(spec.commandLine(), "--minutes: 1 or more. --rate-percent: 1 to 100.");
        }
        if (recipients < Traffic.FEWEST_RECIPIENTS || recipients > Traffic.MOST_RECIPIENTS) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--recipients: " + recipients + " (expected: " + Traffic.FEWEST_RECIPIENTS + " to "
                            + Traffic.MOST_RECIPIENTS + ")");
        }
        Machine machine = Machine.here();
        try (AtEnd end = new AtEnd()) {
            try {
                Cluster cluster = end.add(Cluster.inTemporaryDirectory());
                cluster.start();
                Live live = Live.start(end, cluster, "soak", Shape.of(0).withRecipients(recipients), Map.of());
                Trim trim = end.add(new Trim(live.stream(), live.application()));
                System.out.println(machine.text());
                return run(live, trim) ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
            } catch (Exception e) {
                return Main.failed(end, e);
            }
        }
    }

    private boolean run(Live live, Trim trim) throws Exception {
        double fullRate = live.fullRate(FULL_RATE_WARM_UP, FULL_RATE_COUNTED);
        double rate = fullRate * ratePercent / ALL;
        Live.say("full rate %,.0f events/s; %d %% of it for %d min", fullRate, ratePercent, minutes);
        Pace pace = new Pace(System.nanoTime() + TimeUnit.SECONDS.toNanos(1), rate);
        CompletableFuture<Void> sending = Live.inBackground(() -> live.sender()
                .send(live.events(rate), pace, pace.eventsIn(TimeUnit.MINUTES.toSeconds(minutes)), (event, due) -> {}));
        long interval = minutes < SHORT_MINUTES ? MINUTE / LINES_OF_SHORT_MINUTE : MINUTE;
        long count = minutes * MINUTE / interval;
        long warmUp = count / 3;
        List<SoakLine> lines = new ArrayList<>();
        Moment before = Moment.of(live, false);
        long liveAtFirst = 0;
        for (int number = 1; number <= count; number++) {
            awaitTime(pace.begin() + number * interval, sending);
            // The last one comes after the last event and before its commit: no matter, as with all others.
            Moment now = Moment.of(live, number == warmUp || number == count);
            lines.add(now.since(before, pace));
            Live.say("%s", lines.get(lines.size() - 1).text());
            liveAtFirst = number == warmUp ? now.status().heapBytes() : liveAtFirst;
            before = now;
            trim.run();
        }
        sending.get();
        live.settle();
        SoakVerdict verdict = SoakVerdict.of(lines.subList((int) warmUp, lines.size()), rate);
        System.out.printf(
                "full rate %s events/s, %d %% of it for %d min%n%n%s%n",
                Table.whole(fullRate), ratePercent, minutes, SoakLine.table(lines));
        System.out.printf(
                "Live heap, after collecting all garbage: %s MB after the first third, %s MB at the end.%n%s",
                Table.tenths(liveAtFirst / 1e6), Table.tenths(before.status().heapBytes() / 1e6), verdict.text());
        if (minutes < SHORT_MINUTES) {
            System.out.println("Verdict: none, memory outside of the heap still fills up in the first " + SHORT_MINUTES
                    + " minutes.");
            return true;
        }
        System.out.println("Verdict: " + (verdict.isSteady() ? "no decay." : "decay."));
        return verdict.isSteady();
    }

    private static void awaitTime(long time, CompletableFuture<Void> sending) throws Exception {
        for (long left = time - System.nanoTime(); left > 0; left = time - System.nanoTime()) {
            if (sending.isCompletedExceptionally()) {
                sending.get();
            }
            Thread.sleep(Math.min(500, TimeUnit.NANOSECONDS.toMillis(left) + 1));
        }
    }

    /**
     * How it is at a moment.
     *
     * @param time by {@link System#nanoTime()}
     * @param committed events
     * @param lag events
     * @param status of the process
     * @param stateBytes files of the state directory
     */
    private record Moment(long time, long committed, long lag, Status status, long stateBytes) {

        static Moment of(Live live, boolean collect) throws Exception {
            long sent = live.sender().sent();
            long committed = live.committed();
            long time = System.nanoTime();
            return new Moment(
                    time,
                    committed,
                    Math.max(0, sent - committed),
                    live.ask(collect),
                    Usage.bytesIn(Path.of(live.stateDirectory())));
        }

        SoakLine since(Moment before, Pace pace) {
            double seconds = (time - before.time) / 1e9;
            return new SoakLine(
                    (time - pace.begin()) / (double) MINUTE,
                    (committed - before.committed) / seconds,
                    lag,
                    status.heapBytes(),
                    status.residentBytes(),
                    status.storeBytes(),
                    (status.collectionSeconds() - before.status.collectionSeconds()) / seconds,
                    (status.cpuSeconds() - before.status.cpuSeconds()) / seconds,
                    stateBytes,
                    status.threads());
        }
    }
}
