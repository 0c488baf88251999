package dev.rebound.suppressions;

import dev.rebound.logging.AddressMask;
import dev.rebound.schema.Suppression;
import dev.rebound.schema.SuppressionAction;
import dev.rebound.schema.SuppressionCommand;
import dev.rebound.schema.SuppressionSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Removes all suppressions of a kind: the cure for a provider's outage, in which good addresses bounced. The evidence up to the
 * removal counts no more.
 */
public final class BulkRemoval {

    private static final int SAMPLE = 10;

    private final SuppressionFeed feed;
    private final CommandSink sink;

    BulkRemoval(SuppressionFeed feed, CommandSink sink) {
        this.feed = feed;
        this.sink = sink;
    }

    /** What {@link #run} would remove. Writes nothing. */
    public Removal dryRun(RemovalSelection selection, Watch watch) {
        Run run = new Run(selection, null);
        return run.result(feed.read(key -> true, run::pick, run::count, watch.counting(() -> run.found)));
    }

    /**
     * Removes. When it is stopped or fails, what has been written stays, and running it again removes the rest: ids follow from
     * what is removed, and what is gone is not found again.
     *
     * @throws IllegalArgumentException when who and why break the rules of {@link dev.rebound.suppress.Commands}
     * @throws org.apache.kafka.common.KafkaException when the brokers refuse or do not answer
     */
    public Removal run(RemovalSelection selection, Issued issued, Watch watch) {
        Run run = new Run(selection, issued);
        boolean toItsEnd = feed.read(key -> true, run::pick, run::remove, watch.counting(() -> run.commands.written()));
        run.commands.flush();
        return run.result(toItsEnd);
    }

    /** Of a suppression that is meant, as much as is needed: there can be millions. */
    private record Found(String list, String address, String category, String provider, Instant since) {}

    private final class Run {

        private final RemovalSelection selection;
        private final Issued issued;
        private final CommandBatch commands = new CommandBatch(sink);
        private final Map<String, String> names = new HashMap<>();
        private final Counts byList = new Counts();
        private final Counts byCategory = new Counts();
        private final Counts byProvider = new Counts();
        private final List<String> sample = new ArrayList<>();
        private long found;

        /** @param issued null in a dry run */
        Run(RemovalSelection selection, Issued issued) {
            this.selection = selection;
            this.issued = issued;
        }

        Found pick(Suppression entry) {
            return selection.holds(entry)
                    ? new Found(
                            once(entry.getList()),
                            entry.getAddress(),
                            once(entry.getCategory()),
                            once(entry.getProvider()),
                            entry.getSince())
                    : null;
        }

        /** The same few names stand in all entries. */
        private String once(String name) {
            return name == null ? null : names.computeIfAbsent(name, same -> same);
        }

        void count(Found entry) {
            found++;
            byList.add(entry.list());
            byCategory.add(entry.category());
            byProvider.add(entry.provider());
            if (sample.size() < SAMPLE) {
                sample.add(AddressMask.mask(entry.address()));
            }
        }

        void remove(Found entry) {
            count(entry);
            commands.add(SuppressionCommand.newBuilder()
                    .setCommandId(
                            CommandIds.derived(SuppressionAction.REMOVE, entry.list(), entry.address(), entry.since()))
                    .setIssuedAt(issued.at())
                    .setAction(SuppressionAction.REMOVE)
                    .setList(entry.list())
                    .setAddress(entry.address())
                    .setSource(SuppressionSource.OPERATOR)
                    .setBy(issued.by())
                    .setWhy(issued.why())
                    .build());
        }

        Removal result(boolean complete) {
            return new Removal(
                    found,
                    byList.sorted(),
                    byCategory.sorted(),
                    byProvider.sorted(),
                    sample,
                    commands.written(),
                    complete);
        }
    }
}
