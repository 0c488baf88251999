package dev.rebound.archive;

import dev.rebound.serde.UndecodableException;
import dev.rebound.serde.WireFormat;
import java.nio.file.Path;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Compares a file with what the manifest says of it, record by record. */
final class FileCheck {

    private final Path directory;
    private final Manifest manifest;
    private final Set<Integer> schemas;
    private long records;
    private long unknownSchema;

    FileCheck(Path directory, Manifest manifest) {
        this.directory = directory;
        this.manifest = manifest;
        this.schemas = manifest.schemas().keySet();
    }

    /** What is wrong with a file; empty when nothing is. */
    String wrong(ArchivedFile file) {
        String digest = FileRecords.wrong(directory, file);
        if (!digest.isEmpty()) {
            return digest;
        }
        try (FileRecords in = FileRecords.open(file.in(directory), manifest.origin(), file.partition())) {
            FileSummary summary = new FileSummary();
            while (in.hasNext()) {
                ConsumerRecord<byte[], byte[]> record = in.next();
                if (record.offset() <= summary.last()
                        || record.offset() < file.from()
                        || record.offset() >= file.to()) {
                    return "has a record of offset " + record.offset() + " behind one of offset " + summary.last()
                            + " (expected: offsets that grow, from " + file.from() + " to below " + file.to() + ")";
                }
                summary.add(record);
                count(record.value());
            }
            OffsetSpan offsets = new OffsetSpan(in.number(FileMetadata.FROM), in.number(FileMetadata.TO));
            String otherOrigin = otherOrigin(in, file.partition());
            if (!otherOrigin.isEmpty() || summary.last() < 0) {
                return summary.last() < 0 ? "has no records" : otherOrigin;
            }
            ArchivedFile found = summary.file(file.name(), file.partition(), offsets, file.bytes(), file.sha256());
            return found.equals(file) ? "" : "holds " + found + " (expected: " + file + ")";
        } catch (ArchiveException e) {
            return e.getMessage();
        }
    }

    private String otherOrigin(FileRecords in, int partition) {
        Origin origin = manifest.origin();
        Origin found = new Origin(
                in.text(FileMetadata.CLUSTER_ID),
                in.text(FileMetadata.TOPIC),
                in.text(FileMetadata.TOPIC_ID),
                origin.partitions());
        long inPartition = in.number(FileMetadata.PARTITION);
        return found.equals(origin) && inPartition == partition
                ? ""
                : "is of partition " + inPartition + " of " + found + " (expected: partition " + partition + " of "
                        + origin + ")";
    }

    private void count(byte[] value) {
        records++;
        try {
            unknownSchema += schemas.contains(WireFormat.schemaId(value)) ? 0 : 1;
        } catch (UndecodableException e) {
            // No frame, so no schema: nothing that the archive could have.
            return;
        }
    }

    /** Records looked at so far. */
    long records() {
        return records;
    }

    /** How many of them refer to a schema that the archive does not have. */
    long unknownSchema() {
        return unknownSchema;
    }
}
