package dev.rebound.promote;

import dev.rebound.compare.Outside;
import dev.rebound.promote.Verdict.Kind;
import dev.rebound.schema.Promoted;
import dev.rebound.schema.PromotedKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts what becomes of addresses and rows. */
final class Tally {

    /** So many conflicts are named. */
    private static final int NAMED = 20;

    /** What is done, by what it changes. */
    private enum Change {
        ADDED,
        LIFTED,
        CHANGED,
        ROW
    }

    private final Map<Kind, Long> verdicts = new EnumMap<>(Kind.class);
    private final Map<Change, Long> changes = new EnumMap<>(Change.class);
    private final List<Conflict> named = new ArrayList<>();
    private Map<Outside, Long> notCompared = Map.of();

    void count(String key, Verdict verdict) {
        verdicts.merge(verdict.kind(), 1L, Long::sum);
        if (verdict.kind() == Kind.DO) {
            changes.merge(change(verdict.item()), 1L, Long::sum);
        } else if (verdict.kind() == Kind.CONFLICT && named.size() < NAMED) {
            named.add(new Conflict(key, verdict.reason()));
        }
    }

    void notCompared(Map<Outside, Long> counts) {
        notCompared = counts;
    }

    private static Change change(Promoted item) {
        if (item.getKind() == PromotedKind.ROW) {
            return Change.ROW;
        }
        return item.getBefore() == null ? Change.ADDED : item.getAfter() == null ? Change.LIFTED : Change.CHANGED;
    }

    private long of(Kind kind) {
        return verdicts.getOrDefault(kind, 0L);
    }

    private long of(Change change) {
        return changes.getOrDefault(change, 0L);
    }

    long conflicts() {
        return of(Kind.CONFLICT);
    }

    PromotionReport promotion(boolean policy, long written, boolean refused, boolean complete) {
        return new PromotionReport(
                of(Change.ADDED),
                of(Change.LIFTED),
                of(Change.CHANGED),
                of(Change.ROW),
                of(Kind.ALREADY),
                of(Kind.ALIKE),
                of(Kind.OVER),
                of(Kind.KEPT),
                of(Kind.ERASED),
                notCompared,
                conflicts(),
                named,
                policy,
                written,
                refused,
                complete);
    }

    RollbackReport rollback(long written, boolean refused, boolean complete) {
        return new RollbackReport(
                of(Change.ADDED),
                of(Change.LIFTED),
                of(Change.CHANGED),
                of(Change.ROW),
                of(Kind.ALREADY),
                of(Kind.ERASED),
                conflicts(),
                named,
                written,
                refused,
                complete);
    }
}
