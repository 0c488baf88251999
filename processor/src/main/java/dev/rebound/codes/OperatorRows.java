package dev.rebound.codes;

import dev.rebound.classify.Origin;
import dev.rebound.classify.ProviderRow;
import dev.rebound.classify.RowKind;
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
     * @param id of a code, a text rule or a provider's row
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
     * @throws IllegalArgumentException when the operator has no row of this id
     */
    public StatusCode withdraw(String id, Effect effect) {
        StatusCodeRevision latest = latest(id);
        if (latest == null || latest.getWithdrawn()) {
            throw new IllegalArgumentException("the operator has no row of " + id
                    + switch (RowKind.of(id)) {
                        case CODE -> "; shipped rows stay, and rebound codes set overrides them";
                        case TEXT_RULE ->
                            "; a rule that ships is switched off by: rebound rules set " + id + " --no-phrases";
                        case PROVIDER ->
                            "; hosts are made nobody's by: rebound providers set " + ProviderRow.suffixOf(id)
                                    + " --no-provider";
                    });
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
                        + " or use rebound " + command(row.getId()) + " set");
            }
        }
    }

    private static String command(String id) {
        return switch (RowKind.of(id)) {
            case CODE -> "codes";
            case TEXT_RULE -> "rules";
            case PROVIDER -> "providers";
        };
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
