package dev.rebound.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How long it takes from an event to what comes of it. */
@Command(
        name = "latency",
        mixinStandardHelpOptions = true,
        description = {
            "Measures how long it takes from an event to its record in bounces-hard and, where it suppresses an address at once, in"
                    + " suppressions, and prints a table in Markdown. For each commit interval: the full rate first, with always"
                    + " more events than can be processed; then shares of that rate.",
            "Events are made and sent in this process, beside the broker, while they are processed: the full rate is less than"
                    + " where they are there before. They are sent by a schedule that waits for nothing, with a linger of "
                    + Sender.LINGER_MS + " ms, and"
                    + " each counts from when it was due, so that a stall counts for all that were due meanwhile, to when a consumer"
                    + " that reads committed records has it.",
            "With the defaults it takes a quarter of an hour."
        })
final class LatencyCommand implements Callable<Integer> {

    private static final Duration FULL_RATE_WARM_UP = Duration.ofSeconds(10);
    private static final Duration FULL_RATE_COUNTED = Duration.ofSeconds(15);
    private static final int WARM_UP_SECONDS = 5;
    private static final int ALL = 100;
    private static final long LONGEST_ARRIVAL = TimeUnit.SECONDS.toNanos(30);

    @Option(
            names = "--rates",
            paramLabel = "PERCENT",
            split = ",",
            defaultValue = "10,50,90",
            description = "Shares of the full rate, separated by commas, 1 to 100. Default: ${DEFAULT-VALUE}.")
    private List<Integer> rates;

    @Option(
            names = "--commit-intervals",
            paramLabel = "MS",
            split = ",",
            defaultValue = "1000,500,100",
            description =
                    "Values of commit.interval.ms, separated by commas. Each comes with a profile, see --profile, and with"
                            + " producer.linger.ms in the same proportion as the profile has them: a tenth of the interval with profile"
                            + " throughput, a twentieth with profile latency. So 1000 is profile throughput, and 100 profile latency, as"
                            + " they ship. Default: ${DEFAULT-VALUE}.")
    private List<Integer> commitIntervals;

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            description =
                    "What all other settings are as in, whatever the interval: ${COMPLETION-CANDIDATES}. Default: latency up to"
                            + " 100 ms, throughput above.")
    private CommitInterval.Profile profile;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "60",
            description = "How long each rate is measured, after " + WARM_UP_SECONDS
                    + " seconds that do not count. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (seconds < 1
                || rates.stream().anyMatch(rate -> rate < 1 || rate > ALL)
                || commitIntervals.stream().anyMatch(millis -> millis < 1)) {
            throw new ParameterException(
                    spec.commandLine(), "--seconds and --commit-intervals: 1 or more. --rates: 1 to 100.");
        }
        Machine machine = Machine.here();
        List<LatencyRow> rows = new ArrayList<>();
        try (AtEnd end = new AtEnd()) {
            try {
                Cluster cluster = end.add(Cluster.inTemporaryDirectory());
                cluster.start();
                for (int millis : commitIntervals) {
                    measure(end, cluster, CommitInterval.of(millis, profile), rows);
                }
            } catch (Exception e) {
                return Main.failed(end, e);
            }
            System.out.println(machine.text());
            System.out.printf("%d s each, %d partitions, one thread%n%n", seconds, Shape.PARTITIONS);
            System.out.print(LatencyRow.table(rows));
        }
        return CommandLine.ExitCode.OK;
    }

    private void measure(AtEnd end, Cluster cluster, CommitInterval interval, List<LatencyRow> rows) throws Exception {
        Live live = Live.start(
                end, cluster, "commit-" + interval.millis() + '-' + rows.size(), Shape.of(0), interval.keys());
        double fullRate = live.fullRate(FULL_RATE_WARM_UP, FULL_RATE_COUNTED);
        Live.say("commit interval %d ms: full rate %,.0f events/s", interval.millis(), fullRate);
        for (int percent : rates) {
            rows.add(measure(live, interval, fullRate, percent));
        }
        live.discard();
    }

    private LatencyRow measure(Live live, CommitInterval interval, double fullRate, int percent) throws Exception {
        double rate = fullRate * percent / ALL;
        Pace pace = new Pace(System.nanoTime() + TimeUnit.SECONDS.toNanos(1), rate);
        long countedFrom = pace.begin() + TimeUnit.SECONDS.toNanos(WARM_UP_SECONDS);
        Latencies hard = new Latencies(countedFrom);
        Latencies suppressions = new Latencies(countedFrom);
        try (Arrivals arrivals = new Arrivals(live.stream(), hard, suppressions)) {
            AtomicReference<Double> latest = new AtomicReference<>();
            CompletableFuture<Void> sending = Live.inBackground(() -> latest.set(live.sender()
                    .send(live.events(rate), pace, pace.eventsIn(WARM_UP_SECONDS + seconds), (event, due) -> {
                        hard.sent(event, due);
                        suppressions.sent(event, due);
                    })));
            sending.get();
            double behind = (live.sender().sent() - live.committed()) / rate;
            live.settle();
            awaitAll(hard, arrivals);
            LatencyRow row =
                    new LatencyRow(interval, fullRate, percent, behind, hard.quantiles(), suppressions.quantiles());
            Live.say(
                    "commit interval %d ms, %d %%: bounces-hard p50 %.0f ms, p99 %.0f ms of %,d; suppressions p50 %.0f ms, p99 %.0f ms of"
                            + " %,d; %.1f s behind at the end; sent at most %.0f ms late",
                    interval.millis(),
                    percent,
                    row.hard().p50(),
                    row.hard().p99(),
                    row.hard().count(),
                    row.suppressions().p50(),
                    row.suppressions().p99(),
                    row.suppressions().count(),
                    behind,
                    latest.get());
            return row;
        }
    }

    private static void awaitAll(Latencies hard, Arrivals arrivals) throws InterruptedException {
        long begin = System.nanoTime();
        while (hard.outstanding() > 0) {
            if (arrivals.failure() != null) {
                throw new IllegalStateException("reading broke: " + arrivals.failure(), arrivals.failure());
            }
            if (System.nanoTime() - begin > LONGEST_ARRIVAL) {
                throw new IllegalStateException(
                        hard.outstanding() + " hard bounces are processed, and have not come to their topic");
            }
            Thread.sleep(50);
        }
    }
}
