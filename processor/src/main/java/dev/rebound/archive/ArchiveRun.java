package dev.rebound.archive;

import dev.rebound.ingest.Progress;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** One run from a topic into an archive, partition after partition. */
final class ArchiveRun {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration STALL = Duration.ofSeconds(30);

    private final Consumer<byte[], byte[]> consumer;
    private final ArchiveWriter writer;
    private final SchemaKeeper keeper;
    private final Origin origin;
    private final ArrivalSpan span;
    private final Progress progress;
    private final BooleanSupplier stop;

    private final List<TopicPartition> partitions;
    private final List<OffsetGap> gaps = new ArrayList<>();
    private final List<OffsetGap> tooEarly = new ArrayList<>();
    private Map<TopicPartition, Long> beginnings = Map.of();
    private Map<TopicPartition, Long> starts = Map.of();
    private Map<TopicPartition, Long> ends = Map.of();
    private long all;
    private long done;
    private long records;
    private boolean stopped;

    /** @param consumer of committed records; fails where an offset is not there */
    ArchiveRun(
            Consumer<byte[], byte[]> consumer,
            ArchiveWriter writer,
            SchemaKeeper keeper,
            Origin origin,
            ArrivalSpan span,
            Progress progress,
            BooleanSupplier stop) {
        this.consumer = consumer;
        this.writer = writer;
        this.keeper = keeper;
        this.origin = origin;
        this.span = span;
        this.progress = progress;
        this.stop = stop;
        this.partitions = IntStream.range(0, origin.partitions())
                .mapToObj(partition -> new TopicPartition(origin.topic(), partition))
                .toList();
    }

    /** Archives what is to be archived. */
    WriteReport run() throws IOException {
        lookAtTopic();
        for (TopicPartition partition : partitions) {
            if (!stopped) {
                archive(partition);
            }
        }
        List<ArchivedFile> files = writer.completed();
        return new WriteReport(
                origin.topic(),
                records,
                files.size(),
                files.stream().mapToLong(ArchivedFile::bytes).sum(),
                List.copyOf(gaps),
                List.copyOf(tooEarly),
                keeper.unknown(),
                !stopped);
    }

    /** Everything that is asked of the topic at first, so that what comes in meanwhile is for the next run. */
    private void lookAtTopic() {
        beginnings = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> committed = consumer.endOffsets(partitions);
        ends = until(committed);
        starts = span.from() == null ? beginnings : at(span.from(), committed);
        for (TopicPartition partition : partitions) {
            refuseLostEnd(partition, committed.get(partition));
            all += Math.max(0, ends.get(partition) - start(partition));
        }
    }

    private Map<TopicPartition, Long> until(Map<TopicPartition, Long> committed) {
        if (span.to() == null) {
            return committed;
        }
        Map<TopicPartition, Long> until = at(span.to(), committed);
        until.replaceAll((partition, offset) -> Math.min(offset, committed.get(partition)));
        return until;
    }

    /** Offsets of the first records at a moment or later; the end where there is none. */
    private Map<TopicPartition, Long> at(Instant time, Map<TopicPartition, Long> committed) {
        Map<TopicPartition, Long> times = new HashMap<>();
        partitions.forEach(partition -> times.put(partition, time.toEpochMilli()));
        Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(times);
        Map<TopicPartition, Long> offsets = new HashMap<>();
        partitions.forEach(partition -> offsets.put(
                partition,
                found.get(partition) == null
                        ? committed.get(partition)
                        : found.get(partition).offset()));
        return offsets;
    }

    private void refuseLostEnd(TopicPartition partition, long end) {
        OptionalLong next = writer.next(partition.partition());
        if (next.isPresent() && next.getAsLong() > end) {
            throw new ArchiveException(
                    "partition " + partition.partition() + " is archived up to offset "
                            + next.getAsLong() + ", but topic " + origin.topic() + " ends at " + end
                            + ": its cluster has lost records, and new ones have their offsets; archive it to another directory");
        }
    }

    private long start(TopicPartition partition) {
        OptionalLong next = writer.next(partition.partition());
        return next.isPresent() ? Math.max(next.getAsLong(), beginnings.get(partition)) : starts.get(partition);
    }

    private void archive(TopicPartition partition) throws IOException {
        tellTooEarly(partition);
        long start = start(partition);
        long end = ends.get(partition);
        begin(partition, start);
        if (start >= end) {
            return;
        }
        consumer.assign(List.of(partition));
        consumer.seek(partition, start);
        long position = start;
        long deadline = System.nanoTime() + STALL.toNanos();
        while (position < end && !stopped) {
            try {
                take(partition, end);
            } catch (OffsetOutOfRangeException e) {
                skipLost(partition, position, e);
            }
            long now = Math.min(end, consumer.position(partition));
            if (now > position) {
                progress.advanced(records, writer.completed().size(), (double) (done + now - start) / Math.max(1, all));
                position = now;
                deadline = System.nanoTime() + STALL.toNanos();
            } else if (System.nanoTime() > deadline) {
                throw new TimeoutException("nothing came from " + partition + " for " + STALL.toSeconds() + " s");
            }
            stopped = stop.getAsBoolean();
        }
        stopped &= position < end || partition.partition() < partitions.size() - 1;
        writer.complete(position);
        done += end - start;
    }

    private void take(TopicPartition partition, long end) throws IOException {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL).records(partition)) {
            if (record.offset() >= end) {
                return;
            }
            keeper.keep(record.value());
            writer.add(record);
            records++;
        }
    }

    /** Retention was quicker than this run. */
    private void skipLost(TopicPartition partition, long position, OffsetOutOfRangeException problem)
            throws IOException {
        long beginning = consumer.beginningOffsets(List.of(partition)).get(partition);
        if (beginning <= position) {
            throw problem;
        }
        writer.complete(position);
        begin(partition, beginning);
        consumer.seek(partition, beginning);
    }

    private void begin(TopicPartition partition, long start) throws IOException {
        writer.begin(partition.partition(), start).ifPresent(gaps::add);
    }

    private void tellTooEarly(TopicPartition partition) {
        OptionalLong first = writer.first(partition.partition());
        long asked = Math.max(starts.get(partition), beginnings.get(partition));
        if (span.from() != null && first.isPresent() && asked < first.getAsLong()) {
            tooEarly.add(new OffsetGap(partition.partition(), asked, first.getAsLong()));
        }
    }
}
