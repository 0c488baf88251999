package dev.rebound.suppress.imports;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The line of a CSV file that names its columns. Columns without a name, as spreadsheets leave behind, are passed over. */
final class Header {

    private static final int MAX_SHOWN = 20;
    private static final int LONGEST_SHOWN = 40;

    private final List<String> names;
    private final int named;
    private final Map<Column, Integer> places = new EnumMap<>(Column.class);
    private final Set<Column> repeated = EnumSet.noneOf(Column.class);

    /** @param names one for each column, as they stand in the file */
    Header(List<String> names) {
        this.names = List.copyOf(names);
        int count = 0;
        for (int place = 0; place < names.size(); place++) {
            Column column = Column.named(names.get(place));
            count += names.get(place).isBlank() ? 0 : 1;
            if (column != null && places.putIfAbsent(column, place) != null) {
                repeated.add(column);
            }
        }
        named = count;
    }

    /** Number of columns, with and without a name. */
    int width() {
        return names.size();
    }

    /** Place of the column, from 0; null when there is none. */
    Integer place(Column column) {
        return places.get(column);
    }

    boolean has(Column column) {
        return places.containsKey(column);
    }

    boolean hasAll(Set<Column> columns) {
        return places.keySet().containsAll(columns);
    }

    /** These columns, and no others, known or not. */
    boolean isExactly(Set<Column> columns) {
        return named == columns.size() && places.keySet().equals(columns);
    }

    /** The columns that are known. */
    Set<Column> columns() {
        return Set.copyOf(places.keySet());
    }

    /** Those of the candidates that are there, in their order. */
    List<Column> present(List<Column> candidates) {
        return candidates.stream().filter(this::has).toList();
    }

    /** Known columns that stand there more than once: which of them counts cannot be told. */
    Set<Column> repeated() {
        return Collections.unmodifiableSet(repeated);
    }

    /** The names for a message. What is no name but an address, or stands beside one, is not shown. */
    String shown() {
        if (names.stream().anyMatch(name -> name.indexOf('@') >= 0)) {
            return "an address instead of column names";
        }
        List<String> shown = new ArrayList<>();
        for (String name : names.subList(0, Math.min(MAX_SHOWN, names.size()))) {
            shown.add(Detail.cut(Detail.onOneLine(name), LONGEST_SHOWN));
        }
        String more = names.size() > MAX_SHOWN ? " and " + (names.size() - MAX_SHOWN) + " more" : "";
        return (names.size() == 1 ? "column " : "columns ") + shown.stream().collect(Collectors.joining(", ")) + more;
    }
}
