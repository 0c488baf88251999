package dev.rebound.promote;

import dev.rebound.compare.Outside;
import dev.rebound.compare.SuppressionDifference;
import dev.rebound.schema.StatusCode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A replay whose differences a test names. */
public final class ReplayInMemory implements PromotableReplay {

    private final Instant asOf;
    private final Map<Outside, Long> notCompared = new EnumMap<>(Outside.class);
    private Instant until;
    private final Supplier<List<SuppressionDifference>> differences;
    private final List<StatusCode> overlay = new ArrayList<>();
    private final Map<String, StatusCode> rowsAtStart = new HashMap<>();
    private boolean finished = true;

    /** That ended at a moment. @param differences asked each time */
    public ReplayInMemory(Instant asOf, Supplier<List<SuppressionDifference>> differences) {
        this.asOf = asOf;
        this.until = asOf;
        this.differences = differences;
    }

    ReplayInMemory unfinished() {
        finished = false;
        return this;
    }

    /** Its last event came before its last command. */
    ReplayInMemory until(Instant moment) {
        until = moment;
        return this;
    }

    /** So many addresses cannot be compared. */
    ReplayInMemory notCompared(Outside why, long count) {
        notCompared.put(why, count);
        return this;
    }

    /** It was started with a row. @param atStart what the operator had then; null for nothing */
    ReplayInMemory with(StatusCode row, StatusCode atStart) {
        overlay.add(row);
        if (atStart != null) {
            rowsAtStart.put(row.getId(), atStart);
        }
        return this;
    }

    @Override
    public String name() {
        return "softer";
    }

    @Override
    public String id() {
        return "softer-1";
    }

    @Override
    public boolean finished() {
        return finished;
    }

    @Override
    public Instant until() {
        return until;
    }

    @Override
    public Instant asOf() {
        return asOf;
    }

    @Override
    public List<StatusCode> overlay() {
        return overlay;
    }

    @Override
    public Map<String, StatusCode> rowsAtStart() {
        return rowsAtStart;
    }

    @Override
    public boolean hasPolicy() {
        return false;
    }

    @Override
    public Map<Outside, Long> differences(BooleanSupplier stop, Consumer<SuppressionDifference> each) {
        differences.get().forEach(each);
        return notCompared;
    }
}
