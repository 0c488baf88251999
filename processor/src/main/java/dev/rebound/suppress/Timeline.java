package dev.rebound.suppress;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The evidence of a history and the deliveries that stand, in the order in which they happened, as of a moment.
 *
 * @param evidence failures and complaints
 * @param deliveries deliveries that nothing has contradicted
 * @param oldest the oldest delivery that is known of, when older ones may have been forgotten; else null
 */
record Timeline(List<Evidence> evidence, List<Standing> deliveries, Acceptance oldest) {

    /**
     * A delivery that nothing has contradicted so far.
     *
     * @param acceptance the delivery
     * @param settled the time in which it can be contradicted is over
     */
    record Standing(Acceptance acceptance, boolean settled) {}

    static Timeline of(History history, Duration settles, long now) {
        List<Evidence> known = until(history.evidence(), now);
        List<Acceptance> accepted = until(history.acceptances(), now);
        Set<Acceptance> contradicted = new HashSet<>();
        for (Evidence found : known) {
            if (!found.isComplaint()) {
                contradict(accepted, found.time(), found.message(), found.asynchronous(), settles, contradicted);
            }
        }
        for (Contradiction found : until(history.contradictions(), now)) {
            contradict(accepted, found.time(), found.message(), true, settles, contradicted);
        }
        List<Standing> deliveries = new ArrayList<>();
        for (Acceptance acceptance : accepted) {
            if (!contradicted.contains(acceptance)) {
                deliveries.add(new Standing(acceptance, Times.plus(acceptance.time(), settles) <= now));
            }
        }
        return new Timeline(known, deliveries, history.oldestWhenFull());
    }

    /** What happened by then: all of it, mostly. */
    private static <T extends Item> List<T> until(List<T> items, long now) {
        int size = items.size();
        while (size > 0 && items.get(size - 1).time() > now) {
            size--;
        }
        return items.subList(0, size);
    }

    /**
     * A message that failed after all was not delivered. An asynchronous bounce that names no message we know of takes back the
     * deliveries that could be meant: those that had not settled when it came.
     */
    private static void contradict(
            List<Acceptance> accepted,
            long time,
            long message,
            boolean asynchronous,
            Duration settles,
            Set<Acceptance> contradicted) {
        boolean named = false;
        for (Acceptance acceptance : accepted) {
            if (message != 0 && acceptance.message() == message && acceptance.time() <= time) {
                contradicted.add(acceptance);
                named = true;
            }
        }
        if (named || !asynchronous) {
            return;
        }
        for (Acceptance acceptance : accepted) {
            if (acceptance.time() <= time && time - acceptance.time() <= settles.toMillis()) {
                contradicted.add(acceptance);
            }
        }
    }

    /**
     * Whether a delivery after this failure may have been forgotten. It must be supposed: else an address would be suppressed because
     * so much was delivered to it that what came between its failures is not known any more.
     */
    boolean mayLackDeliveryAfter(Evidence found) {
        return oldest != null && Item.ORDER.compare(found, oldest) < 0;
    }

    /** Whether something failed before and after a delivery: counting anew from there, a rule may suppress that did not. */
    boolean isAmongFailures(Acceptance acceptance) {
        return !evidence.isEmpty()
                && Item.ORDER.compare(evidence.get(0), acceptance) < 0
                && Item.ORDER.compare(acceptance, evidence.get(evidence.size() - 1)) < 0;
    }

    List<Acceptance> unsettled() {
        return deliveries.stream()
                .filter(standing -> !standing.settled())
                .map(Standing::acceptance)
                .toList();
    }
}
