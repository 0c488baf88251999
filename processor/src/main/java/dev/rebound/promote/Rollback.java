package dev.rebound.promote;

import dev.rebound.schema.Promoted;
import dev.rebound.schema.PromotedKind;
import dev.rebound.schema.PromotedState;
import dev.rebound.schema.StatusCode;
import dev.rebound.suppress.SuppressionKey;
import dev.rebound.suppressions.Issued;
import dev.rebound.suppressions.Watch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Undoes what was promoted from a replay: additions are taken back, what was lifted is added as it was, and rows of the code table say again
 * what they said. Goes by the log alone: the replay itself is not looked at.
 */
public final class Rollback {

    private final Edges edges;
    private final int lot;

    Rollback(Edges edges) {
        this(edges, Promotion.LOT);
    }

    Rollback(Edges edges, int lot) {
        this.edges = edges;
        this.lot = lot;
    }

    /**
     * What {@link #run} would do. Writes nothing.
     *
     * @param now when it would be done
     * @throws org.apache.kafka.common.KafkaException when the brokers do not answer
     */
    public RollbackReport dryRun(Instant now, Watch watch) {
        return new Run(Writing.tried(now), false, watch).report(false);
    }

    /**
     * Undoes what has not been undone. When it is stopped or fails, what has been written stays, and running it again does the rest. Doing it
     * once more writes nothing.
     *
     * @param skipConflicts leaves as it is what somebody has changed since, and does the rest; else nothing is written when there is such
     * @throws IllegalArgumentException when who and why break the rules of {@link dev.rebound.suppress.Commands}
     * @throws org.apache.kafka.common.KafkaException when the brokers refuse or do not answer
     */
    public RollbackReport run(boolean skipConflicts, Issued issued, Watch watch) {
        if (!skipConflicts) {
            RollbackReport found = new Run(issued, false, watch).report(true);
            if (found.refused() || !found.complete()) {
                return found;
            }
        }
        return new Run(issued, true, watch).report(false);
    }

    private final class Run {

        private final Issued issued;
        private final boolean writes;
        private final Watch watch;
        private final Tally tally = new Tally();
        private final Writing writing = new Writing(edges);
        private long read;

        Run(Issued issued, boolean writes, Watch watch) {
            this.issued = issued;
            this.writes = writes;
            this.watch = watch;
        }

        /** @param refuses conflicts are a reason to do nothing */
        RollbackReport report(boolean refuses) {
            boolean complete = true;
            try {
                long parts = edges.log().size() / lot + 1;
                for (long part = 0; part < parts; part++) {
                    addresses(part, parts);
                }
                rows();
            } catch (StoppedException e) {
                complete = false;
            }
            return tally.rollback(writing.written(), complete && refuses && tally.conflicts() > 0, complete);
        }

        private void addresses(long part, long parts) {
            List<Promoted> found = new ArrayList<>();
            edges.log()
                    .read(
                            key -> Math.floorMod(key.hashCode(), parts) == part,
                            item -> item.getKind() == PromotedKind.SUPPRESSION,
                            found::add,
                            watch);
            if (found.isEmpty()) {
                return;
            }
            stopIfAsked();
            Map<SuppressionKey, LiveAddress> live =
                    edges.addresses().read(found.stream().map(Run::key).collect(Collectors.toSet()), watch);
            List<Promoted> begun = new ArrayList<>();
            List<Promoted> items = new ArrayList<>();
            for (Promoted item : found) {
                Verdict verdict = AddressPlan.undo(item, live.getOrDefault(key(item), LiveAddress.UNKNOWN), issued);
                tally.count(item.getKey(), verdict);
                if (verdict.kind() == Verdict.Kind.DO) {
                    items.add(verdict.item());
                    if (item.getState() == PromotedState.PROMOTING) {
                        begun.add(item);
                    }
                }
            }
            if (writes && !items.isEmpty()) {
                stopIfAsked();
                // What may have been given in part is given in full, so that it is known what there is to undo.
                writing.give(begun, PromotedCommands::promotion);
                writing.begin(items);
                writing.give(items, PromotedCommands::rollback);
                writing.end(items, PromotedState.ROLLED_BACK);
            }
            read += found.size();
            watch.progress().advanced(read, writing.written(), (part + 1.0) / parts);
        }

        private static SuppressionKey key(Promoted item) {
            return SuppressionKey.parse(item.getKey());
        }

        private void rows() {
            List<Promoted> found = new ArrayList<>();
            edges.log().read(key -> true, item -> item.getKind() == PromotedKind.ROW, found::add, watch);
            if (found.isEmpty()) {
                return;
            }
            Map<String, StatusCode> live = edges.rows().read();
            List<Promoted> items = new ArrayList<>();
            List<StatusCode> restored = new ArrayList<>();
            for (Promoted item : found) {
                StatusCode row = live.get(item.getRowAfter().getId());
                Verdict verdict = RowPlan.undo(item, row, issued);
                tally.count(item.getKey(), verdict);
                if (verdict.kind() == Verdict.Kind.DO) {
                    items.add(verdict.item());
                    if (!RowWords.of(row).equals(RowWords.of(item.getRowBefore()))) {
                        restored.add(RowPlan.restored(verdict.item(), row));
                    }
                }
            }
            if (writes && !items.isEmpty()) {
                writing.begin(items);
                writing.write(restored);
                writing.end(items, PromotedState.ROLLED_BACK);
            }
        }

        private void stopIfAsked() {
            if (watch.stop().getAsBoolean()) {
                throw new StoppedException();
            }
        }
    }
}
