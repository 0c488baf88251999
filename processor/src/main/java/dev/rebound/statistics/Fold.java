package dev.rebound.statistics;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** Sums of events by domain, provider and minute, until they are passed on. Not for several threads. */
public final class Fold {

    private final Map<Place, Sums> pending = new LinkedHashMap<>();

    /** What events are folded by. The provider is null where it is not recognised. */
    private record Place(String tenant, String domain, String provider, long minute) {

        static Place of(Fact fact) {
            return new Place(
                    fact.tenant(), fact.domain(), fact.provider(), WindowSize.MINUTE.startOf(fact.eventTime()));
        }

        RowKey domainRow() {
            return new RowKey(Subject.domain(tenant, domain), WindowSize.MINUTE, minute);
        }

        RowKey providerRow() {
            return new RowKey(Subject.provider(tenant, provider), WindowSize.MINUTE, minute);
        }
    }

    /** Adds one event. */
    public void add(Fact fact) {
        pending.computeIfAbsent(Place.of(fact), first -> new Sums()).add(fact);
    }

    /** Number of sums that wait. */
    public int size() {
        return pending.size();
    }

    /**
     * Passes all sums on: those of domains, then those of providers, each in the order of their first events.
     *
     * @param rows takes the row of a minute and what is to be added to it, which it must not keep: more is added to it afterwards
     */
    public void drain(BiConsumer<RowKey, Sums> rows) {
        Map<RowKey, Sums> providers = new LinkedHashMap<>();
        pending.forEach((place, sums) -> {
            rows.accept(place.domainRow(), sums);
            providers.merge(place.providerRow(), sums, Sums::plus);
        });
        providers.forEach(rows);
        clear();
    }

    /** Forgets all sums. */
    public void clear() {
        pending.clear();
    }
}
