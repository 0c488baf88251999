package dev.rebound.flink;

import dev.rebound.statistics.Fact;
import dev.rebound.statistics.RowKey;
import dev.rebound.statistics.Subject;
import dev.rebound.statistics.Sums;
import dev.rebound.statistics.WindowSize;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** Sums of events by domain, provider and minute, in memory, until they are passed on. */
final class LocalFold {

    private static final int MOST_PENDING = 20_000;

    private final Map<Place, Sums> pending = new LinkedHashMap<>();
    private int events;

    /** The provider is null where it is not recognised. */
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

    /** Adds an event; true when so many wait that they have to be passed on. */
    boolean add(Fact fact) {
        pending.computeIfAbsent(Place.of(fact), first -> new Sums()).add(fact);
        return ++events >= MOST_PENDING;
    }

    /** Passes all sums on. */
    void drain(BiConsumer<RowKey, Sums> out) {
        Map<RowKey, Sums> providers = new LinkedHashMap<>();
        pending.forEach((place, sums) -> {
            providers.computeIfAbsent(place.providerRow(), first -> new Sums()).add(sums);
            out.accept(place.domainRow(), sums);
        });
        providers.forEach(out);
        pending.clear();
        events = 0;
    }
}
