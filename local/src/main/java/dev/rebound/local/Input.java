package dev.rebound.local;

import dev.rebound.app.Connections;
import dev.rebound.config.ReboundConfig;
import dev.rebound.ingest.ConsoleProgress;
import dev.rebound.ingest.IngestDsn;
import dev.rebound.ingest.IngestNdjson;
import dev.rebound.ingest.IngestSummary;
import dev.rebound.ingest.InputSource;
import dev.rebound.ingest.InputSources;
import dev.rebound.ingest.KafkaEventSink;
import dev.rebound.ingest.Ledger;
import dev.rebound.ingest.LedgerFile;
import dev.rebound.ingest.NdjsonReader;
import dev.rebound.ingest.ReadFiles;
import dev.rebound.ingest.SetAside;
import dev.rebound.mail.DsnReader;
import dev.rebound.schema.Correlation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Feeds what the user named: mails, or events as JSON lines. */
final class Input {

    private final ReboundConfig config;
    private final Connections connections;
    private final Path ledgers;
    private final Path setAside;
    private final Consumer<String> say;

    Input(ReboundConfig config, Connections connections, Path ledgers, Path setAside, Consumer<String> say) {
        this.config = config;
        this.connections = connections;
        this.ledgers = ledgers;
        this.setAside = setAside;
        this.say = say;
    }

    /**
     * What was fed.
     *
     * @param events events produced
     * @param setAside mails that gave none
     */
    record Fed(long events, long setAside) {

        /** With further events that came from elsewhere. */
        Fed plus(long moreEvents) {
            return new Fed(events + moreEvents, setAside);
        }
    }

    /** Refuses input that cannot be read before anything is started. Null is no input. */
    static void check(List<Path> paths) throws IOException {
        if (paths != null) {
            InputSources.mails(names(paths), System.in);
        }
    }

    Fed feed(List<Path> paths, BooleanSupplier stop) throws IOException, InterruptedException {
        try (KafkaEventSink sink = new KafkaEventSink(config, connections.schemas())) {
            Ledger ledger = Ledger.open(LedgerFile.in(ledgers, config), false);
            List<InputSource> all = InputSources.mails(names(paths), System.in);
            List<InputSource> lines = all.stream().filter(Input::isLines).toList();
            List<InputSource> mails =
                    all.stream().filter(source -> !isLines(source)).toList();
            IngestSummary fromMails = new IngestDsn(
                            new DsnReader("default", Correlation.ASSERTED, Clock.systemUTC(), config.verp()),
                            sink,
                            ledger,
                            new SetAside(setAside),
                            ReadFiles.stay(),
                            progress("mails"),
                            stop)
                    .run(mails);
            IngestSummary fromLines = new IngestNdjson(
                            new NdjsonReader(Clock.systemUTC()), sink, ledger, progress("lines"), stop)
                    .run(lines);
            report(mails, fromMails, lines, fromLines);
            return new Fed(fromMails.events() + fromLines.events(), fromMails.setAsideTotal());
        }
    }

    private void report(
            List<InputSource> mails, IngestSummary fromMails, List<InputSource> lines, IngestSummary fromLines) {
        if (!mails.isEmpty()) {
            say.accept("Read " + fromMails.read() + " mails: " + fromMails.events() + " events, "
                    + fromMails.setAsideTotal() + " set aside"
                    + (fromMails.setAsideTotal() > 0 ? " in " + setAside : "")
                    + already(fromMails));
            fromMails.setAside().forEach((reason, count) -> say.accept("  " + count + ": " + reason.sentence()));
            fromMails
                    .refusedBlocks()
                    .forEach((reason, count) -> say.accept("  " + count + " recipients: " + reason.sentence()));
        }
        if (!lines.isEmpty()) {
            say.accept("Read " + fromLines.read() + " lines: " + fromLines.events() + " events, " + fromLines.badLines()
                    + " bad lines" + already(fromLines));
        }
    }

    private static String already(IngestSummary summary) {
        return summary.alreadyRead() == 0 ? "" : "; " + summary.alreadyRead() + " were read before and are passed over";
    }

    private static boolean isLines(InputSource source) {
        String name = source.name().toLowerCase(Locale.ROOT);
        return Stream.of(".ndjson", ".jsonl").anyMatch(name::endsWith);
    }

    private static List<String> names(List<Path> paths) {
        return paths.stream().map(Path::toString).toList();
    }

    private static ConsoleProgress progress(String units) {
        return new ConsoleProgress(System.err, System.console() != null, units);
    }
}
