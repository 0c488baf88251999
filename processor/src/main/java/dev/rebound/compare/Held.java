package dev.rebound.compare;

import dev.rebound.topology.Coordinates;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;

/**
 * Events that have not met their counterpart yet: in memory as far as there is room, else in a table on disk. What arrived too long ago to
 * meet it any more is dropped when room is made: else a side that lacks most of the events would fill the disk with them.
 */
final class Held {

    private static final int KEY_BYTES = 1 + Integer.BYTES + Long.BYTES;

    private final Table table;
    private final long mostBytes;
    private final long disorder;
    private final Map<Place, Told> memory = new HashMap<>();
    private final Queue<Mark> marks = new ArrayDeque<>();
    private long bytes;
    private long onDisk;
    private long latest = Long.MIN_VALUE;

    private record Place(int side, int partition, long offset) {}

    /**
     * What was on disk at a moment, given as an arrival: within a partition, events are in the order of their arrival.
     *
     * @param offsets the greatest by partition
     */
    private record Mark(long arrival, Map<Integer, Long> offsets) {}

    /**
     * @param table for what does not fit; empty
     * @param mostBytes so much stays in memory
     * @param disorder so many milliseconds earlier than the latest event can have arrived what still comes
     */
    Held(Table table, long mostBytes, long disorder) {
        this.table = table;
        this.mostBytes = mostBytes;
        this.disorder = disorder;
    }

    /** Takes an event out; null when it is not here. */
    Told take(int side, Coordinates source) {
        Told inMemory = memory.remove(new Place(side, source.partition(), source.offset()));
        if (inMemory != null) {
            bytes -= inMemory.size();
            return inMemory;
        }
        if (onDisk == 0) {
            return null;
        }
        byte[] key = key(side, source.partition(), source.offset());
        byte[] value = table.get(key);
        if (value == null) {
            return null;
        }
        table.delete(key);
        return new Told(source, value);
    }

    /** Keeps an event; one that a side tells again only once. */
    void hold(int side, Told event) {
        Coordinates source = event.source();
        Told repeated = memory.put(new Place(side, source.partition(), source.offset()), event);
        bytes += event.size() - (repeated == null ? 0 : repeated.size());
        latest = Math.max(latest, source.arrival());
        if (bytes > mostBytes) {
            makeRoom();
        }
    }

    private void makeRoom() {
        long oldest = latest < Long.MIN_VALUE + disorder ? Long.MIN_VALUE : latest - disorder;
        Map<Integer, Long> offsets = new HashMap<>();
        memory.forEach((place, event) -> {
            if (event.source().arrival() >= oldest) {
                table.put(key(place.side(), place.partition(), place.offset()), event.value());
                offsets.merge(place.partition(), place.offset(), Math::max);
                onDisk++;
            }
        });
        memory.clear();
        bytes = 0;
        marks.add(new Mark(latest, offsets));
        while (marks.element().arrival() < oldest) {
            marks.remove().offsets().forEach(this::drop);
        }
    }

    private void drop(int partition, long offset) {
        for (int side = 0; side < 2; side++) {
            table.deleteRange(key(side, partition, 0), key(side, partition, offset + 1));
        }
    }

    /** Forgets all. */
    void clear() {
        memory.clear();
        bytes = 0;
        if (onDisk > 0) {
            table.clear();
        }
        onDisk = 0;
        marks.clear();
        latest = Long.MIN_VALUE;
    }

    private static byte[] key(int side, int partition, long offset) {
        return ByteBuffer.allocate(KEY_BYTES)
                .put((byte) side)
                .putInt(partition)
                .putLong(offset)
                .array();
    }
}
