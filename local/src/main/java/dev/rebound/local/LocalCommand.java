package dev.rebound.local;

import dev.rebound.app.Connections;
import dev.rebound.app.ReboundApp;
import dev.rebound.app.TopicAdmin;
import dev.rebound.cli.ExitCode;
import dev.rebound.config.ReboundConfig;
import dev.rebound.topology.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Everything on one machine: broker, registry, processor, input, and a table of what comes out. */
@Command(
        name = "local",
        mixinStandardHelpOptions = true,
        description =
                "Runs everything on this machine: a Kafka broker, a schema registry and the processor, fed with mails"
                        + " or events, with a live table per receiving domain. Ctrl-C stops; the data stays.")
final class LocalCommand implements Callable<Integer> {

    private static final Path DATA = Path.of("rebound-data");
    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    @Option(
            names = "--input",
            arity = "1..*",
            paramLabel = "PATH",
            description =
                    "What to feed: mails with delivery reports, directories of them, or files of delivery events as"
                            + " JSON lines (.ndjson, .jsonl). Default: some sample mails and generated traffic, in real time or,"
                            + " with --once, " + GeneratedTraffic.EVENTS_ONCE + " events that are always the same.")
    private List<Path> input;

    @Option(
            names = "--once",
            description =
                    "Processes the input, prints the table and ends. Without --data-dir nothing of" + " it is kept.")
    private boolean once;

    @Option(names = "--json", description = "With --once: prints the result as JSON.")
    private boolean json;

    @Option(
            names = "--export-suppressions",
            paramLabel = "FILE",
            description =
                    "With --once: writes the addresses that must not be written to, a JSON object a line: recipient,"
                            + " reason, category, scope, rule, evidence and more.")
    private Path suppressions;

    @Option(
            names = "--policy",
            paramLabel = "NAME|FILE",
            description =
                    "When addresses are suppressed: a preset (rebound policy presets) or a policy file. Default: default.")
    private String policy;

    @Option(
            names = "--broker-port",
            paramLabel = "PORT",
            defaultValue = "19092",
            description = "Port of the broker; 0 takes a free one. Default: ${DEFAULT-VALUE}.")
    private int brokerPort;

    @Option(
            names = "--registry-port",
            paramLabel = "PORT",
            defaultValue = "18081",
            description = "Port of the schema registry; 0 takes a free one. Default: ${DEFAULT-VALUE}.")
    private int registryPort;

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            defaultValue = "18080",
            description = "Port of Rebound's HTTP interface; 0 takes a free one. Default: ${DEFAULT-VALUE}.")
    private int httpPort;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Where everything is kept; delete it to start afresh. Default: rebound-data.")
    private Path dataDirectory;

    @Spec
    private CommandSpec spec;

    private final AtomicReference<Exception> broken = new AtomicReference<>();

    @Override
    public Integer call() throws Exception {
        if (json && !once) {
            throw new ParameterException(spec.commandLine(), "--json goes with --once: the live table is for people.");
        }
        if (suppressions != null && !once) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--export-suppressions goes with --once; while it runs, use: rebound suppressions export");
        }
        Input.check(input);
        checkPolicy();
        if (suppressions != null) {
            SuppressionsFile.check(suppressions);
        }
        boolean temporary = once && dataDirectory == null;
        Path data =
                temporary ? Files.createTempDirectory("rebound-once") : dataDirectory == null ? DATA : dataDirectory;
        try (Running running = new Running()) {
            Runtime.getRuntime().addShutdownHook(new Thread(running::close, "stop"));
            if (temporary) {
                running.atEnd(() -> delete(data));
            }
            LogFile.in(data.resolve("logs").resolve("rebound.log"));
            LocalStack stack = running.add(
                    LocalStack.start(new LocalStackOptions(data, brokerPort, registryPort), this::say, this::broke));
            ReboundConfig config = config(stack, ServicePort.HTTP.resolve(httpPort));
            Connections connections = running.add(new Connections(config, Duration.ofSeconds(20)));
            new TopicAdmin(config).create(connections.schemas());
            ReboundApp app = running.add(ReboundApp.start(config));
            awaitRunning(app);
            DomainTable table = running.add(DomainTable.follow(config, connections.writerSchemas()));
            Backlog backlog = new Backlog(config);
            if (once && (table.hasPast() || backlog.size() > 0)) {
                say("Finishing what an earlier run left ...");
                table.beginHere(backlog, () -> throwIfBroken(app));
            }
            Input feed = new Input(
                    config,
                    connections,
                    stack.directory().ledger(),
                    temporary ? DATA.resolve("set-aside") : stack.directory().setAside(),
                    this::say);
            Input.Fed fed = feed.feed(input == null ? sample(stack) : input, running::isStopping);
            if (once) {
                long generated = input == null ? GeneratedTraffic.once(config, connections, running::isStopping) : 0;
                return finish(app, table, fed.plus(generated));
            }
            welcome(stack, app, config.topics());
            Optional<GeneratedTraffic> traffic = input == null
                    ? Optional.of(running.add(GeneratedTraffic.start(config, connections, !table.hasPast())))
                    : Optional.empty();
            return live(running, app, table, traffic);
        }
    }

    private Integer finish(ReboundApp app, DomainTable table, Input.Fed fed) throws Exception {
        table.awaitAccounted(fed.events(), () -> throwIfBroken(app));
        if (suppressions != null) {
            say("Wrote " + SuppressionsFile.write(app.suppressions(), suppressions) + " suppressions to "
                    + suppressions);
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(table.toJson(fed.events(), fed.setAside()));
        } else {
            table.linesSinceStart().forEach(out::println);
            out.printf("%nread %d, dead letters %d, set aside %d%n", fed.events(), table.deadLetters(), fed.setAside());
        }
        out.flush();
        return ExitCode.OK.code();
    }

    private Integer live(Running running, ReboundApp app, DomainTable table, Optional<GeneratedTraffic> traffic)
            throws Exception {
        LiveTable view = new LiveTable(table, spec.commandLine().getOut(), System.console() != null);
        while (!running.isStopping()) {
            throwIfBroken(app);
            if (traffic.isPresent()) {
                traffic.get().throwIfFailed();
            }
            view.show();
            running.awaitStop(LiveTable.PACE);
        }
        return ExitCode.OK.code();
    }

    private ReboundConfig config(LocalStack stack, int http) throws IOException {
        Map<String, String> keys = new HashMap<>();
        keys.put(ReboundConfig.BOOTSTRAP_SERVERS, stack.bootstrapServers());
        keys.put(ReboundConfig.SCHEMA_REGISTRY_URL, stack.schemaRegistryUrl());
        keys.put(ReboundConfig.HTTP_PORT, Integer.toString(http));
        keys.put(ReboundConfig.HTTP_TOKEN_FILE, stack.directory().httpToken().toString());
        keys.put(
                ReboundConfig.ERASE_KEY,
                Files.readString(stack.directory().eraseKey()).strip());
        if (policy != null) {
            keys.put(ReboundConfig.SUPPRESSION_POLICY, policy);
        }
        keys.put(ReboundConfig.TOPICS_PARTITIONS, "4");
        keys.put(ReboundConfig.STATS_FLUSH_MS, "200");
        keys.put(ReboundConfig.STATS_ROLL_UP_MS, "500");
        keys.put(ReboundConfig.START_WAIT_MS, "20000");
        keys.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, "200");
        keys.put(StreamsConfig.STATE_DIR_CONFIG, stack.directory().state().toString());
        // Any client can look at the topics, also those that come without compression codecs.
        keys.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "none");
        return new ReboundConfig(keys);
    }

    /** Before anything is started, which takes its time. */
    private void checkPolicy() {
        if (policy != null) {
            new ReboundConfig(Map.of(
                            ReboundConfig.BOOTSTRAP_SERVERS, ServicePort.LOOPBACK + ":0",
                            ReboundConfig.SCHEMA_REGISTRY_URL, "http://" + ServicePort.LOOPBACK,
                            ReboundConfig.SUPPRESSION_POLICY, policy))
                    .suppressionPolicies();
        }
    }

    private void awaitRunning(ReboundApp app) throws Exception {
        say("Starting the processor ...");
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (!app.isReady()) {
            throwIfBroken(app);
            if (System.nanoTime() > deadline) {
                throw new LocalStackException(
                        "The processor did not start",
                        "it is still " + app.state() + " after " + START_LIMIT.toSeconds() + " s",
                        "See logs/rebound.log in the data directory.",
                        null);
            }
            app.awaitFailure(Duration.ofMillis(50));
        }
    }

    private void throwIfBroken(ReboundApp app) throws Exception {
        Exception problem = broken.get();
        if (problem != null) {
            throw problem;
        }
        if (app.failure() != null) {
            throw new LocalStackException(
                    "The processor stopped",
                    String.valueOf(app.failure().getMessage()),
                    "See logs/rebound.log in the data directory.",
                    app.failure());
        }
    }

    private static List<Path> sample(LocalStack stack) {
        return List.of(Sample.unpack(stack.directory().root().resolve("sample")));
    }

    private void welcome(LocalStack stack, ReboundApp app, Topics topics) {
        say("");
        say("Rebound is running. Ctrl-C stops it.");
        say("  Dashboard        http://" + ServicePort.LOOPBACK + ":" + app.httpPort() + "/");
        say("  Kafka broker     " + stack.bootstrapServers());
        say("  Schema registry  " + stack.schemaRegistryUrl());
        say("  Health           http://" + ServicePort.LOOPBACK + ":" + app.httpPort() + "/health/ready");
        say("  Token            " + stack.directory().httpToken() + " (for changes over HTTP)");
        say("  Data             " + stack.directory().root() + " (delete it to start afresh)");
        say("  Topics           "
                + String.join(", ", topics.all().stream().map(Topics.Spec::name).toList()));
        say("  Suppressions     rebound suppressions list" + url(app));
        say("  Look at one      kcat -C -e -b " + stack.bootstrapServers() + " -t "
                + topics.bouncesHard().name() + " -f '%k\\t%S bytes\\n'");
        say("");
    }

    /** The option by which commands find the instance; empty where they look anyway. */
    private static String url(ReboundApp app) {
        return app.httpPort() == ServicePort.HTTP.defaultPort()
                ? ""
                : " --url http://" + ServicePort.LOOPBACK + ":" + app.httpPort();
    }

    private void broke(LocalStackException problem) {
        broken.compareAndSet(null, problem);
    }

    private void say(String line) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(line);
        err.flush();
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + directory, e);
        }
    }
}
