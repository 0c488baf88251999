package dev.rebound.codes;

import dev.rebound.classify.Origin;
import dev.rebound.classify.TextRule;
import dev.rebound.schema.StatusCode;
import dev.rebound.schema.StatusCodeRevision;
import dev.rebound.topology.CodeRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Changes to the operator's rows: each adds a revision to the row's history, so that the past can be told again. */
public final class OperatorRows {

    private final CodesTopic.Content content;

    /** On top of what the topic holds. */
    public OperatorRows(CodesTopic.Content content) {
        this.content = content;
    }

    /**
     * When a change counts and who made it.
     *
     * @param from event time from which it counts; null for the beginning of time
     * @param recordedAt now
     * @param by who
     */
    public record Effect(Instant from, Instant recordedAt, String by) {

        /** The first moment at which the change counts. */
        Instant start() {
            return from == null ? Instant.MIN : from;
        }
    }

    /**
     * The operator's row with a revision added that changes some fields and keeps the others of the latest one.
     *
     * @param id of a code or a text rule
     * @param change sets fields of the new revision
     */
    public StatusCode set(String id, Consumer<StatusCodeRevision.Builder> change, Effect effect) {
        StatusCodeRevision latest = latest(id);
        StatusCodeRevision.Builder revision = latest == null || latest.getWithdrawn()
                ? StatusCodeRevision.newBuilder()
                : StatusCodeRevision.newBuilder(latest);
        change.accept(revision);
        return with(id, revision, effect);
    }

    /** The operator's row with a revision added that says this and nothing else. */
    public StatusCode replace(String id, StatusCodeRevision says, Effect effect) {
        return with(id, StatusCodeRevision.newBuilder(says), effect);
    }

    /**
     * The operator's row with a revision added that says nothing.
     *
     * @throws IllegalArgumentException when the operator has no row of this code or text rule
     */
    public StatusCode withdraw(String id, Effect effect) {
        StatusCodeRevision latest = latest(id);
        if (latest == null || latest.getWithdrawn()) {
            throw new IllegalArgumentException("the operator has no row of " + id
                    + (TextRule.isId(id)
                            ? "; a rule that ships is switched off by: rebound rules set " + id + " --no-phrases"
                            : "; shipped rows stay, and rebound codes set overrides them"));
        }
        return with(id, StatusCodeRevision.newBuilder().setWithdrawn(true), effect);
    }

    /**
     * Refuses rows that would drop revisions which the topic has.
     *
     * @throws IllegalArgumentException naming the first such row
     */
    public void refuseLossOfHistory(List<StatusCode> rows) {
        for (StatusCode row : rows) {
            StatusCode current = content.rows().get(CodeRecord.key(row));
            if (current == null) {
                continue;
            }
            List<StatusCodeRevision> kept = current.getRevisions();
            boolean continues = row.getRevisions().size() >= kept.size()
                    && row.getRevisions().subList(0, kept.size()).equals(kept);
            if (!continues) {
                throw new IllegalArgumentException("nothing was written: the row of " + row.getId()
                        + " lacks revisions that have been recorded since it was exported; export again and add to that,"
                        + " or use rebound " + (TextRule.isId(row.getId()) ? "rules" : "codes") + " set");
            }
        }
    }

    private StatusCodeRevision latest(String id) {
        StatusCode row = content.rows().get(CodesTopic.operatorKey(id));
        return row == null ? null : row.getRevisions().get(row.getRevisions().size() - 1);
    }

    private StatusCode with(String id, StatusCodeRevision.Builder revision, Effect effect) {
        StatusCode row = content.rows().get(CodesTopic.operatorKey(id));
        List<StatusCodeRevision> revisions = row == null ? new ArrayList<>() : new ArrayList<>(row.getRevisions());
        revisions.add(revision.setEffectiveFrom(effect.from())
                .setRecordedAt(effect.recordedAt())
                .setRecordedBy(effect.by())
                .build());
        return new StatusCode(id, Origin.OPERATOR.text(), revisions);
    }
}
