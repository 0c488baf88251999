package dev.rebound.promote;

import dev.rebound.classify.CodeTable;
import dev.rebound.promote.Verdict.Kind;
import dev.rebound.schema.Promoted;
import dev.rebound.schema.PromotedKind;
import dev.rebound.schema.PromotedState;
import dev.rebound.schema.StatusCode;
import dev.rebound.schema.StatusCodeRevision;
import dev.rebound.suppressions.Issued;
import dev.rebound.topology.CodeRecord;
import java.util.List;
import java.util.Objects;

/** What a promotion and its undoing mean for one row of the code table. */
final class RowPlan {

    private RowPlan() {}

    /**
     * What is to be done about a row that a replay was started with.
     *
     * @param row the row of the replay
     * @param atStart the operator's row of this id when the replay was started; null: there was none
     * @param live the one that is there now; null: there is none
     * @param known what the log has of it; null for nothing
     * @throws dev.rebound.classify.InvalidRowException when the row cannot be used
     */
    static Verdict promote(StatusCode row, StatusCode atStart, StatusCode live, Promoted known, Source source) {
        if (known != null && known.getState() == PromotedState.PROMOTED) {
            return Verdict.of(Kind.ALREADY);
        }
        if (known != null && known.getState() == PromotedState.PROMOTING) {
            return resume(known, live);
        }
        List<StatusCodeRevision> words = RowWords.of(live);
        if (words.equals(RowWords.of(row))) {
            return Verdict.of(Kind.ALIKE);
        }
        if (!words.equals(RowWords.of(atStart))) {
            return Verdict.conflict("the operator's row has changed since the replay was started" + last(live));
        }
        Issued issued = source.issued();
        StatusCode after = RowWords.saying(live, row, issued.at(), issued.by());
        CodeTable.validate(after);
        return Verdict.doing(Promoted.newBuilder()
                .setReplay(source.replay())
                .setKey(CodeRecord.key(row))
                .setKind(PromotedKind.ROW)
                .setState(PromotedState.PROMOTING)
                .setRound(known == null ? 1 : known.getRound() + 1)
                .setRowBefore(live)
                .setRowAfter(after)
                .setPromotedAt(issued.at())
                .setBy(issued.by())
                .setWhy(issued.why())
                .build());
    }

    /** A promotion that was not finished: it may have been written or not. */
    private static Verdict resume(Promoted item, StatusCode live) {
        return Objects.equals(live, item.getRowBefore()) || RowWords.of(live).equals(RowWords.of(item.getRowAfter()))
                ? Verdict.doing(item)
                : Verdict.conflict("the operator's row has changed since its promotion began" + last(live));
    }

    /**
     * What is to be done to undo a promotion.
     *
     * @param live the operator's row as it is now; null: there is none
     */
    static Verdict undo(Promoted item, StatusCode live, Issued issued) {
        if (item.getState() == PromotedState.ROLLED_BACK) {
            return Verdict.of(Kind.ALREADY);
        }
        List<StatusCodeRevision> words = RowWords.of(live);
        boolean mayBeUndone =
                item.getState() == PromotedState.ROLLING_BACK || item.getState() == PromotedState.PROMOTING;
        if (words.equals(RowWords.of(item.getRowAfter()))
                || mayBeUndone && words.equals(RowWords.of(item.getRowBefore()))) {
            return Verdict.doing(
                    item.getState() == PromotedState.ROLLING_BACK ? item : AddressPlan.undoing(item, issued));
        }
        return Verdict.conflict("the operator's row has changed since it was promoted" + last(live));
    }

    /** The row that a rollback writes. */
    static StatusCode restored(Promoted item, StatusCode live) {
        return RowWords.saying(live, item.getRowBefore(), item.getRolledBackAt(), item.getRolledBackBy());
    }

    private static String last(StatusCode row) {
        if (row == null) {
            return ": it is gone";
        }
        StatusCodeRevision last = row.getRevisions().get(row.getRevisions().size() - 1);
        return ": at " + last.getRecordedAt() + " by " + last.getRecordedBy();
    }
}
