package dev.rebound.archive;

import java.time.Instant;
import java.util.List;

/**
 * What an archive has of a partition.
 *
 * @param partition partition
 * @param from first offset; null when nothing is archived, and so the next four
 * @param to the offset behind the last one
 * @param earliest lowest timestamp of a record
 * @param latest highest timestamp of a record
 * @param records number of records
 * @param bytes size of the files
 * @param files number of files
 * @param gaps offsets that the topic had lost before they were archived
 */
public record PartitionContents(
        int partition,
        Long from,
        Long to,
        Instant earliest,
        Instant latest,
        long records,
        long bytes,
        int files,
        List<OffsetGap> gaps) {

    static PartitionContents of(int partition, List<ArchivedFile> files, List<OffsetGap> gaps) {
        boolean some = !files.isEmpty();
        return new PartitionContents(
                partition,
                some ? files.get(0).from() : null,
                some ? files.get(files.size() - 1).to() : null,
                files.stream()
                        .map(ArchivedFile::earliest)
                        .min(Instant::compareTo)
                        .orElse(null),
                files.stream().map(ArchivedFile::latest).max(Instant::compareTo).orElse(null),
                files.stream().mapToLong(ArchivedFile::records).sum(),
                files.stream().mapToLong(ArchivedFile::bytes).sum(),
                files.size(),
                List.copyOf(gaps));
    }
}
