package dev.rebound.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.topology.Coordinates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PairingTest {

    private static final int LANES = 6;
    private static final long FOR_EVER = Long.MAX_VALUE / 4;

    /** Events as an array, so that a test sees how far it was read. */
    private static final class Listed implements Lane {

        private final List<Told> events;
        private int at;

        Listed(List<Told> events) {
            this.events = events;
        }

        @Override
        public Told head() {
            return at < events.size() ? events.get(at) : null;
        }

        @Override
        public void advance() {
            at++;
        }
    }

    private record Pair(Coordinates source, byte before, byte after) {}

    private final List<Pair> met = new ArrayList<>();

    private void meet(Told before, Told after) {
        met.add(new Pair(after.source(), before.value()[0], after.value()[0]));
    }

    private static Told event(int partition, long offset, long arrival, int said) {
        return new Told(new Coordinates("delivery-events", partition, offset, arrival), new byte[] {(byte) said});
    }

    @Property(tries = 300)
    void whatBothSidesHaveMeetsOnceWhateverTheOrderAndTheRoom(
            @ForAll long seed, @ForAll @IntRange(min = 0, max = 80) int size, @ForAll @IntRange(max = 3_000) int room) {
        Random random = new Random(seed);
        List<Coordinates> sources = sources(random, size);
        Map<Coordinates, Byte> before = some(random, sources);
        Map<Coordinates, Byte> after = some(random, sources);
        met.clear();
        long onlyBefore;
        long onlyAfter;
        try (Scratch scratch = Scratch.in(Path.of("target"))) {
            Pairing pairing = new Pairing(new Held(scratch.table(), room, FOR_EVER), this::meet);
            pairing.run(lanes(random, before), lanes(random, after));
            onlyBefore = pairing.onlyBefore();
            onlyAfter = pairing.onlyAfter();
        }

        List<Pair> expected = before.keySet().stream()
                .filter(after::containsKey)
                .map(source -> new Pair(source, before.get(source), after.get(source)))
                .toList();
        assertThat(met).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(onlyBefore).isEqualTo(before.size() - expected.size());
        assertThat(onlyAfter).isEqualTo(after.size() - expected.size());
    }

    /** Of a few partitions, arriving in the order of their offsets, several in one moment. */
    private static List<Coordinates> sources(Random random, int size) {
        List<Coordinates> sources = new ArrayList<>();
        for (int partition = 0; partition < 3; partition++) {
            long arrival = random.nextInt(10) - 5;
            for (long offset = random.nextInt(5); offset < size / 3; offset += 1 + random.nextInt(2)) {
                sources.add(new Coordinates("delivery-events", partition, offset, arrival));
                arrival += random.nextInt(4);
            }
        }
        return sources;
    }

    private static Map<Coordinates, Byte> some(Random random, List<Coordinates> sources) {
        Map<Coordinates, Byte> some = new HashMap<>();
        int missing = random.nextInt(3);
        for (Coordinates source : sources) {
            if (missing == 0 || random.nextInt(4) >= missing) {
                some.put(source, (byte) random.nextInt(100));
            }
        }
        return some;
    }

    /** In lanes at random; within each, those of one partition are in order, and partitions are apart as they come. */
    private static List<Lane> lanes(Random random, Map<Coordinates, Byte> events) {
        List<List<Told>> lanes = Stream.generate(() -> (List<Told>) new ArrayList<Told>())
                .limit(LANES)
                .toList();
        long skew = random.nextInt(30);
        Map<Integer, Long> late = new HashMap<>();
        events.keySet().stream()
                .sorted(Comparator.<Coordinates>comparingLong(source -> source.arrival()
                                + late.computeIfAbsent(
                                        source.partition(), none -> (long) random.nextInt(1 + (int) skew)))
                        .thenComparing(Coordinates::partition)
                        .thenComparing(Coordinates::offset))
                .forEach(source ->
                        lanes.get(random.nextInt(LANES)).add(new Told(source, new byte[] {events.get(source)})));
        return lanes.stream().<Lane>map(Listed::new).toList();
    }

    @Test
    void sidesThatGoTogetherNeedNoDisk(@TempDir Path directory) throws IOException {
        List<Told> all =
                IntStream.range(0, 50_000).mapToObj(i -> event(0, i, i, 1)).toList();
        // On one side everything is in one topic, on the other half of it is in another.
        List<Told> even =
                all.stream().filter(event -> event.source().offset() % 2 == 0).toList();
        List<Told> odd =
                all.stream().filter(event -> event.source().offset() % 2 == 1).toList();
        try (Scratch scratch = Scratch.in(directory)) {
            Pairing pairing =
                    new Pairing(new Held(scratch.table(), 4 * all.get(0).size(), FOR_EVER), this::meet);
            pairing.run(List.of(new Listed(all)), List.of(new Listed(even), new Listed(odd)));

            assertThat(met).hasSize(all.size());
            assertThat(files(directory)).as("the directory of temporary tables").isEqualTo(1);
        }
        assertThat(files(directory)).isZero();
    }

    @Test
    void whatArrivedTooLongAgoGivesWay(@TempDir Path directory) throws IOException {
        try (Scratch scratch = Scratch.in(directory)) {
            Held held = new Held(scratch.table(), 0, 1_000);
            held.hold(0, event(0, 1, 0, 1));
            held.hold(0, event(0, 2, 900, 1));
            held.hold(0, event(0, 3, 1_500, 1));
            held.hold(0, event(0, 0, 100, 1));

            assertThat(held.take(0, event(0, 1, 0, 1).source())).isNull();
            assertThat(held.take(0, event(0, 0, 100, 1).source()))
                    .as("too old when it came")
                    .isNull();
            assertThat(held.take(0, event(0, 2, 900, 1).source())).isNotNull();
            assertThat(held.take(0, event(0, 2, 900, 1).source()))
                    .as("taken once")
                    .isNull();
            assertThat(held.take(1, event(0, 3, 1_500, 1).source()))
                    .as("of the other side")
                    .isNull();
            assertThat(held.take(0, event(0, 3, 1_500, 1).source())).isNotNull();
        }
    }

    @Test
    void tablesGoWithTheirDirectoryWhenTheWorkFails(@TempDir Path directory) throws IOException {
        try (Scratch scratch = Scratch.in(directory)) {
            Table table = scratch.table();
            table.put(new byte[] {1}, new byte[] {2});
            assertThat(files(directory)).isGreaterThan(2);
            throw new IllegalStateException("stopped");
        } catch (IllegalStateException e) {
            assertThat(files(directory)).isZero();
        }
    }

    private static long files(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.count() - 1;
        }
    }
}
