package dev.rebound.statistics;

import com.datadoghq.sketch.ddsketch.encoding.BinEncodingMode;
import com.datadoghq.sketch.ddsketch.encoding.Flag;
import com.datadoghq.sketch.ddsketch.encoding.Output;
import com.datadoghq.sketch.ddsketch.encoding.VarEncodingHelper;
import com.datadoghq.sketch.ddsketch.store.Bin;
import com.datadoghq.sketch.ddsketch.store.BinAcceptor;
import com.datadoghq.sketch.ddsketch.store.Store;
import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.IntUnaryOperator;

/**
 * Buckets of a sketch in two arrays, in the order of their indexes. A sketch of a minute has a handful of them: the library's store with a tree
 * makes objects of each, and its dense ones take up kilobytes. In bytes it is the same as the one with a tree.
 */
final class SortedStore implements Store {

    private static final int[] NO_INDEXES = {};
    private static final double[] NO_COUNTS = {};
    private static final int FIRST_CAPACITY = 4;

    private int[] indexes = NO_INDEXES;
    private double[] counts = NO_COUNTS;
    private int size;

    @Override
    public void add(int index, double count) {
        if (count == 0) {
            return;
        }
        int found = size > 0 && indexes[size - 1] < index ? -size - 1 : Arrays.binarySearch(indexes, 0, size, index);
        if (found >= 0) {
            counts[found] += count;
        } else {
            insert(-found - 1, index, count);
        }
    }

    private void insert(int at, int index, double count) {
        if (size == indexes.length) {
            int capacity = Math.max(FIRST_CAPACITY, size * 2);
            indexes = Arrays.copyOf(indexes, capacity);
            counts = Arrays.copyOf(counts, capacity);
        }
        System.arraycopy(indexes, at, indexes, at + 1, size - at);
        System.arraycopy(counts, at, counts, at + 1, size - at);
        indexes[at] = index;
        counts[at] = count;
        size++;
    }

    @Override
    public Store copy() {
        SortedStore copy = new SortedStore();
        copy.indexes = Arrays.copyOf(indexes, size);
        copy.counts = Arrays.copyOf(counts, size);
        copy.size = size;
        return copy;
    }

    @Override
    public void clear() {
        size = 0;
    }

    @Override
    public boolean isEmpty() {
        return size == 0;
    }

    @Override
    public double getTotalCount() {
        double total = 0;
        for (int i = 0; i < size; i++) {
            total += counts[i];
        }
        return total;
    }

    @Override
    public int getMinIndex() {
        return indexes[place(0)];
    }

    @Override
    public int getMaxIndex() {
        return indexes[place(size - 1)];
    }

    private int place(int at) {
        if (at < 0 || at >= size) {
            throw new NoSuchElementException("no bucket has place " + at + " of " + size);
        }
        return at;
    }

    @Override
    public void forEach(BinAcceptor acceptor) {
        for (int i = 0; i < size; i++) {
            acceptor.accept(indexes[i], counts[i]);
        }
    }

    @Override
    public Iterator<Bin> getAscendingIterator() {
        return iterator(step -> step);
    }

    @Override
    public Iterator<Bin> getDescendingIterator() {
        return iterator(step -> size - 1 - step);
    }

    private Iterator<Bin> iterator(IntUnaryOperator placeOfStep) {
        return new Iterator<>() {
            private int step;

            @Override
            public boolean hasNext() {
                return step < size;
            }

            @Override
            public Bin next() {
                int at = place(placeOfStep.applyAsInt(step));
                step++;
                return new Bin(indexes[at], counts[at]);
            }
        };
    }

    @Override
    public void encode(Output output, Flag.Type type) throws IOException {
        if (size == 0) {
            return;
        }
        BinEncodingMode.INDEX_DELTAS_AND_COUNTS.toFlag(type).encode(output);
        VarEncodingHelper.encodeUnsignedVarLong(output, size);
        long before = 0;
        for (int i = 0; i < size; i++) {
            VarEncodingHelper.encodeSignedVarLong(output, indexes[i] - before);
            VarEncodingHelper.encodeVarDouble(output, counts[i]);
            before = indexes[i];
        }
    }
}
