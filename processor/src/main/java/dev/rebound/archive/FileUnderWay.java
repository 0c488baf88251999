package dev.rebound.archive;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A file that records are added to, under a name that nobody reads. It gets its own when it is complete. */
final class FileUnderWay {

    /** What files end in that are not complete. */
    static final String TEMPORARY = ".tmp";

    /** What files end in that are. */
    static final String COMPLETE = ".avro";

    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final long HOUR_MILLIS = TimeUnit.HOURS.toMillis(1);

    /** Records that are compressed together: more compress better, and take more memory to read. */
    private static final int BLOCK_BYTES = 256 * 1024;

    /** Zstandard's own default. */
    private static final int ZSTANDARD_LEVEL = 3;

    private final Path directory;
    private final String name;
    private final long hour;
    private final int partition;
    private final long from;
    private final FileSummary summary = new FileSummary();
    private final DataFileWriter<ConsumerRecord<byte[], byte[]>> out;
    private long size;

    /**
     * Begins a file for this record, which is yet to be added.
     *
     * @param directory that of the archive
     * @param from first offset that the file is about
     */
    FileUnderWay(Path directory, Origin origin, long from, ConsumerRecord<byte[], byte[]> first) throws IOException {
        this.directory = directory;
        this.hour = hour(first);
        this.partition = first.partition();
        this.from = from;
        this.name = directoryName(partition)
                + '/'
                + HOUR.format(Instant.ofEpochMilli(first.timestamp()))
                + '.'
                + FileMetadata.offset(first.offset())
                + COMPLETE;
        this.out = new DataFileWriter<>(new RecordCodec(origin.topic(), partition));
        Files.createDirectories(file().getParent());
        if (Files.exists(file())) {
            throw new ArchiveException(
                    file() + " is there and the manifest does not know it; move it out of the archive");
        }
        out.setCodec(CodecFactory.zstandardCodec(ZSTANDARD_LEVEL, true)).setSyncInterval(BLOCK_BYTES);
        FileMetadata.write(out, origin, from, first);
        out.create(RecordCodec.SCHEMA, new FileOutputStream(temporary().toFile()));
    }

    /** Name of the directory of a partition's files. */
    static String directoryName(int partition) {
        return "partition=" + partition;
    }

    private Path file() {
        return directory.resolve(name);
    }

    private Path temporary() {
        return directory.resolve(name + TEMPORARY);
    }

    private static long hour(ConsumerRecord<byte[], byte[]> record) {
        return Math.floorDiv(record.timestamp(), HOUR_MILLIS);
    }

    /** The record belongs to this hour, or is late for it. */
    boolean takes(ConsumerRecord<byte[], byte[]> record) {
        return hour(record) <= hour;
    }

    /** Bytes of the records so far, before compression. */
    long size() {
        return size;
    }

    void add(ConsumerRecord<byte[], byte[]> record) throws IOException {
        out.append(record);
        size += summary.add(record);
    }

    /**
     * Gives the file its name, once all of it is on disk.
     *
     * @param to the offset behind the last one that the file is about
     */
    ArchivedFile complete(long to) throws IOException {
        out.close();
        FileMetadata.complete(temporary(), summary.last(), to);
        String sha256 = FileDigest.of(temporary());
        Files.move(temporary(), file(), StandardCopyOption.ATOMIC_MOVE);
        Durable.directory(file().getParent());
        return summary.file(name, partition, new OffsetSpan(from, to), Files.size(file()), sha256);
    }

    /** Throws it away. */
    void discard() throws IOException {
        try {
            out.close();
        } finally {
            Files.deleteIfExists(temporary());
        }
    }
}
