package dev.rebound.classify;

import java.time.Instant;
import java.util.ArrayList;
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

/** Knows who hosts a receiving domain by the name of the server that answers for it. For any number of threads. */
final class Providers {

    /** Longest host name, RFC 1035 section 2.3.4; going through the labels of a longer text would take quadratic time. */
    static final int LONGEST_HOST = 253;

    private static final Comparator<ProviderRow> NAMED_LAST_FIRST = Comparator.comparing(
                    ProviderRow::namedAt, Comparator.nullsLast(Comparator.reverseOrder()))
            .thenComparing(ProviderRow::suffix);

    /** So many hosts' answers are kept at most, a power of two: a megabyte of them, and most mail goes to few hosts. */
    private static final int KEPT = 8192;

    private final Map<String, Timeline<ProviderRow>> bySuffix;

    /** What was found last, by the hash of the host. Each entry is whole, whichever thread put it there. */
    private final Known[] known = new Known[KEPT];

    /** What a host's name led to: the rows of its suffixes, the longest first. */
    private record Known(String host, List<Timeline<ProviderRow>> rows) {}

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
        for (Timeline<ProviderRow> timeline : timelines(remoteHost)) {
            ProviderRow row = timeline.at(at);
            if (row != null) {
                return row;
            }
        }
        return null;
    }

    private List<Timeline<ProviderRow>> timelines(String remoteHost) {
        if (remoteHost.length() > LONGEST_HOST) {
            return find(remoteHost);
        }
        int hash = remoteHost.hashCode();
        int place = (hash ^ hash >>> 16) & KEPT - 1;
        Known kept = known[place];
        if (kept == null || !kept.host.equals(remoteHost)) {
            kept = new Known(remoteHost, find(remoteHost));
            known[place] = kept;
        }
        return kept.rows;
    }

    private List<Timeline<ProviderRow>> find(String remoteHost) {
        String name = remoteHost.strip().toLowerCase(Locale.ROOT);
        if (name.endsWith(".")) {
            name = name.substring(0, name.length() - 1);
        }
        if (name.length() > LONGEST_HOST) {
            return List.of();
        }
        List<Timeline<ProviderRow>> found = new ArrayList<>(1);
        for (int start = 0; start >= 0; ) {
            Timeline<ProviderRow> timeline = bySuffix.get(name.substring(start));
            if (timeline != null) {
                found.add(timeline);
            }
            int dot = name.indexOf('.', start);
            start = dot < 0 ? -1 : dot + 1;
        }
        return List.copyOf(found);
    }

    /** Whether these are the rows, the very objects. */
    boolean isOf(Map<String, Timeline<ProviderRow>> rows) {
        return bySuffix.equals(rows);
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
