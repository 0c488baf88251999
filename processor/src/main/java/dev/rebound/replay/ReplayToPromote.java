package dev.rebound.replay;

import dev.rebound.compare.Outside;
import dev.rebound.compare.Settings;
import dev.rebound.compare.SuppressionDifference;
import dev.rebound.ingest.Progress;
import dev.rebound.promote.PromotableReplay;
import dev.rebound.schema.ReplayDefinition;
import dev.rebound.schema.StatusCode;
import dev.rebound.suppressions.Watch;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a promotion has to know of a replay.
 *
 * @param replay where it is
 * @param comparison with live; asked only when the replay is at its end
 */
record ReplayToPromote(ReplayStatus replay, Function<ReplayStatus, ReplayComparison> comparison)
        implements PromotableReplay {

    private ReplayDefinition definition() {
        return replay.definition();
    }

    @Override
    public String name() {
        return definition().getName();
    }

    @Override
    public String id() {
        return definition().getId();
    }

    @Override
    public boolean finished() {
        return replay.isFinished();
    }

    @Override
    public Instant until() {
        return ReplayComparison.until(replay);
    }

    @Override
    public Instant asOf() {
        return replay.progress().getAsOf();
    }

    @Override
    public List<StatusCode> overlay() {
        return definition().getOverlay();
    }

    @Override
    public Map<String, StatusCode> rowsAtStart() {
        return definition().getReplaced().stream().collect(Collectors.toMap(StatusCode::getId, Function.identity()));
    }

    @Override
    public boolean hasPolicy() {
        return definition().getPolicyGiven();
    }

    @Override
    public Map<Outside, Long> differences(BooleanSupplier stop, Consumer<SuppressionDifference> each) {
        return comparison
                .apply(replay)
                .suppressionDifferences(Settings.standard(Instant.now()), new Watch(Progress.none(), stop), each)
                .outsideBecause();
    }
}
