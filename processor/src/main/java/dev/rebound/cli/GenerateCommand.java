package dev.rebound.cli;

import dev.rebound.app.Connections;
import dev.rebound.config.ReboundConfig;
import dev.rebound.generate.Scenario;
import dev.rebound.generate.Traffic;
import dev.rebound.generate.TrafficPlan;
import dev.rebound.ingest.ConsoleProgress;
import dev.rebound.ingest.EventSink;
import dev.rebound.ingest.IngestSummary;
import dev.rebound.ingest.IngestTraffic;
import dev.rebound.ingest.KafkaEventSink;
import dev.rebound.ingest.Pace;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Makes realistic traffic for trials and benchmarks. */
@Command(
        name = "generate",
        mixinStandardHelpOptions = true,
        description =
                "Generates delivery events as a large sender has them, into the topic delivery-events or as JSON lines."
                        + " The same seed, scenario, start and --event-rate give the same events.")
final class GenerateCommand implements Callable<Integer> {

    private static final Instant PRINTED_START = Instant.parse("2026-03-01T00:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Mixin
    private ClusterOptions cluster;

    @Option(
            names = "--print",
            description = "Writes the events as JSON lines to standard output, as ingest ndjson reads them; needs no"
                    + " broker.")
    private boolean print;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "0",
            description = "Events per second. Default: 0, as fast as possible.")
    private int rate;

    @Option(names = "--count", paramLabel = "N", description = "Ends after so many events. Default: no end.")
    private Long count;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description =
                    "Ends when the generated time has gone on so far, such as 90s, 10m, 2h or 1d. Default: no end.")
    private Duration duration;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Another number gives other events. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--scenario",
            paramLabel = "NAME",
            defaultValue = "ordinary",
            converter = ScenarioConverter.class,
            completionCandidates = ScenarioLines.class,
            description = "What happens; default: ${DEFAULT-VALUE}. One of: ${COMPLETION-CANDIDATES}.")
    private Scenario scenario;

    @Option(
            names = "--start",
            paramLabel = "TIME",
            description = "Time of the first event, ISO 8601 in UTC. Default: 2026-03-01T00:00:00Z with --print; into a"
                    + " cluster now, or so that the last event is of now when events do not come in real time.")
    private Instant start;

    @Option(
            names = "--event-rate",
            paramLabel = "N",
            description = "Events per second of the generated time. Default: that of --rate, or "
                    + TrafficPlan.USUAL_PER_SECOND + ".")
    private Integer eventRate;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        TrafficPlan plan = plan();
        long events = events(plan);
        if (print) {
            generate(plan, events, new PrintedEvents(spec.commandLine().getOut()));
            return ExitCode.OK.code();
        }
        ReboundConfig config = cluster.config();
        try (Connections connections = new Connections(config, PATIENCE);
                KafkaEventSink sink = new KafkaEventSink(config, connections.schemas())) {
            generate(plan, events, sink);
            return ExitCode.OK.code();
        }
    }

    private TrafficPlan plan() {
        require(rate >= 0, "--rate " + rate + " (expected: 0 or more)");
        require(count == null || count > 0, "--count " + count + " (expected: 1 or more)");
        require(
                count != null || duration != null || rate > 0,
                "Give --count or --duration, or a --rate for traffic without end.");
        int perSecond = eventRate != null ? eventRate : rate > 0 ? rate : TrafficPlan.USUAL_PER_SECOND;
        try {
            TrafficPlan printed = new TrafficPlan(seed, scenario, start == null ? PRINTED_START : start, perSecond);
            if (print || start != null) {
                return printed;
            }
            return new TrafficPlan(seed, scenario, startTowardsNow(printed), perSecond);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private Instant startTowardsNow(TrafficPlan plan) {
        Instant now = Instant.now();
        boolean realTime = rate == plan.eventsPerSecond();
        boolean endless = count == null && duration == null;
        return realTime || endless ? now : now.minus(plan.spanOf(events(plan)));
    }

    private long events(TrafficPlan plan) {
        long byCount = count == null ? Long.MAX_VALUE : count;
        return duration == null ? byCount : Math.min(byCount, plan.eventsIn(duration));
    }

    private void generate(TrafficPlan plan, long events, EventSink sink) throws IOException, InterruptedException {
        Pace pace =
                rate == 0 ? Pace.AS_FAST_AS_POSSIBLE : Pace.from(plan.start(), (double) rate / plan.eventsPerSecond());
        StopOnSignal stop = new StopOnSignal();
        try {
            ConsoleProgress progress = ConsoleProgress.ofEvents(System.err, System.console() != null);
            tell(new IngestTraffic(new Traffic(plan)::next, pace, sink, progress, stop).run(events));
        } finally {
            stop.done();
        }
    }

    private void tell(IngestSummary summary) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("Generated " + summary.events() + " events" + (summary.stopped() ? ", stopped early." : "."));
        summary.byOutcome()
                .forEach((outcome, number) ->
                        err.printf(Locale.ROOT, "  %-10s %d%n", outcome.name().toLowerCase(Locale.ROOT), number));
        err.flush();
    }

    private void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new ParameterException(spec.commandLine(), otherwise);
        }
    }

    private static final class ScenarioConverter implements ITypeConverter<Scenario> {
        @Override
        public Scenario convert(String name) {
            try {
                return Scenario.of(name);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    /** The scenarios as the help shows them. */
    private static final class ScenarioLines implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Stream.of(Scenario.values())
                    .map(scenario -> scenario.text() + " (" + scenario.description() + ")")
                    .iterator();
        }
    }
}
