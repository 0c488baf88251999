package dev.rebound.statistics;

import dev.rebound.pack.Packer;
import dev.rebound.pack.Unpacker;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Sums of events by domain, provider and minute, until they are passed on. Not for several threads. */
public final class Fold {

    private static final byte VERSION = 1;

    private final Map<Place, Pending> pending = new LinkedHashMap<>();
    private final List<Pending> changed = new ArrayList<>();
    private int events;
    private long characters;

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

        void pack(Packer packer) {
            packer.put(tenant).put(domain).put(provider).putFixed(minute);
        }

        static Place unpack(Unpacker in) {
            return new Place(in.getText(), in.getText(), in.getText(), in.getFixed());
        }
    }

    /** Sums that wait, and whether events were added since {@link #changes} were asked for. */
    private static final class Pending {
        private final Place place;
        private final Sums sums;
        private boolean changed;

        Pending(Place place, Sums sums) {
            this.place = place;
            this.sums = sums;
        }

        byte[] bytes() {
            Packer packer = new Packer(160).put(VERSION);
            place.pack(packer);
            sums.pack(packer);
            return packer.bytes();
        }

        static Pending parse(byte[] bytes) {
            Unpacker in = new Unpacker(bytes);
            byte version = in.getByte();
            if (version != VERSION) {
                throw new IllegalArgumentException(
                        "folded sums have version " + version + " (expected: " + VERSION + ")");
            }
            return new Pending(Place.unpack(in), Sums.unpack(in));
        }
    }

    /** Adds one event. */
    public void add(Fact fact) {
        Pending sums = pending.computeIfAbsent(Place.of(fact), place -> new Pending(place, new Sums()));
        sums.sums.add(fact);
        if (!sums.changed) {
            sums.changed = true;
            changed.add(sums);
        }
        events++;
        characters += fact.reply() == null ? 0 : fact.reply().length();
    }

    /** Number of sums that wait. */
    public int size() {
        return pending.size();
    }

    /** Number of events added to what waits; those in what was {@link #restore restored} left out. */
    public int events() {
        return events;
    }

    /** Characters of these events' replies: what sums hold of them grows with these. */
    public long characters() {
        return characters;
    }

    /** Gives each of the sums that events were added to since this was asked last, whole, in the form that {@link #restore} takes. */
    public void changes(Consumer<byte[]> entries) {
        for (Pending each : changed) {
            entries.accept(each.bytes());
            each.changed = false;
        }
        changed.clear();
    }

    /**
     * Puts sums that {@link #changes} gave in the place of any that are there.
     *
     * @throws IllegalArgumentException when the bytes are something else
     */
    public void restore(byte[] entry) {
        Pending sums = Pending.parse(entry);
        pending.put(sums.place, sums);
    }

    /**
     * Passes all sums on: those of domains, then those of providers, each in the order of their first events.
     *
     * @param rows takes the row of a minute and what is to be added to it, which it must not keep: more is added to it afterwards
     */
    public void drain(BiConsumer<RowKey, Sums> rows) {
        Map<RowKey, Sums> providers = new LinkedHashMap<>();
        pending.values().forEach(each -> {
            rows.accept(each.place.domainRow(), each.sums);
            providers.merge(each.place.providerRow(), each.sums, Sums::plus);
        });
        providers.forEach(rows);
        clear();
    }

    /** Forgets all sums. */
    public void clear() {
        pending.clear();
        changed.clear();
        events = 0;
        characters = 0;
    }
}
