package dev.rebound.archive;

import java.nio.file.Path;
import java.time.Instant;

/**
 * A file that is complete. It has every committed record of its offsets.
 *
 * @param name path below the archive's directory, with slashes
 * @param partition partition
 * @param from first offset
 * @param to the offset behind the last one; behind the last record there can be offsets without one
 * @param first offset of the first record
 * @param last offset of the last record
 * @param records number of records, at least one
 * @param earliest lowest timestamp of a record
 * @param latest highest timestamp of a record
 * @param largest bytes that the largest record takes up in a topic, at most
 * @param bytes size of the file
 * @param sha256 digest of the file, in hexadecimal
 */
record ArchivedFile(
        String name,
        int partition,
        long from,
        long to,
        long first,
        long last,
        long records,
        Instant earliest,
        Instant latest,
        int largest,
        long bytes,
        String sha256)
        implements Entry {

    Path in(Path directory) {
        return directory.resolve(name);
    }
}
