package dev.rebound.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RowsTest {

    private static final int COLUMNS = 3;

    private record Put(List<Byte> key, int column, Byte value) {}

    /** Keys of few different bytes, zero and the highest among them, so that some begin as others do. */
    @Provide
    Arbitrary<List<Put>> puts() {
        Arbitrary<List<Byte>> keys =
                Arbitraries.of((byte) 0, (byte) 1, (byte) 2, (byte) -1).list().ofMaxSize(4);
        return Combinators.combine(
                        keys,
                        Arbitraries.integers().between(0, COLUMNS - 1),
                        Arbitraries.bytes().injectNull(0.2))
                .as(Put::new)
                .list()
                .ofMaxSize(30);
    }

    @Property(tries = 200)
    void rowsAreTogetherAndInOrder(@ForAll("puts") List<Put> puts) {
        TreeMap<List<Byte>, Byte[]> expected =
                new TreeMap<>((one, other) -> Arrays.compareUnsigned(bytes(one), bytes(other)));
        Map<List<Byte>, Byte[]> found = new LinkedHashMap<>();
        try (Scratch scratch = Scratch.in(Path.of("target"))) {
            Rows rows = new Rows(scratch.table(), COLUMNS);
            for (Put put : puts) {
                rows.put(put.column(), bytes(put.key()), put.value() == null ? null : new byte[] {put.value()});
                expected.computeIfAbsent(put.key(), none -> new Byte[COLUMNS])[put.column()] = put.value();
            }
            rows.forEach((key, columns) -> found.put(
                    list(key),
                    Arrays.stream(columns)
                            .map(value -> value == null ? null : value[0])
                            .toArray(Byte[]::new)));
        }

        expected.values().removeIf(row -> Arrays.stream(row).allMatch(value -> value == null));
        assertThat(found.keySet()).containsExactlyElementsOf(expected.keySet());
        found.forEach((key, row) -> assertThat(row).isEqualTo(expected.get(key)));
    }

    private static byte[] bytes(List<Byte> list) {
        byte[] bytes = new byte[list.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = list.get(i);
        }
        return bytes;
    }

    private static List<Byte> list(byte[] bytes) {
        Byte[] list = new Byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            list[i] = bytes[i];
        }
        return List.of(list);
    }
}
