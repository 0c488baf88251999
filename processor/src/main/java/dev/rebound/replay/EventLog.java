package dev.rebound.replay;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Delivery events as they once came, in a topic or in an archive of it. */
interface EventLog extends AutoCloseable {

    /** Name of the topic that they were first in. */
    String topic();

    /** What there is, by partition. */
    Map<Integer, Range> ranges();

    /** By partition, the first offset of what had arrived at a time or later; the end where there is nothing. */
    Map<Integer, Long> offsetsAt(Instant time);

    /** Reads ranges, each in the order of its offsets. */
    Reading read(Map<Integer, Range> ranges);

    @Override
    void close();

    /**
     * Part of a partition.
     *
     * @param from first offset
     * @param to offset behind the last one
     */
    record Range(long from, long to) {

        long length() {
            return Math.max(0, to - from);
        }
    }

    /** A place in each of several partitions. */
    interface Reading extends AutoCloseable {

        /** The record that {@link #take} will take of a partition; empty at the range's end. Waits for it. */
        Optional<ConsumerRecord<byte[], byte[]>> peek(int partition);

        /** Goes on to the next one of a partition. */
        void take(int partition);

        /** Offset up to which a partition has been taken. */
        long position(int partition);

        @Override
        void close();
    }
}
