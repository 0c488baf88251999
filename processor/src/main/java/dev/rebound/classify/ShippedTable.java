package dev.rebound.classify;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A tab-separated table that ships with the product: comment lines start with {@code #}, the first other line names the
 * columns.
 *
 * @param rows column name to cell; an empty cell is the empty text
 */
public record ShippedTable(List<Map<String, String>> rows) {

    private static final String FOLDER = "/dev/rebound/codes/";

    /** Reads a table of codes by its file name. */
    static ShippedTable read(String name) {
        return at(FOLDER + name);
    }

    /**
     * Reads a table. A missing or ragged table is a broken build, hence an {@link IllegalStateException}.
     *
     * @param resource absolute name on the class path
     */
    public static ShippedTable at(String resource) {
        try (InputStream in = ShippedTable.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("resource " + resource + " is missing from the build");
            }
            List<String> lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .toList();
            String[] columns = lines.get(0).split("\t", -1);
            return new ShippedTable(lines.stream()
                    .skip(1)
                    .map(line -> row(resource, columns, line.split("\t", -1)))
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> row(String table, String[] columns, String[] cells) {
        if (cells.length != columns.length) {
            throw new IllegalStateException(
                    table + ": row " + cells[0] + " has " + cells.length + " cells, the header " + columns.length);
        }
        Map<String, String> row = new HashMap<>();
        for (int i = 0; i < cells.length; i++) {
            row.put(columns[i], cells[i]);
        }
        return row;
    }
}
