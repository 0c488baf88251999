package dev.rebound.promote;

import dev.rebound.schema.StatusCode;
import dev.rebound.schema.StatusCodeRevision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What a row of the code table says over all of time, and revisions that make another say the same. */
final class RowWords {

    private RowWords() {}

    /**
     * What a row says from which moment on, without who recorded it when; the earliest first. Rows that say the same at all times have
     * the same words, however often it was changed.
     *
     * @param row null: it says nothing
     */
    static List<StatusCodeRevision> of(StatusCode row) {
        List<StatusCodeRevision> words = new ArrayList<>();
        StatusCodeRevision last = withdrawn();
        for (StatusCodeRevision revision : inForce(row)) {
            StatusCodeRevision says = bare(revision).setEffectiveFrom(null).build();
            if (!says.equals(last)) {
                words.add(bare(revision).build());
                last = says;
            }
        }
        return words;
    }

    /**
     * A row that says at all times what another says. All that it said before is kept, and what is recorded last counts.
     *
     * @param row the row to go on from; null: there is none
     * @param says the row that says what is to be said; null: nothing
     */
    static StatusCode saying(StatusCode row, StatusCode says, Instant recordedAt, String by) {
        List<StatusCodeRevision> revisions = row == null ? new ArrayList<>() : new ArrayList<>(row.getRevisions());
        List<StatusCodeRevision> words = new ArrayList<>(inForce(says));
        if (words.isEmpty() || words.get(0).getEffectiveFrom() != null) {
            words.add(0, withdrawn());
        }
        words.forEach(word -> revisions.add(StatusCodeRevision.newBuilder(word)
                .setRecordedAt(recordedAt)
                .setRecordedBy(by)
                .build()));
        StatusCode named = row == null ? says : row;
        return new StatusCode(named.getId(), named.getOrigin(), revisions);
    }

    /** The revisions that are in force at some time, the earliest first. Of those that have taken effect, the one recorded last is. */
    private static List<StatusCodeRevision> inForce(StatusCode row) {
        List<StatusCodeRevision> inForce = new ArrayList<>();
        List<StatusCodeRevision> all = row == null ? List.of() : row.getRevisions();
        for (int i = all.size() - 1; i >= 0; i--) {
            if (inForce.isEmpty() || start(all.get(i)).isBefore(start(inForce.get(0)))) {
                inForce.add(0, all.get(i));
            }
        }
        return inForce;
    }

    private static Instant start(StatusCodeRevision revision) {
        return revision.getEffectiveFrom() == null ? Instant.MIN : revision.getEffectiveFrom();
    }

    private static StatusCodeRevision.Builder bare(StatusCodeRevision revision) {
        return StatusCodeRevision.newBuilder(revision).setRecordedAt(null).setRecordedBy(null);
    }

    private static StatusCodeRevision withdrawn() {
        return StatusCodeRevision.newBuilder().setWithdrawn(true).build();
    }
}
