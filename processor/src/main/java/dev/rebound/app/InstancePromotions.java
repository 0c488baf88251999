package dev.rebound.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rebound.config.ReboundConfig;
import dev.rebound.http.Promotions;
import dev.rebound.promote.PromotableReplay;
import dev.rebound.promote.PromotionReport;
import dev.rebound.promote.ReplayChanges;
import dev.rebound.promote.RollbackReport;
import dev.rebound.replay.ReplayName;
import dev.rebound.replay.Replays;
import dev.rebound.topology.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;

/** Promotions of replays over connections of their own: they are rare. */
final class InstancePromotions implements Promotions {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What reports have beside counts, and what routes tell by themselves. */
    private static final List<String> TOLD = List.of("conflicts", "named", "written", "refused", "complete");

    private final ReboundConfig config;

    InstancePromotions(ReboundConfig config) {
        this.config = config;
    }

    @Override
    public Change promotion() {
        return (name, skipConflicts, issued, watch) -> with(name, (changes, connections) -> {
            PromotableReplay replay = Replays.promotable(config, connections, name.text());
            PromotionReport report = issued.isEmpty()
                    ? changes.promotion().dryRun(replay, Instant.now(), watch)
                    : changes.promotion().run(replay, skipConflicts, issued.get(), watch);
            return new Report(
                    counts(report),
                    report.conflicts(),
                    report.named(),
                    report.written(),
                    report.refused(),
                    report.complete());
        });
    }

    @Override
    public Change rollback() {
        return (name, skipConflicts, issued, watch) -> with(name, (changes, connections) -> {
            RollbackReport report = issued.isEmpty()
                    ? changes.rollback().dryRun(Instant.now(), watch)
                    : changes.rollback().run(skipConflicts, issued.get(), watch);
            return new Report(
                    counts(report),
                    report.conflicts(),
                    report.named(),
                    report.written(),
                    report.refused(),
                    report.complete());
        });
    }

    private Report with(ReplayName name, BiFunction<ReplayChanges, Connections, Report> work) {
        Topics replay = config.replayTopics(name.text());
        try (Connections connections = new Connections(config, PATIENCE);
                ReplayChanges changes =
                        ReplayChanges.of(config, replay, connections.writerSchemas(), connections.schemas())) {
            return work.apply(changes, connections);
        }
    }

    private static ObjectNode counts(Object report) {
        ObjectNode counts = JSON.valueToTree(report);
        return counts.without(TOLD);
    }
}
