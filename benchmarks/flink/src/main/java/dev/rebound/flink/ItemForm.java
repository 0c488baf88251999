package dev.rebound.flink;

import dev.rebound.suppress.Acceptance;
import dev.rebound.suppress.Contradiction;
import dev.rebound.suppress.Decision;
import dev.rebound.suppress.Evidence;
import dev.rebound.suppress.History;
import dev.rebound.suppress.Item;
import dev.rebound.topology.PeerForms.Address;
import java.util.List;

/** What an event says of an address, on its way to that address's state: written as a history that has nothing else. */
final class ItemForm {

    private ItemForm() {}

    static byte[] bytes(Item item) {
        List<Evidence> evidence = item instanceof Evidence one ? List.of(one) : List.of();
        List<Acceptance> acceptances = item instanceof Acceptance one ? List.of(one) : List.of();
        List<Contradiction> contradictions = item instanceof Contradiction one ? List.of(one) : List.of();
        History history = new History(evidence, acceptances, contradictions, List.of(), null);
        return new Address(history, 0, Decision.NEVER, 0).toBytes();
    }

    static Item parse(byte[] bytes) {
        History history = Address.fromBytes(bytes).history();
        if (!history.evidence().isEmpty()) {
            return history.evidence().get(0);
        }
        return history.acceptances().isEmpty()
                ? history.contradictions().get(0)
                : history.acceptances().get(0);
    }
}
