package dev.rebound.compare;

import dev.rebound.topology.Coordinates;

/**
 * An event as one side tells it.
 *
 * @param source where it was first read: the same on both sides
 * @param value the classified event, framed Avro
 */
record Told(Coordinates source, byte[] value) {

    /** What it takes beside its value, about. */
    private static final int OVERHEAD = 160;

    long size() {
        return value.length + OVERHEAD;
    }
}
