package dev.rebound.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NoSuchElementException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.file.DataFileReader;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The records of one file, in the order of their offsets. */
final class FileRecords implements AutoCloseable {

    private final Path file;
    private final DataFileReader<ConsumerRecord<byte[], byte[]>> in;

    private FileRecords(Path file, DataFileReader<ConsumerRecord<byte[], byte[]>> in) {
        this.file = file;
        this.in = in;
    }

    /**
     * Opens a file that the manifest names.
     *
     * @throws ArchiveException when it is not there, or not as it was written
     */
    static FileRecords checked(Path directory, Origin origin, ArchivedFile file) {
        String wrong = wrong(directory, file);
        if (!wrong.isEmpty()) {
            throw damaged(file.in(directory), wrong, null);
        }
        return open(file.in(directory), origin, file.partition());
    }

    /** What of a file is not as it was written; empty when all of it is. Reads the whole file. */
    static String wrong(Path directory, ArchivedFile file) {
        Path path = file.in(directory);
        try {
            if (Files.notExists(path)) {
                return "is not there";
            }
            long bytes = Files.size(path);
            if (bytes != file.bytes()) {
                return "has " + bytes + " bytes (expected: " + file.bytes() + ")";
            }
            String sha256 = FileDigest.of(path);
            return sha256.equals(file.sha256()) ? "" : "has SHA-256 " + sha256 + " (expected: " + file.sha256() + ")";
        } catch (IOException e) {
            return "cannot be read: " + e;
        }
    }

    /** Opens a file without looking at its digest. */
    static FileRecords open(Path file, Origin origin, int partition) {
        try {
            return new FileRecords(
                    file, new DataFileReader<>(file.toFile(), new RecordCodec(origin.topic(), partition)));
        } catch (IOException | RuntimeException e) {
            throw unreadable(file, e);
        }
    }

    private static ArchiveException unreadable(Path file, Exception cause) {
        return damaged(file, "cannot be read as an Avro file of this version: " + cause, cause);
    }

    private static ArchiveException damaged(Path file, String what, Exception cause) {
        return new ArchiveException(file + " " + what + "; bring it back from a copy", cause);
    }

    /** A number of the file's header. */
    long number(String name) {
        try {
            return FileMetadata.number(in, name);
        } catch (NumberFormatException e) {
            throw unreadable(file, e);
        }
    }

    /** A text of the file's header; empty when it is missing. */
    String text(String name) {
        return FileMetadata.text(in, name);
    }

    boolean hasNext() {
        try {
            return in.hasNext();
        } catch (AvroRuntimeException e) {
            throw unreadable(file, e);
        }
    }

    /** @throws NoSuchElementException when there is none */
    ConsumerRecord<byte[], byte[]> next() {
        try {
            return in.next();
        } catch (NoSuchElementException e) {
            throw e;
        } catch (RuntimeException e) {
            throw unreadable(file, e);
        }
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }
}
