package dev.rebound.replay;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What somebody wants to have replayed.
 *
 * @param name the replay's name
 * @param span which part of the events
 * @param archive directory of the archive that they are read from; empty for the topic
 * @param filter which of them
 * @param asLive each is classified with the table that it met the first time
 * @param codes rows of codes to be used instead of live's; empty for live's
 * @param rules text rules to be used instead of live's; empty for live's
 * @param policy when addresses are suppressed; empty for live's policy
 * @param by who wants it
 */
public record ReplayRequest(
        ReplayName name,
        Span span,
        Optional<Path> archive,
        Filter filter,
        boolean asLive,
        Optional<GivenFile> codes,
        Optional<GivenFile> rules,
        Optional<GivenFile> policy,
        String by) {

    /**
     * The text of a file.
     *
     * @param name what complaints call it
     * @param text its content
     */
    public record GivenFile(String name, String text) {}

    /**
     * Which part of the events, by when they arrived or by offsets; all when nothing is given.
     *
     * @param from those that arrived then or later; empty for the beginning
     * @param to those that arrived before; empty for the end
     * @param offsets by partition, the first offset and the one behind the last; partitions not named are left out. Empty for by time
     */
    public record Span(Optional<Instant> from, Optional<Instant> to, Map<Integer, Offsets> offsets) {

        /** All that there is. */
        public static final Span ALL = new Span(Optional.empty(), Optional.empty(), Map.of());

        /** Copies the map. @throws IllegalArgumentException when it ends before it begins */
        public Span {
            offsets = Map.copyOf(offsets);
            if (from.isPresent() && to.isPresent() && !from.get().isBefore(to.get())) {
                throw new IllegalArgumentException(
                        "the span ends at " + to.get() + ", before it begins at " + from.get());
            }
        }
    }

    /**
     * Part of a partition.
     *
     * @param from first offset
     * @param to offset behind the last one
     */
    public record Offsets(long from, long to) {}

    /**
     * Which events; an empty list leaves out none.
     *
     * @param tenants of these tenants
     * @param domains for these receiving domains
     * @param codes with one of these basic or enhanced codes
     * @param outcomes with one of these outcomes
     */
    public record Filter(List<String> tenants, List<String> domains, List<String> codes, List<String> outcomes) {

        /** All events. */
        public static final Filter NONE = new Filter(List.of(), List.of(), List.of(), List.of());

        /** Copies the lists. */
        public Filter {
            tenants = List.copyOf(tenants);
            domains = List.copyOf(domains);
            codes = List.copyOf(codes);
            outcomes = List.copyOf(outcomes);
        }
    }

    /** Nothing but the name is given: a replay of that name is to go on. */
    boolean isBare() {
        return span.equals(Span.ALL)
                && archive.isEmpty()
                && filter.equals(Filter.NONE)
                && !asLive
                && codes.isEmpty()
                && rules.isEmpty()
                && policy.isEmpty();
    }
}
