package dev.rebound.replay;

import dev.rebound.classify.Classifier;
import dev.rebound.classify.CodeTable;
import dev.rebound.schema.Classification;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.schema.ReplayDefinition;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which events of a span are replayed.
 *
 * @param tenants of these; empty for all
 * @param domains for these receiving domains; empty for all
 * @param codes with one of these codes; empty for any or none
 * @param outcomes with one of these outcomes; empty for any
 */
record EventFilter(Set<String> tenants, Set<String> domains, Set<String> codes, Set<String> outcomes) {

    static EventFilter of(ReplayDefinition definition) {
        return new EventFilter(
                Set.copyOf(definition.getTenants()),
                definition.getDomains().stream()
                        .map(domain -> domain.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toUnmodifiableSet()),
                Set.copyOf(definition.getCodes()),
                Set.copyOf(definition.getOutcomes()));
    }

    /** All events pass, also what is none. */
    boolean isOpen() {
        return tenants.isEmpty() && domains.isEmpty() && codes.isEmpty() && outcomes.isEmpty();
    }

    boolean accepts(DeliveryEvent event) {
        if (!isIn(tenants, event.getTenant())
                || !isIn(outcomes, event.getOutcome().name())) {
            return false;
        }
        if (domains.isEmpty() && codes.isEmpty()) {
            return true;
        }
        Classification found = Classifier.classify(event, CodeTable.empty());
        return isIn(domains, found.getReceivingDomain())
                && (codes.isEmpty() || found.getCodesFound().stream().anyMatch(code -> codes.contains(code.getCode())));
    }

    private static boolean isIn(Set<String> wanted, String value) {
        return wanted.isEmpty() || wanted.contains(value);
    }
}
