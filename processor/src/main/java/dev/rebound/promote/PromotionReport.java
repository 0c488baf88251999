package dev.rebound.promote;

import java.util.List;

/**
 * What a promotion found and did.
 *
 * @param added addresses that live is to suppress
 * @param lifted addresses that live is to suppress no more
 * @param changed addresses that live is to suppress for longer, shorter or for another reason
 * @param rows rows of the code table
 * @param already what was promoted earlier
 * @param alike addresses of which both say the same in all that a sender notices
 * @param over addresses that would be suppressed no more by now
 * @param kept addresses about which the recipient or some other person has spoken
 * @param erased addresses that were erased
 * @param conflicts addresses and rows of which live says otherwise since the replay
 * @param named the first of the conflicts
 * @param policy the replay had a policy of its own, which no promotion brings to live
 * @param written commands and rows that were written; 0 in a dry run
 * @param refused nothing was written, because of conflicts
 * @param complete false: it was stopped before its end, and running it again continues
 */
public record PromotionReport(
        long added,
        long lifted,
        long changed,
        long rows,
        long already,
        long alike,
        long over,
        long kept,
        long erased,
        long conflicts,
        List<Conflict> named,
        boolean policy,
        long written,
        boolean refused,
        boolean complete) {

    /** Copies the list. */
    public PromotionReport {
        named = List.copyOf(named);
    }
}
