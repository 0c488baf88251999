package dev.rebound.docs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A table of a Markdown page, read back as data. */
final class ExampleTable {

    private ExampleTable() {}

    /**
     * The rows of the table with exactly these columns: column to cell, code spans unwrapped, empty cells left out.
     *
     * @throws IllegalStateException when the page has no such table
     */
    static List<Map<String, String>> rows(String page, List<String> columns) {
        List<Map<String, String>> rows = new ArrayList<>();
        boolean inTable = false;
        for (String line : page.lines().toList()) {
            List<String> cells = cells(line);
            if (cells.equals(columns)) {
                inTable = true;
            } else if (inTable && cells.isEmpty()) {
                return rows;
            } else if (inTable && !cells.get(0).startsWith("---")) {
                rows.add(row(columns, cells));
            }
        }
        if (rows.isEmpty()) {
            throw new IllegalStateException("the page has no table with the columns " + columns);
        }
        return rows;
    }

    private static List<String> cells(String line) {
        if (!line.startsWith("|") || !line.endsWith("|")) {
            return List.of();
        }
        List<String> cells = new ArrayList<>();
        for (String cell : line.substring(1, line.length() - 1).split("\\|", -1)) {
            cells.add(cell.strip());
        }
        return cells;
    }

    private static Map<String, String> row(List<String> columns, List<String> cells) {
        if (cells.size() != columns.size()) {
            throw new IllegalStateException("row " + cells + " (expected: " + columns.size() + " cells)");
        }
        Map<String, String> row = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            String cell = cells.get(i).replaceAll("^`|`$", "");
            if (!cell.isEmpty()) {
                row.put(columns.get(i), cell);
            }
        }
        return row;
    }
}
