package dev.rebound.topology;

import dev.rebound.classify.CodeTable;
import dev.rebound.schema.StatusCode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** All that a code table ever said, to make it again as it was. Not for several threads. */
final class TableVersions {

    /** So many tables are kept: events of several partitions ask for a few positions in turn. */
    private static final int KEPT = 16;

    /** A change: the row, or null for none any more. */
    private record Change(String key, StatusCode row) {}

    private final TreeMap<Long, Change> changes = new TreeMap<>();

    private final Map<Long, CodeTable> made = new LinkedHashMap<>(KEPT, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, CodeTable> eldest) {
            return size() > KEPT;
        }
    };

    private CodeTable latest = CodeTable.empty();

    void add(long offset, String key, StatusCode row) {
        changes.put(offset, new Change(key, row));
        made.clear();
    }

    /** What counted after the record at an offset. */
    CodeTable at(long offset) {
        CodeTable known = made.get(offset);
        if (known == null) {
            Map<String, StatusCode> rows = new HashMap<>();
            changes.headMap(offset, true).values().forEach(change -> {
                if (change.row() == null) {
                    rows.remove(change.key());
                } else {
                    rows.put(change.key(), change.row());
                }
            });
            known = latest.changed(rows.values(), offset);
            latest = known;
            made.put(offset, known);
        }
        return known;
    }
}
