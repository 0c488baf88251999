package dev.rebound.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.statistics.RowKey;
import dev.rebound.statistics.Subject;
import dev.rebound.statistics.WindowSize;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

class JournalTest {

    private static final byte[] CLEARED = null;
    private static final byte[] COMMITTED = {};
    private static final byte[] OPENED_AGAIN = {};

    private static KeyValueStore<byte[], byte[]> store() {
        KeyValueStore<byte[], byte[]> store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore("journal"), Serdes.ByteArray(), Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        store.init(new MockProcessorContext<Void, Void>().getStateStoreContext(), store);
        return store;
    }

    private static List<Bytes> open(Journal journal) {
        List<Bytes> entries = new ArrayList<>();
        journal.open(entry -> entries.add(Bytes.wrap(entry)));
        return entries;
    }

    /** Whenever it is opened again, it gives what was written and not cleared by the last commit, in that order. */
    @Property(tries = 300)
    void whatWasCommittedAndIsNotClearedIsGivenWhenItIsOpened(@ForAll("steps") List<byte[]> steps) {
        KeyValueStore<byte[], byte[]> store = store();
        Journal journal = new Journal(store);
        open(journal);
        List<Bytes> held = new ArrayList<>();
        int most = 0;
        for (byte[] step : steps) {
            if (step == CLEARED) {
                journal.clear();
                held.clear();
            } else if (step == COMMITTED) {
                journal.flushCache();
                assertThat(open(new Journal(store))).isEqualTo(held);
            } else if (step == OPENED_AGAIN) {
                journal.flushCache();
                journal = new Journal(store);
                open(journal);
            } else {
                journal.append(step);
                held.add(Bytes.wrap(step));
            }
            most = Math.max(most, held.size());
            assertThat(journal.size()).isEqualTo(held.size());
            assertThat(journal.bytes())
                    .isEqualTo(
                            held.stream().mapToLong(entry -> entry.get().length).sum());
        }
        assertThat(rows(store)).as("places").hasSizeLessThanOrEqualTo(most + 1);
    }

    /** Entries cost a record for many of them, and none of these is too large for a topic. */
    @Test
    void manyEntriesTakeFewRecords() {
        KeyValueStore<byte[], byte[]> store = store();
        Journal journal = new Journal(store);
        open(journal);
        for (int i = 0; i < 10_000; i++) {
            journal.append(new byte[100]);
        }
        assertThat(rows(store)).hasSizeBetween(5, 10);
        journal.append(new byte[400_000]);
        journal.flushCache();
        rows(store).forEach(key -> assertThat(store.get(key.get())).hasSizeLessThan(Topics.OUTPUT_MAX_BYTES));
        assertThat(open(new Journal(store))).hasSize(10_001);
    }

    private static Set<Bytes> rows(KeyValueStore<byte[], byte[]> store) {
        Set<Bytes> keys = new HashSet<>();
        try (KeyValueIterator<byte[], byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<byte[], byte[]> row = all.next();
                keys.add(Bytes.wrap(row.key));
            }
        }
        return keys;
    }

    /** A tenant's name can have 128 characters, and each of them four bytes. */
    @Test
    void whatIsGatheredComesBackHoweverLongItsKey() {
        for (int length : new int[] {1, 128, 70_000}) {
            RowKey key = RowKey.around(Subject.domain("t".repeat(length), "example.com"), WindowSize.MINUTE, -1);
            Gathered back = Gathered.parse(new Gathered(key.bytes(), new byte[] {1, 2, 3}).bytes());

            assertThat(RowKey.parse(back.key())).isEqualTo(key);
            assertThat(back.sums()).containsExactly(1, 2, 3);
        }
    }

    @Provide
    Arbitrary<List<byte[]>> steps() {
        return Arbitraries.frequencyOf(
                        Tuple.of(
                                6,
                                Arbitraries.bytes()
                                        .array(byte[].class)
                                        .ofMinSize(0)
                                        .ofMaxSize(4)),
                        Tuple.of(2, Arbitraries.just(CLEARED)),
                        Tuple.of(1, Arbitraries.just(COMMITTED)),
                        Tuple.of(1, Arbitraries.just(OPENED_AGAIN)))
                .list()
                .ofMaxSize(40);
    }
}
