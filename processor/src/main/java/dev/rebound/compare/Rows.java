package dev.rebound.compare;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** A table on disk with several columns, in the order of its keys. */
final class Rows {

    private static final byte END = 0;
    private static final byte ESCAPE = (byte) 0xff;

    private final Table table;
    private final int columns;

    /** @param columns fewer than 255 */
    Rows(Table table, int columns) {
        this.table = table;
        this.columns = columns;
    }

    /** Takes a row. */
    @FunctionalInterface
    interface Each {
        /** @param columns null where a column has no value */
        void row(byte[] key, byte[][] columns);
    }

    /** Sets a cell; null empties it. */
    void put(int column, byte[] key, byte[] value) {
        byte[] cell = cell(key, column);
        if (value == null) {
            table.delete(cell);
        } else {
            table.put(cell, value);
        }
    }

    /** The value of a cell; null for none. */
    byte[] get(int column, byte[] key) {
        return table.get(cell(key, column));
    }

    /** Goes through the rows that have a value in any column. */
    void forEach(Each each) {
        Row row = new Row(each);
        table.forEach(row::cell);
        row.finish();
    }

    /** Cells of a key are beside each other, whatever bytes it has: a zero within it is marked, one at its end is not. */
    private static byte[] cell(byte[] key, int column) {
        ByteArrayOutputStream cell = new ByteArrayOutputStream(key.length + 2);
        for (byte b : key) {
            cell.write(b);
            if (b == END) {
                cell.write(ESCAPE);
            }
        }
        cell.write(END);
        cell.write(column);
        return cell.toByteArray();
    }

    private static byte[] key(byte[] escaped, int length) {
        ByteArrayOutputStream key = new ByteArrayOutputStream(length);
        for (int i = 0; i < length; i++) {
            key.write(escaped[i]);
            if (escaped[i] == END) {
                i++;
            }
        }
        return key.toByteArray();
    }

    /** The row that is being put together. */
    private final class Row {

        private final Each each;
        private byte[] last;
        private byte[][] values;

        Row(Each each) {
            this.each = each;
        }

        void cell(byte[] cell, byte[] value) {
            if (last == null || !Arrays.equals(last, 0, last.length - 1, cell, 0, cell.length - 1)) {
                finish();
                values = new byte[columns][];
            }
            last = cell;
            values[cell[cell.length - 1]] = value;
        }

        void finish() {
            if (last != null) {
                each.row(key(last, last.length - 2), values);
            }
        }
    }
}
