package dev.rebound.promote;

import dev.rebound.compare.Outside;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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
 * @param notCompared addresses that could not be compared, by why: what they are in live depends on what the replay cannot know
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
        Map<Outside, Long> notCompared,
        long conflicts,
        List<Conflict> named,
        boolean policy,
        long written,
        boolean refused,
        boolean complete) {

    /** Copies map and list. */
    public PromotionReport {
        notCompared = Collections.unmodifiableMap(new TreeMap<>(notCompared));
        named = List.copyOf(named);
    }
}
