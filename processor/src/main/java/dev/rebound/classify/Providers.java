package dev.rebound.classify;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Knows who hosts a receiving domain by the name of the server that answers for it. Immutable. */
final class Providers {

    /** Longest host name, RFC 1035 section 2.3.4; going through the labels of a longer text would take quadratic time. */
    static final int LONGEST_HOST = 253;

    private static final Comparator<ProviderRow> NAMED_LAST_FIRST = Comparator.comparing(
                    ProviderRow::namedAt, Comparator.nullsLast(Comparator.reverseOrder()))
            .thenComparing(ProviderRow::suffix);

    private final Map<String, Timeline<ProviderRow>> bySuffix;

    /** Of rows by their suffixes; the map is not changed any more. */
    Providers(Map<String, Timeline<ProviderRow>> bySuffix) {
        this.bySuffix = bySuffix;
    }

    /**
     * The row in force whose suffix is the longest one of the host's name; null when the host is null, unknown or longer than
     * a name can be.
     */
    ProviderRow of(String remoteHost, Instant at) {
        if (remoteHost == null) {
            return null;
        }
        String name = remoteHost.strip().toLowerCase(Locale.ROOT);
        if (name.endsWith(".")) {
            name = name.substring(0, name.length() - 1);
        }
        if (name.length() > LONGEST_HOST) {
            return null;
        }
        while (true) {
            ProviderRow row = row(name, at);
            if (row != null) {
                return row;
            }
            int dot = name.indexOf('.');
            if (dot < 0) {
                return null;
            }
            name = name.substring(dot + 1);
        }
    }

    /** What is said of a suffix over time; null when nothing is. */
    Timeline<ProviderRow> timeline(String suffix) {
        return bySuffix.get(suffix);
    }

    /** The row of just this suffix in force; null when there is none. */
    ProviderRow row(String suffix, Instant at) {
        Timeline<ProviderRow> timeline = bySuffix.get(suffix);
        return timeline == null ? null : timeline.at(at);
    }

    /** All rows in force, in the order of providers and suffixes, those of nobody first. */
    List<ProviderRow> rows(Instant at) {
        return bySuffix.values().stream()
                .map(timeline -> timeline.at(at))
                .filter(Objects::nonNull)
                .sorted(Comparator.comparing(ProviderRow::provider, Comparator.nullsFirst(Comparator.naturalOrder()))
                        .thenComparing(ProviderRow::suffix))
                .toList();
    }

    /** All providers that any row has at any time. */
    SortedSet<String> ever() {
        SortedSet<String> ever = new TreeSet<>();
        for (Timeline<ProviderRow> timeline : bySuffix.values()) {
            Set<ProviderRow> rows = timeline.all();
            rows.stream().map(ProviderRow::provider).filter(Objects::nonNull).forEach(ever::add);
        }
        return ever;
    }

    /** The providers in force with their names; where rows name one differently, the name recorded last counts. */
    SortedMap<String, String> names(Instant at) {
        SortedMap<String, String> names = new TreeMap<>();
        List<ProviderRow> rows =
                rows(at).stream().filter(row -> row.provider() != null).toList();
        rows.stream()
                .filter(row -> row.name() != null)
                .sorted(NAMED_LAST_FIRST)
                .forEach(row -> names.putIfAbsent(row.provider(), row.name()));
        rows.forEach(row -> names.putIfAbsent(row.provider(), row.provider()));
        return names;
    }
}
