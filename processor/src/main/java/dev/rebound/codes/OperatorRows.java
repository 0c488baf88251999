package dev.rebound.codes;

import dev.rebound.classify.CodeId;
import dev.rebound.classify.Origin;
import dev.rebound.schema.BounceType;
import dev.rebound.schema.StatusCode;
import dev.rebound.schema.StatusCodeRevision;
import dev.rebound.topology.CodeRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Changes to the operator's rows: each adds a revision to the row's history, so that the past can be told again. */
public final class OperatorRows {

    private final CodesTopic.Content content;

    /** On top of what the topic holds. */
    public OperatorRows(CodesTopic.Content content) {
        this.content = content;
    }

    /**
     * Fields to set.
     *
     * @param id which code
     * @param bounceType null leaves it as the operator's row has it
     * @param category null leaves it as the operator's row has it
     * @param summary null leaves it as the operator's row has it
     * @param explanation null leaves it as the operator's row has it
     */
    public record Change(CodeId id, BounceType bounceType, String category, String summary, String explanation) {}

    /**
     * When a change counts and who made it.
     *
     * @param from event time from which it counts; null for the beginning of time
     * @param recordedAt now
     * @param by who
     */
    public record Effect(Instant from, Instant recordedAt, String by) {}

    /** The operator's row with a revision added that sets these fields and keeps the others of the latest one. */
    public StatusCode set(Change change, Effect effect) {
        StatusCodeRevision latest = latest(change.id());
        StatusCodeRevision.Builder revision = latest == null || latest.getWithdrawn()
                ? StatusCodeRevision.newBuilder()
                : StatusCodeRevision.newBuilder(latest);
        if (change.bounceType() != null) {
            revision.setBounceType(change.bounceType());
        }
        if (change.category() != null) {
            revision.setCategory(change.category());
        }
        if (change.summary() != null) {
            revision.setSummary(change.summary());
        }
        if (change.explanation() != null) {
            revision.setExplanation(change.explanation());
        }
        return with(change.id(), revision, effect);
    }

    /**
     * The operator's row with a revision added that says nothing.
     *
     * @throws IllegalArgumentException when the operator has no row of this code
     */
    public StatusCode withdraw(CodeId id, Effect effect) {
        StatusCodeRevision latest = latest(id);
        if (latest == null || latest.getWithdrawn()) {
            throw new IllegalArgumentException("the operator has no row of " + id.text()
                    + "; shipped rows stay, and rebound codes set overrides them");
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
                        + " or use rebound codes set");
            }
        }
    }

    private StatusCodeRevision latest(CodeId id) {
        StatusCode row = content.rows().get(CodesTopic.operatorKey(id.text()));
        return row == null ? null : row.getRevisions().get(row.getRevisions().size() - 1);
    }

    private StatusCode with(CodeId id, StatusCodeRevision.Builder revision, Effect effect) {
        StatusCode row = content.rows().get(CodesTopic.operatorKey(id.text()));
        List<StatusCodeRevision> revisions = row == null ? new ArrayList<>() : new ArrayList<>(row.getRevisions());
        revisions.add(revision.setEffectiveFrom(effect.from())
                .setRecordedAt(effect.recordedAt())
                .setRecordedBy(effect.by())
                .build());
        return new StatusCode(id.text(), Origin.OPERATOR.text(), revisions);
    }
}
