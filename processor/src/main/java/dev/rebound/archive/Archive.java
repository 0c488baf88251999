package dev.rebound.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * An archive as it is when it is opened. It can be written to meanwhile: what is added is not seen. Can be used by several threads, each
 * with readers of its own.
 */
public final class Archive {

    private final Path directory;
    private final Manifest manifest;

    private Archive(Path directory, Manifest manifest) {
        this.directory = directory;
        this.manifest = manifest;
    }

    /**
     * Opens an archive. Files are checked when they are read.
     *
     * @param directory the one that {@code rebound archive write --dir} was given
     * @throws ArchiveException when it is none, or its manifest is damaged
     */
    public static Archive open(Path directory) {
        try {
            return new Archive(directory, ManifestFile.read(directory));
        } catch (IOException e) {
            throw new ArchiveException("cannot read " + directory.resolve(ManifestFile.NAME) + ": " + e, e);
        }
    }

    /** Id of the cluster that the records are from. */
    public String clusterId() {
        return manifest.origin().clusterId();
    }

    /** Id of that topic: another one that is made under the same name later has another id. */
    public String topicId() {
        return manifest.origin().topicId();
    }

    /** Name of the topic that the records are from. */
    public String topic() {
        return manifest.origin().topic();
    }

    /** Number of that topic's partitions. */
    public int partitions() {
        return manifest.origin().partitions();
    }

    /**
     * Offsets that are archived, with the gaps between them.
     *
     * @return empty when nothing of the partition is archived
     */
    public Optional<OffsetSpan> span(int partition) {
        List<ArchivedFile> files = manifest.files(partition);
        return files.isEmpty()
                ? Optional.empty()
                : Optional.of(new OffsetSpan(
                        files.get(0).from(), files.get(files.size() - 1).to()));
    }

    /** Offsets of a partition that the topic had lost before they were archived, in their order. */
    public List<OffsetGap> gaps(int partition) {
        return manifest.gaps(partition);
    }

    /** What it has of each partition. */
    public List<PartitionContents> contents() {
        return IntStream.range(0, partitions())
                .mapToObj(partition ->
                        PartitionContents.of(partition, manifest.files(partition), manifest.gaps(partition)))
                .toList();
    }

    /** Schemas that values were written with, as JSON, by the id that the values begin with. */
    public Map<Integer, String> schemas() {
        return manifest.schemas();
    }

    /**
     * The first archived offset whose timestamp is at a moment or later; the end of the span when there is none.
     *
     * @throws ArchiveException when nothing of the partition is archived, or naming a file that is not as it was written
     */
    public long offsetAt(int partition, Instant time) {
        OffsetSpan span = span(partition)
                .orElseThrow(() -> new ArchiveException(
                        directory + " has nothing of partition " + partition + " (expected: a partition with a span)"));
        Optional<ArchivedFile> file = manifest.files(partition).stream()
                .filter(candidate -> !candidate.latest().isBefore(time))
                .findFirst();
        return file.map(found -> firstAt(found, time)).orElse(span.to());
    }

    private long firstAt(ArchivedFile file, Instant time) {
        try (FileRecords records = FileRecords.checked(directory, manifest.origin(), file)) {
            while (records.hasNext()) {
                ConsumerRecord<byte[], byte[]> record = records.next();
                if (!Instant.ofEpochMilli(record.timestamp()).isBefore(time)) {
                    return record.offset();
                }
            }
        }
        return file.to();
    }

    /**
     * Records of a partition.
     *
     * @param fromOffset offset of the first one, or of the place where it would be
     * @return records up to the end of the partition's span; none when that is not behind the offset
     */
    public ArchiveReader read(int partition, long fromOffset) {
        List<ArchivedFile> files = manifest.files(partition).stream()
                .filter(file -> file.last() >= fromOffset)
                .toList();
        return new ArchiveReader(directory, manifest.origin(), files, fromOffset);
    }

    Manifest manifest() {
        return manifest;
    }

    Path directory() {
        return directory;
    }
}
