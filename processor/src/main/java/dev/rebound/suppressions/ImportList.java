package dev.rebound.suppressions;

import dev.rebound.schema.SuppressionAction;
import dev.rebound.schema.SuppressionCommand;
import dev.rebound.schema.SuppressionSource;
import dev.rebound.suppress.Erasure;
import dev.rebound.suppress.SuppressionKey;
import dev.rebound.suppress.imports.AddressSet;
import dev.rebound.suppress.imports.BadRow;
import dev.rebound.suppress.imports.ImportSummary;
import dev.rebound.suppress.imports.ImportedRow;
import dev.rebound.suppress.imports.InvalidImportException;
import dev.rebound.suppress.imports.SuppressionImport;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Puts the addresses of another system's list on a list, with the reasons that it gives. Importing it once more changes nothing,
 * not even for addresses that were removed since: a row is a command of its own, and counts once.
 */
public final class ImportList {

    private final SuppressionFeed feed;
    private final CommandLog log;
    private final CommandSink sink;
    private final Optional<Erasure> erasure;

    ImportList(SuppressionFeed feed, CommandLog log, CommandSink sink, Optional<Erasure> erasure) {
        this.feed = feed;
        this.log = log;
        this.sink = sink;
        this.erasure = erasure;
    }

    /**
     * What {@link #run} would do. Writes nothing.
     *
     * @throws InvalidImportException when the file cannot or must not be imported
     * @throws IOException when it cannot be read
     * @throws org.apache.kafka.common.KafkaException when the brokers do not answer
     */
    public ImportReport dryRun(ImportRequest request, Watch watch) throws IOException, InvalidImportException {
        Run run = new Run(request, watch);
        boolean complete = run.look();
        return run.report(complete);
    }

    /**
     * Imports the good rows. Nothing is written unless the whole file can be read. When it is stopped or fails later, what has been
     * written stays, and running it again writes the rest.
     *
     * @throws InvalidImportException as {@link #dryRun}
     * @throws IOException as {@link #dryRun}
     * @throws IllegalArgumentException when who and why break the rules of {@link dev.rebound.suppress.Commands}
     * @throws org.apache.kafka.common.KafkaException when the brokers refuse or do not answer
     */
    public ImportReport run(ImportRequest request, Issued issued, Watch watch)
            throws IOException, InvalidImportException {
        Run run = new Run(request, watch);
        boolean complete = run.look() && run.write(issued);
        return run.report(complete);
    }

    /** Ends the reading of a file. */
    private static final class StoppedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StoppedException() {
            super("stopped", null, false, false);
        }
    }

    private final class Run {

        private final ImportRequest request;
        private final Watch watch;
        private final Counts byReason = new Counts();
        private final Counts byCategory = new Counts();
        private final List<BadRow> badRows = new ArrayList<>();
        private final AddressSet entries = new AddressSet();
        private final AddressSet standIns = new AddressSet();
        private final AddressSet commandKeys = new AddressSet();
        private final AddressSet erased = new AddressSet();
        private final AddressSet imported = new AddressSet();
        private final CommandBatch commands = new CommandBatch(sink);
        private ImportSummary summary;
        private long suppressedRows;
        private long importedRows;

        Run(ImportRequest request, Watch watch) {
            this.request = request;
            this.watch = watch;
        }

        /** Reads the file, and of the topics what is about its rows; false when stopped. */
        boolean look() throws IOException, InvalidImportException {
            summary = read(this::count, this::remember);
            return feed.read(this::isOfRows, entry -> key(entry.getAddress()), this::found, watch)
                    && log.read(key -> commandKeys.contains(key.text()), this::found, watch);
        }

        private ImportSummary read(Consumer<ImportedRow> good, Consumer<BadRow> bad)
                throws IOException, InvalidImportException {
            try (Reader in = request.text().open()) {
                return SuppressionImport.read(request.name(), in, request.format(), good, bad);
            }
        }

        private void count(ImportedRow row) {
            byReason.add(row.reason());
            byCategory.add(row.category());
            entries.add(key(row.address()));
            erasure.ifPresent(hashes -> standIns.add(key(hashes.standIn(row.address()))));
            commandKeys.add(commandKey(row));
        }

        private void remember(BadRow row) {
            if (badRows.size() < ImportReport.MAX_BAD_ROWS) {
                badRows.add(row);
            }
        }

        private boolean isOfRows(String key) {
            return entries.contains(key) || standIns.contains(key);
        }

        private void found(String key) {
            if (entries.contains(key)) {
                suppressedRows++;
            } else {
                erased.add(key);
            }
        }

        private void found(CommandPlace place) {
            if (CommandKey.parse(place.key().get())
                    .filter(key -> imported.add(key.text()))
                    .isPresent()) {
                importedRows++;
            }
        }

        private String key(String address) {
            return new SuppressionKey(request.list(), address).text();
        }

        private String id(ImportedRow row) {
            return CommandIds.derived(
                    SuppressionSource.IMPORT,
                    request.list().text(),
                    row.address(),
                    row.reason(),
                    row.since(),
                    row.detail());
        }

        private String commandKey(ImportedRow row) {
            return new CommandKey(request.list().text(), row.address(), id(row)).text();
        }

        /** Writes the rows; false when stopped. */
        boolean write(Issued issued) throws IOException, InvalidImportException {
            long[] read = {0};
            Watch counting = watch.counting(commands::written);
            try {
                read(
                        row -> {
                            if (watch.isStopped()) {
                                throw new StoppedException();
                            }
                            counting.read(++read[0], (double) read[0] / summary.good());
                            if (!isPassedOver(row)) {
                                commands.add(command(row, issued));
                            }
                        },
                        bad -> {});
            } catch (StoppedException e) {
                commands.flush();
                return false;
            }
            commands.flush();
            return true;
        }

        private boolean isPassedOver(ImportedRow row) {
            return imported.contains(commandKey(row)) || isErased(row);
        }

        private boolean isErased(ImportedRow row) {
            return erasure.map(hashes -> erased.contains(key(hashes.standIn(row.address()))))
                    .orElse(false);
        }

        private SuppressionCommand command(ImportedRow row, Issued issued) {
            return SuppressionCommand.newBuilder()
                    .setCommandId(id(row))
                    .setIssuedAt(issued.at())
                    .setAction(SuppressionAction.ADD)
                    .setList(request.list().text())
                    .setAddress(row.address())
                    .setReason(row.reason())
                    .setCategory(row.category())
                    .setSince(row.since())
                    .setSource(SuppressionSource.IMPORT)
                    .setBy(issued.by())
                    .setWhy(issued.why())
                    .setDetail(row.detail())
                    .build();
        }

        ImportReport report(boolean complete) {
            return new ImportReport(
                    summary.format().text(),
                    summary.rows(),
                    summary.good(),
                    summary.bad(),
                    summary.duplicates(),
                    byReason.sorted(),
                    byCategory.sorted(),
                    badRows,
                    suppressedRows,
                    importedRows,
                    erased.size(),
                    commands.written(),
                    complete);
        }
    }
}
