package dev.rebound.compare;

import dev.rebound.topology.Coordinates;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * Events that have not met their counterpart yet: in memory as far as there is room, else in a table on disk. What arrived too long ago to
 * meet it any more is dropped when room is made: else a side that lacks most of the events would fill the disk with them.
 */
final class Held {

    private static final int KEY_BYTES = 1 + Long.BYTES + Integer.BYTES + Long.BYTES;

    private final Table table;
    private final long mostBytes;
    private final long disorder;
    private final Map<Place, Told> memory = new HashMap<>();
    private long bytes;
    private long onDisk;
    private long latest = Long.MIN_VALUE;

    private record Place(int side, int partition, long offset) {}

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
        byte[] key = key(side, source);
        byte[] value = table.get(key);
        if (value == null) {
            return null;
        }
        table.delete(key);
        return new Told(source, value);
    }

    /** Keeps an event that is not here yet. */
    void hold(int side, Told event) {
        Coordinates source = event.source();
        memory.put(new Place(side, source.partition(), source.offset()), event);
        bytes += event.size();
        latest = Math.max(latest, source.arrival());
        if (bytes > mostBytes) {
            makeRoom();
        }
    }

    private void makeRoom() {
        long oldest = latest < Long.MIN_VALUE + disorder ? Long.MIN_VALUE : latest - disorder;
        memory.forEach((place, event) -> {
            if (event.source().arrival() >= oldest) {
                table.put(key(place.side(), event.source()), event.value());
                onDisk++;
            }
        });
        for (int side = 0; side < 2; side++) {
            table.deleteRange(key(side, Long.MIN_VALUE, 0, 0), key(side, oldest, 0, 0));
        }
        memory.clear();
        bytes = 0;
    }

    /** Forgets all. */
    void clear() {
        memory.clear();
        bytes = 0;
        if (onDisk > 0) {
            table.clear();
        }
        onDisk = 0;
        latest = Long.MIN_VALUE;
    }

    private static byte[] key(int side, Coordinates source) {
        return key(side, source.arrival(), source.partition(), source.offset());
    }

    /** In the order of arrival, so that what is too old is one range. */
    private static byte[] key(int side, long arrival, int partition, long offset) {
        return ByteBuffer.allocate(KEY_BYTES)
                .put((byte) side)
                .putLong(arrival ^ Long.MIN_VALUE)
                .putInt(partition)
                .putLong(offset)
                .array();
    }
}
