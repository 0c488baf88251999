package dev.rebound.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datadoghq.sketch.ddsketch.encoding.Flag;
import com.datadoghq.sketch.ddsketch.encoding.GrowingByteArrayOutput;
import com.datadoghq.sketch.ddsketch.store.Bin;
import com.datadoghq.sketch.ddsketch.store.SparseStore;
import com.datadoghq.sketch.ddsketch.store.Store;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class SortedStoreTest {

    @Property(tries = 500)
    void holdsWhatTheLibrarysStoreHolds(@ForAll("bins") List<Bin> some, @ForAll("bins") List<Bin> others)
            throws IOException {
        Store store = filled(new SortedStore(), some);
        Store library = filled(new SparseStore(), some);
        assertSame(store, library);

        store.mergeWith(filled(new SortedStore(), others));
        library.mergeWith(filled(new SparseStore(), others));
        assertSame(store, library);
    }

    @Property(tries = 100)
    void aCopyIsOneOfItsOwn(@ForAll("bins") List<Bin> bins) throws IOException {
        Store store = filled(new SortedStore(), bins);
        byte[] before = encoded(store);

        filled(store.copy(), bins).add(Integer.MAX_VALUE);

        assertThat(encoded(store)).isEqualTo(before);
        store.clear();
        assertThat(store.isEmpty()).isTrue();
        assertThat(encoded(store)).isEmpty();
    }

    @Test
    void anEmptyOneHasNoIndexes() {
        Store store = new SortedStore();

        assertThatThrownBy(store::getMinIndex).isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(store::getMaxIndex).isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(store.getAscendingIterator()::next).isInstanceOf(NoSuchElementException.class);
    }

    private static Store filled(Store store, List<Bin> bins) {
        bins.forEach(store::add);
        return store;
    }

    private static void assertSame(Store store, Store library) throws IOException {
        assertThat(encoded(store)).isEqualTo(encoded(library));
        assertThat(store.isEmpty()).isEqualTo(library.isEmpty());
        assertThat(store.getTotalCount()).isEqualTo(library.getTotalCount());
        assertThat(all(store.getAscendingIterator())).isEqualTo(all(library.getAscendingIterator()));
        assertThat(all(store.getDescendingIterator())).isEqualTo(all(library.getDescendingIterator()));
        List<Bin> visited = new ArrayList<>();
        store.forEach((index, count) -> visited.add(new Bin(index, count)));
        assertThat(visited).isEqualTo(all(library.getAscendingIterator()));
        if (!library.isEmpty()) {
            assertThat(store.getMinIndex()).isEqualTo(library.getMinIndex());
            assertThat(store.getMaxIndex()).isEqualTo(library.getMaxIndex());
        }
    }

    private static List<Bin> all(Iterator<Bin> bins) {
        List<Bin> all = new ArrayList<>();
        bins.forEachRemaining(all::add);
        return all;
    }

    private static byte[] encoded(Store store) throws IOException {
        GrowingByteArrayOutput out = GrowingByteArrayOutput.withDefaultInitialCapacity();
        store.encode(out, Flag.Type.POSITIVE_STORE);
        return out.trimmedCopy();
    }

    @Provide
    Arbitrary<List<Bin>> bins() {
        Arbitrary<Integer> indexes = Arbitraries.oneOf(Arbitraries.integers().between(-20, 20), Arbitraries.integers());
        return indexes.flatMap(index -> Arbitraries.integers().between(0, 5).map(count -> new Bin(index, count)))
                .list()
                .ofMaxSize(60);
    }
}
