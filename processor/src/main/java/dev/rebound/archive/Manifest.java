package dev.rebound.archive;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** All that the lines of a manifest say. Entries of a partition come in the order of their offsets, and do not overlap. */
final class Manifest {

    private final Origin origin;
    private final SortedMap<Integer, String> schemas = new TreeMap<>();
    private final List<List<ArchivedFile>> files;
    private final List<List<OffsetGap>> gaps;
    private final long[] next;

    Manifest(Origin origin) {
        this.origin = origin;
        this.files = lists(origin.partitions());
        this.gaps = lists(origin.partitions());
        this.next = IntStream.range(0, origin.partitions())
                .mapToLong(partition -> -1)
                .toArray();
    }

    private static <T> List<List<T>> lists(int count) {
        return Stream.<List<T>>generate(ArrayList::new).limit(count).toList();
    }

    /** @throws IllegalArgumentException when the entry does not go with those before */
    void add(Entry entry) {
        if (entry instanceof KeptSchema schema) {
            schemas.put(schema.id(), schema.schema());
        } else if (entry instanceof OffsetGap gap) {
            follow(gap.partition(), gap.from(), gap.to());
            gaps.get(gap.partition()).add(gap);
        } else if (entry instanceof ArchivedFile file) {
            follow(file.partition(), file.from(), file.to());
            files.get(file.partition()).add(file);
        } else {
            throw new IllegalArgumentException("a second line that says what the archive is of");
        }
    }

    private void follow(int partition, long from, long to) {
        if (partition < 0 || partition >= next.length) {
            throw new IllegalArgumentException("partition " + partition + " of " + next.length);
        }
        if (from < 0 || to < from || next[partition] >= 0 && next[partition] != from) {
            throw new IllegalArgumentException("offsets " + from + " to " + to + " of partition " + partition
                    + " (expected: from " + Math.max(0, next[partition]) + " on)");
        }
        next[partition] = to;
    }

    Origin origin() {
        return origin;
    }

    /** Schemas by id. */
    SortedMap<Integer, String> schemas() {
        return Collections.unmodifiableSortedMap(schemas);
    }

    /** Files of a partition, in the order of their offsets. */
    List<ArchivedFile> files(int partition) {
        return Collections.unmodifiableList(files.get(partition));
    }

    /** All files, partition after partition. */
    Stream<ArchivedFile> files() {
        return files.stream().flatMap(List::stream);
    }

    /** Gaps of a partition, in the order of their offsets. */
    List<OffsetGap> gaps(int partition) {
        return Collections.unmodifiableList(gaps.get(partition));
    }

    /** The offset that is to be archived next; empty when nothing of the partition is. */
    OptionalLong next(int partition) {
        return next[partition] < 0 ? OptionalLong.empty() : OptionalLong.of(next[partition]);
    }
}
