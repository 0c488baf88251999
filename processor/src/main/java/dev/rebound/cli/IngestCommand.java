package dev.rebound.cli;

import dev.rebound.app.Connections;
import dev.rebound.config.ReboundConfig;
import dev.rebound.ingest.ConsoleProgress;
import dev.rebound.ingest.EventSink;
import dev.rebound.ingest.IngestDsn;
import dev.rebound.ingest.IngestNdjson;
import dev.rebound.ingest.IngestSummary;
import dev.rebound.ingest.InputSource;
import dev.rebound.ingest.InputSources;
import dev.rebound.ingest.KafkaEventSink;
import dev.rebound.ingest.Ledger;
import dev.rebound.ingest.LedgerFile;
import dev.rebound.ingest.MailReadings;
import dev.rebound.ingest.NdjsonReader;
import dev.rebound.ingest.NewFiles;
import dev.rebound.ingest.Progress;
import dev.rebound.ingest.ReadFiles;
import dev.rebound.ingest.SetAside;
import dev.rebound.mail.DsnReader;
import dev.rebound.schema.Correlation;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Brings delivery events in. */
@Command(
        name = "ingest",
        mixinStandardHelpOptions = true,
        description = "Reads delivery reports or JSON lines into the topic delivery-events.",
        synopsisSubcommandLabel = "COMMAND")
final class IngestCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String DATA = "rebound-data";

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Name a command: dsn or ndjson.");
    }

    /** What both ways of reading share. */
    static final class Common {

        @Mixin
        private ClusterOptions cluster;

        @Option(names = "--print", description = "Writes the events as JSON lines to standard output; needs no broker.")
        private boolean print;

        @Option(names = "--again", description = "Reads what was read before once more.")
        private boolean again;

        @Option(
                names = "--ledger",
                paramLabel = "DIR",
                defaultValue = DATA + "/ledger",
                description = "Where it is noted what was read. Default: ${DEFAULT-VALUE}.")
        private Path ledgers;
    }

    /** What becomes of files that were read, and whether to wait for more. */
    static final class Mails {

        @Option(
                names = "--set-aside",
                paramLabel = "DIR",
                defaultValue = DATA + "/set-aside",
                description = "Where copies of mails go that gave no event. Default: ${DEFAULT-VALUE}.")
        private Path setAside;

        @Option(
                names = "--move-read",
                paramLabel = "DIR",
                description =
                        "Moves each file to DIR, on the same file system, once all of it is stored or set aside. Without"
                                + " it, files stay where they are.")
        private Path moveRead;

        @Option(
                names = "--follow",
                description =
                        "Goes on reading what comes into the directories, until Ctrl-C. Files that change, or whose"
                                + " names end in .tmp or .part, wait until they are complete.")
        private boolean follow;

        @Option(
                names = "--poll",
                paramLabel = "SECONDS",
                defaultValue = "5",
                description = "With --follow: looks for files so often where the system does not tell of them, as on"
                        + " network file systems. Default: ${DEFAULT-VALUE}.")
        private int poll;
    }

    @Command(
            name = "dsn",
            mixinStandardHelpOptions = true,
            description =
                    "Reads bounces and complaints: delivery reports (RFC 3464), bounces in free text, reports of feedback (RFC"
                            + " 5965). Takes files with a mail, mbox files, either compressed with gzip, all files of"
                            + " directories, Maildirs, or - for standard input. Other mails are copied to a directory.")
    Integer dsn(
            @Mixin Common common,
            @Mixin Mails mails,
            @Parameters(arity = "1..*", paramLabel = "PATH") List<String> paths,
            @Option(
                            names = "--tenant",
                            defaultValue = "default",
                            description = "Whose mail. Default: ${DEFAULT-VALUE}.")
                    String tenant,
            @Option(
                            names = "--explain",
                            description =
                                    "Says of each mail what was recognised, by which reader, and why. Stores nothing,"
                                            + " and needs no broker.")
                    boolean explain,
            @Option(
                            names = "--untrusted",
                            description = "Anyone could have written these reports: correlation is NONE.")
                    boolean untrusted)
            throws IOException, InterruptedException {
        check(common, mails, explain);
        List<Path> written = written(common, mails, paths);
        DsnReader reader = new DsnReader(
                tenant,
                untrusted ? Correlation.NONE : Correlation.ASSERTED,
                Clock.systemUTC(),
                ReboundConfig.verp(common.cluster.keys()));
        if (explain) {
            PrintWriter out = spec.commandLine().getOut();
            MailReadings.each(reader, InputSources.mails(paths, System.in, written), (source, reading) -> {
                MailReadingText.print(source, reading, out);
                out.flush();
            });
            return ExitCode.OK.code();
        }
        SetAside aside = new SetAside(mails.setAside);
        Progress progress = progress("mails");
        List<InputSource> sources = mails.follow ? List.of() : InputSources.mails(paths, System.in, written);
        try (NewFiles newFiles =
                mails.follow ? new NewFiles(paths, written, Duration.ofSeconds(mails.poll), progress) : null) {
            ReadFiles readFiles = mails.moveRead == null ? ReadFiles.stay() : ReadFiles.moveTo(mails.moveRead);
            return ingest(
                    common,
                    (sink, ledger, stop) -> {
                        IngestDsn ingest = new IngestDsn(reader, sink, ledger, aside, readFiles, progress, stop);
                        return newFiles == null ? ingest.run(sources) : ingest.follow(newFiles);
                    },
                    summary -> printMails(summary, mails));
        }
    }

    private void check(Common common, Mails mails, boolean explain) {
        if (explain && (mails.follow || mails.moveRead != null)) {
            throw new ParameterException(
                    spec.commandLine(), "--explain does not go with --follow or --move-read: it only looks.");
        }
        if (common.print && mails.moveRead != null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--move-read does not go with --print: events that are printed are stored nowhere.");
        }
        if (mails.poll < 1) {
            throw new ParameterException(spec.commandLine(), "--poll: " + mails.poll + " (expected: 1 or more)");
        }
    }

    /**
     * The directories that this command writes to.
     *
     * @throws dev.rebound.ingest.UnusableInputException when one of them is to be read
     */
    private static List<Path> written(Common common, Mails mails, List<String> paths) throws IOException {
        if (mails.moveRead != null) {
            InputSources.refuseNamed(paths, mails.moveRead, "--move-read");
        }
        if (mails.follow) {
            InputSources.refuseNamed(paths, mails.setAside, "--set-aside");
        }
        return Stream.of(common.ledgers, mails.setAside, mails.moveRead)
                .filter(Objects::nonNull)
                .toList();
    }

    @Command(
            name = "ndjson",
            mixinStandardHelpOptions = true,
            description =
                    "Reads delivery events as JSON, a line each. Required are recipient and one of reply, status and"
                            + " outcome.")
    Integer ndjson(
            @Mixin Common common,
            @Parameters(arity = "1..*", paramLabel = "FILE", description = "File to read; - reads standard input.")
                    List<String> files)
            throws IOException, InterruptedException {
        List<InputSource> sources = InputSources.lines(files, System.in);
        NdjsonReader reader = new NdjsonReader(Clock.systemUTC());
        return ingest(
                common,
                (sink, ledger, stop) -> new IngestNdjson(reader, sink, ledger, progress("lines"), stop).run(sources),
                this::printLines);
    }

    @FunctionalInterface
    private interface Run {
        IngestSummary into(EventSink sink, Ledger ledger, BooleanSupplier stop)
                throws IOException, InterruptedException;
    }

    @FunctionalInterface
    private interface Print {
        void summary(IngestSummary summary);
    }

    private Integer ingest(Common common, Run run, Print print) throws IOException, InterruptedException {
        if (common.print) {
            EventSink printed = new PrintedEvents(spec.commandLine().getOut());
            stoppable(run, printed, Ledger.none(), print);
            return ExitCode.OK.code();
        }
        ReboundConfig config = common.cluster.config();
        try (Connections connections = new Connections(config, PATIENCE);
                KafkaEventSink sink = new KafkaEventSink(config, connections.schemas())) {
            Ledger ledger = Ledger.open(LedgerFile.in(common.ledgers, config), common.again);
            stoppable(run, sink, ledger, print);
            return ExitCode.OK.code();
        }
    }

    /** On Ctrl-C the current unit is finished, flushed, noted and told before the process ends. */
    private static void stoppable(Run run, EventSink sink, Ledger ledger, Print print)
            throws IOException, InterruptedException {
        StopOnSignal stop = new StopOnSignal();
        try {
            print.summary(run.into(sink, ledger, stop));
        } finally {
            stop.done();
        }
    }

    private static Progress progress(String units) {
        return new ConsoleProgress(System.err, System.console() != null, units);
    }

    private void printMails(IngestSummary summary, Mails mails) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("Read " + summary.read() + " mails: " + summary.events() + " events from " + summary.reports()
                + " reports, " + summary.setAsideTotal() + " set aside." + already(summary));
        if (!summary.byReader().isEmpty()) {
            err.println("  By reader: "
                    + summary.byReader().entrySet().stream()
                            .map(one -> one.getKey() + " " + one.getValue())
                            .collect(Collectors.joining(", "))
                    + ".");
        }
        summary.setAside().forEach((reason, count) -> err.println("  " + count + " set aside: " + reason.sentence()));
        summary.refusedBlocks()
                .forEach((reason, count) ->
                        err.println("  " + count + " recipients without event: " + reason.sentence()));
        if (summary.setAsideTotal() > 0) {
            err.println("  Copies and reasons are in " + mails.setAside + ".");
        }
        if (summary.moved() > 0) {
            err.println("  " + summary.moved() + " files moved to " + mails.moveRead + ".");
        }
        if (summary.notMoved() > 0) {
            err.println("  " + summary.notMoved() + " files read, but not moved.");
        }
        interrupted(summary, err);
    }

    private void printLines(IngestSummary summary) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("Read " + summary.read() + " lines: " + summary.events() + " events, " + summary.badLines()
                + " bad lines." + already(summary));
        interrupted(summary, err);
    }

    private static String already(IngestSummary summary) {
        return summary.alreadyRead() == 0
                ? ""
                : " " + summary.alreadyRead() + " were read before and passed over; --again reads them once more.";
    }

    private static void interrupted(IngestSummary summary, PrintWriter err) {
        if (summary.stopped()) {
            err.println("  Stopped before the end; the same command goes on where this one stopped.");
        }
        err.flush();
    }
}
