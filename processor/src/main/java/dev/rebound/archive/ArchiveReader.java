package dev.rebound.archive;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Records of a partition, in the order of their offsets. One file is open at a time, and checked when it is opened. */
public final class ArchiveReader implements AutoCloseable {

    private final Path directory;
    private final Origin origin;
    private final Iterator<ArchivedFile> files;
    private final long from;
    private FileRecords open;
    private ConsumerRecord<byte[], byte[]> next;

    /** @param files all files that have offsets of {@code from} on */
    ArchiveReader(Path directory, Origin origin, List<ArchivedFile> files, long from) {
        this.directory = directory;
        this.origin = origin;
        this.files = files.iterator();
        this.from = from;
    }

    /**
     * There is another record.
     *
     * @throws ArchiveException naming the file, when it is not as it was written
     */
    public boolean hasNext() {
        while (next == null) {
            if (open != null && open.hasNext()) {
                ConsumerRecord<byte[], byte[]> record = open.next();
                next = record.offset() < from ? null : record;
            } else {
                close();
                if (!files.hasNext()) {
                    return false;
                }
                open = FileRecords.checked(directory, origin, files.next());
            }
        }
        return true;
    }

    /**
     * The next record, as it was in the topic: topic, partition, offset, timestamp with its type, key, value and headers.
     *
     * @throws NoSuchElementException when there is none
     * @throws ArchiveException naming the file, when it is not as it was written
     */
    public ConsumerRecord<byte[], byte[]> next() {
        if (!hasNext()) {
            throw new NoSuchElementException("no more records of the partition are archived");
        }
        ConsumerRecord<byte[], byte[]> record = next;
        next = null;
        return record;
    }

    @Override
    public void close() {
        if (open != null) {
            open.close();
            open = null;
        }
    }
}
