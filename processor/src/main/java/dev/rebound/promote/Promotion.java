package dev.rebound.promote;

import dev.rebound.compare.SuppressionDifference;
import dev.rebound.schema.Promoted;
import dev.rebound.schema.PromotedKind;
import dev.rebound.schema.PromotedState;
import dev.rebound.schema.StatusCode;
import dev.rebound.suppress.SuppressionKey;
import dev.rebound.suppressions.Issued;
import dev.rebound.suppressions.Watch;
import dev.rebound.topology.CodeRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;

/**
 * Brings to live what a replay came to: differences of suppressions as commands, rows of its code table as revisions. What is in memory at a
 * time is what belongs to some thousands of addresses.
 */
public final class Promotion {

    /** So many differences are looked at together: for each such lot, live's topics are read once. */
    static final int LOT = 20_000;

    private final Edges edges;
    private final int lot;

    Promotion(Edges edges) {
        this(edges, LOT);
    }

    Promotion(Edges edges, int lot) {
        this.edges = edges;
        this.lot = lot;
    }

    /**
     * What {@link #run} would do. Writes nothing.
     *
     * @param now when it would be done
     * @throws IllegalStateException when the replay has not ended, or is being rolled back
     * @throws org.apache.kafka.common.KafkaException when the brokers do not answer
     */
    public PromotionReport dryRun(PromotableReplay replay, Instant now, Watch watch) {
        return new Run(replay, Writing.tried(now), false, watch).report(false);
    }

    /**
     * Promotes. When it is stopped or fails, what has been written stays, and running it again does the rest. Doing it once more writes
     * nothing.
     *
     * @param skipConflicts leaves out of what live says otherwise since the replay, and does the rest; else nothing is written when there is
     *     such
     * @throws IllegalStateException when the replay has not ended, or is being rolled back
     * @throws IllegalArgumentException when who and why break the rules of {@link dev.rebound.suppress.Commands}
     * @throws org.apache.kafka.common.KafkaException when the brokers refuse or do not answer
     */
    public PromotionReport run(PromotableReplay replay, boolean skipConflicts, Issued issued, Watch watch) {
        if (!skipConflicts) {
            PromotionReport found = new Run(replay, issued, false, watch).report(true);
            if (found.refused() || !found.complete()) {
                return found;
            }
        }
        return new Run(replay, issued, true, watch).report(false);
    }

    private final class Run {

        private final PromotableReplay replay;
        private final Source source;
        private final boolean writes;
        private final Watch watch;
        private final Tally tally = new Tally();
        private final Writing writing = new Writing(edges);
        /** What was counted when it was resumed, and is not to be counted again. */
        private final Set<String> resumed = new HashSet<>();

        private List<SuppressionDifference> waiting = new ArrayList<>();
        private long read;

        Run(PromotableReplay replay, Issued issued, boolean writes, Watch watch) {
            this.replay = replay;
            this.source = Source.of(replay, issued);
            this.writes = writes;
            this.watch = watch;
        }

        /** @param refuses conflicts are a reason to do nothing */
        PromotionReport report(boolean refuses) {
            if (!replay.finished()) {
                throw new IllegalStateException("replay " + replay.name()
                        + " has not come to its end (expected: one that has; see rebound replay status "
                        + replay.name() + ")");
            }
            boolean complete = true;
            try {
                requireNoRollback();
                resumeAddresses();
                rows();
                tally.notCompared(replay.differences(watch.stop(), this::take));
                flush();
            } catch (StoppedException | CancellationException e) {
                complete = false;
            }
            return tally.promotion(
                    replay.hasPolicy(), writing.written(), complete && refuses && tally.conflicts() > 0, complete);
        }

        private void requireNoRollback() {
            edges.log()
                    .read(
                            key -> true,
                            item -> item.getState() == PromotedState.ROLLING_BACK,
                            item -> {
                                throw new IllegalStateException("a rollback of replay " + replay.name()
                                        + " was begun and has not come to its end; finish it with: rebound replay rollback "
                                        + replay.name() + " --yes");
                            },
                            watch);
        }

        /** What an earlier run began, and may have done. It is given again, whatever has happened since: it counts by its own date. */
        private void resumeAddresses() {
            List<Promoted> begun = new ArrayList<>();
            edges.log()
                    .read(
                            key -> true,
                            item -> item.getState() == PromotedState.PROMOTING
                                    && item.getKind() == PromotedKind.SUPPRESSION,
                            begun::add,
                            watch);
            begun.forEach(item -> tally.count(item.getKey(), Verdict.doing(item)));
            if (writes && !begun.isEmpty()) {
                writing.give(begun, PromotedCommands::promotion);
                writing.end(begun, PromotedState.PROMOTED);
                resumed.addAll(begun.stream().map(Promoted::getKey).toList());
            }
        }

        private void rows() {
            List<StatusCode> overlay = replay.overlay();
            if (overlay.isEmpty()) {
                return;
            }
            Map<String, StatusCode> live = edges.rows().read();
            Map<String, StatusCode> atStart = replay.rowsAtStart();
            Map<String, Promoted> known =
                    known(overlay.stream().map(CodeRecord::key).collect(Collectors.toSet()));
            List<Promoted> items = new ArrayList<>();
            for (StatusCode row : overlay) {
                String key = CodeRecord.key(row);
                Verdict verdict =
                        RowPlan.promote(row, atStart.get(row.getId()), live.get(row.getId()), known.get(key), source);
                tally.count(key, verdict);
                if (verdict.kind() == Verdict.Kind.DO) {
                    items.add(verdict.item());
                }
            }
            if (writes && !items.isEmpty()) {
                writing.begin(items);
                writing.write(items.stream()
                        .map(Promoted::getRowAfter)
                        .filter(row -> !row.equals(live.get(row.getId())))
                        .toList());
                writing.end(items, PromotedState.PROMOTED);
            }
        }

        private void take(SuppressionDifference difference) {
            waiting.add(difference);
            if (waiting.size() == lot) {
                flush();
            }
        }

        private void flush() {
            List<SuppressionDifference> differences = waiting;
            waiting = new ArrayList<>();
            if (differences.isEmpty()) {
                return;
            }
            stopIfAsked();
            Map<String, Promoted> known =
                    known(differences.stream().map(one -> one.key().text()).collect(Collectors.toSet()));
            Map<SuppressionKey, LiveAddress> live = edges.addresses()
                    .read(differences.stream().map(SuppressionDifference::key).collect(Collectors.toSet()), watch);
            List<Promoted> items = new ArrayList<>();
            for (SuppressionDifference difference : differences) {
                String key = difference.key().text();
                Verdict verdict = AddressPlan.promote(
                        difference, live.getOrDefault(difference.key(), LiveAddress.UNKNOWN), known.get(key), source);
                if (!isResumed(known.get(key))) {
                    tally.count(key, verdict);
                }
                if (verdict.kind() == Verdict.Kind.DO) {
                    items.add(verdict.item());
                }
            }
            if (writes && !items.isEmpty()) {
                stopIfAsked();
                writing.begin(items);
                writing.give(items, PromotedCommands::promotion);
                writing.end(items, PromotedState.PROMOTED);
            }
            read += differences.size();
            watch.progress().advanced(read, writing.written(), -1);
        }

        private boolean isResumed(Promoted known) {
            return known != null && (known.getState() == PromotedState.PROMOTING || resumed.contains(known.getKey()));
        }

        private Map<String, Promoted> known(Set<String> keys) {
            Map<String, Promoted> known = new HashMap<>();
            edges.log().read(keys::contains, item -> true, item -> known.put(item.getKey(), item), watch);
            return known;
        }

        private void stopIfAsked() {
            if (watch.stop().getAsBoolean()) {
                throw new StoppedException();
            }
        }
    }
}
