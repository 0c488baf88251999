package dev.rebound.cli;

import dev.rebound.config.ReboundConfig;
import dev.rebound.replay.BackgroundReplay;
import dev.rebound.replay.ReplayException;
import dev.rebound.replay.ReplayName;
import dev.rebound.replay.ReplayRequest;
import dev.rebound.replay.ReplayRequest.Filter;
import dev.rebound.replay.ReplayRequest.GivenFile;
import dev.rebound.replay.ReplayStatus;
import dev.rebound.replay.Replays;
import dev.rebound.suppress.Presets;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Starts a replay, or goes on with one. */
@Command(
        name = "start",
        mixinStandardHelpOptions = true,
        description =
                "Starts a replay; with the name of one that was stopped or interrupted, goes on with it. Nothing live is"
                        + " touched: it has topics, a consumer group and state of its own.")
final class ReplayStartCommand implements Callable<Integer> {

    private static final Duration GLANCE = Duration.ofMillis(500);

    @Mixin
    private ClusterOptions cluster;

    @Option(names = "--name", paramLabel = "NAME", required = true, description = "Name of the replay.")
    private String name;

    @Mixin
    private ReplaySpanOptions span;

    @Option(
            names = "--archive",
            paramLabel = "DIR",
            description = "Reads the events from an archive, see rebound archive, and not from the topic.")
    private Path archive;

    @Option(names = "--tenant", paramLabel = "NAME", description = "Only events of this tenant; can be repeated.")
    private List<String> tenants = List.of();

    @Option(
            names = "--domain",
            paramLabel = "DOMAIN",
            description = "Only events for this receiving domain; can be repeated.")
    private List<String> domains = List.of();

    @Option(
            names = "--code",
            paramLabel = "CODE",
            description = "Only events with this basic or enhanced code; can be repeated.")
    private List<String> codes = List.of();

    @Option(
            names = "--outcome",
            paramLabel = "OUTCOME",
            description = "Only events with this outcome, such as BOUNCED; can be repeated.")
    private List<String> outcomes = List.of();

    @Option(
            names = "--codes",
            paramLabel = "FILE",
            description = "Rows of codes that are used instead of live's: YAML, or the lines of rebound codes export.")
    private String codesFile;

    @Option(
            names = "--rules",
            paramLabel = "FILE",
            description = "Text rules that are used instead of live's, as rebound rules import reads them.")
    private String rulesFile;

    @Option(
            names = "--policy",
            paramLabel = "FILE|PRESET",
            description = "Policy file, or name of a policy that ships, that is used instead of live's.")
    private String policy;

    @Option(
            names = "--as-live",
            description =
                    "Each event is classified with the table that it met the first time. Otherwise the revisions count that are"
                            + " in force at its time, as they are known now.")
    private boolean asLive;

    @Option(names = "--by", paramLabel = "WHO", description = "Who starts it. Default: the user's name.")
    private String by;

    @Option(
            names = "--wait",
            description = "Works on it in this process, and stays until the end. Otherwise a process of its own does.")
    private boolean wait;

    @Option(names = "--json", description = "The result as JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        ReplayName replay = new ReplayName(name);
        ReboundConfig config = cluster.config();
        try (Replays replays = new Replays(config)) {
            ReplayStatus status = defined(replays, replay);
            if (!status.isFinished()) {
                status = replays.awaitSign(replay);
            }
            if (status.isFinished()) {
                say("Replay " + replay + " is at its end already.");
            } else if (status.phase().isUnderWay()) {
                say("Replay " + replay + " is under way already, in process "
                        + status.progress().getHost() + ".");
            } else if (wait) {
                status = ReplayWatch.run(spec, (stop, watcher) -> replays.run(replay, stop, watcher));
            } else {
                BackgroundReplay started = BackgroundReplay.start(replay, config);
                status = begun(replays, replay, status, started);
                Path log = started.log();
                say("Replay " + replay + " is under way; its log is " + log
                        + ". See how far it is with: rebound replay status " + replay);
            }
            return ReplayText.result(status, json, spec.commandLine().getOut());
        }
    }

    private ReplayStatus defined(Replays replays, ReplayName replay) throws IOException {
        ReplayRequest request = new ReplayRequest(
                replay,
                span.span(),
                Optional.ofNullable(archive),
                new Filter(tenants, domains, codes, outcomes),
                asLive,
                file(codesFile),
                file(rulesFile),
                policyFile(),
                by == null ? System.getProperty("user.name", "unknown") : by);
        if (!span.isGiven() && archive == null && replays.find(replay).isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "there is no replay " + replay
                            + " to go on with; name the span of a new one: --from TIME --to TIME,"
                            + " --offsets, or --all");
        }
        return replays.define(request);
    }

    /** Where it is once the process has given its first sign of life. */
    private static ReplayStatus begun(
            Replays replays, ReplayName replay, ReplayStatus before, BackgroundReplay started) {
        ReplayStatus now = before;
        while (Objects.equals(now.progress(), before.progress())) {
            if (!started.process().isAlive()) {
                throw new ReplayException("the process that was to work on replay " + replay + " has ended with "
                        + started.process().exitValue() + "; " + started.log() + " says why");
            }
            LockSupport.parkNanos(GLANCE.toNanos());
            now = replays.get(replay);
        }
        return now;
    }

    private static Optional<GivenFile> file(String name) throws IOException {
        return name == null ? Optional.empty() : Optional.of(new GivenFile(TextInput.name(name), TextInput.read(name)));
    }

    /** A policy that ships is what extends it without a change. */
    private Optional<GivenFile> policyFile() throws IOException {
        return policy != null && Presets.find(policy).isPresent()
                ? Optional.of(new GivenFile(policy, "extends: " + policy + "\n"))
                : file(policy);
    }

    private void say(String line) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(line);
        err.flush();
    }
}
