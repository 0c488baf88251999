package dev.rebound.promote;

import java.util.List;

/**
 * What the undoing of a promotion found and did.
 *
 * @param added addresses that the promotion suppressed
 * @param lifted addresses that the promotion lifted
 * @param changed addresses of which the promotion changed the suppression
 * @param rows rows of the code table
 * @param already what was undone earlier
 * @param erased addresses that were erased since, of which nothing is undone
 * @param conflicts addresses and rows that somebody changed since the promotion
 * @param named the first of the conflicts
 * @param written commands and rows that were written; 0 in a dry run
 * @param refused nothing was written, because of conflicts
 * @param complete false: it was stopped before its end, and running it again continues
 */
public record RollbackReport(
        long added,
        long lifted,
        long changed,
        long rows,
        long already,
        long erased,
        long conflicts,
        List<Conflict> named,
        long written,
        boolean refused,
        boolean complete) {

    /** Copies the list. */
    public RollbackReport {
        named = List.copyOf(named);
    }
}
