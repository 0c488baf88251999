package dev.rebound.archive;

import static dev.rebound.archive.AnyRecords.HOUR;
import static dev.rebound.archive.AnyRecords.ORIGIN;
import static dev.rebound.archive.AnyRecords.record;

import java.io.IOException;
import java.nio.file.Path;

/** An archive for tests of other packages. */
public final class SampleArchive {

    /** Its file of 14:00. */
    public static final String FILE = "partition=0/2026-03-01T14.00000000000000000000.avro";

    private SampleArchive() {}

    /** Two hours of partition 0, with a gap between, and nothing of partition 1. */
    public static void write(Path directory) throws IOException {
        try (ArchiveWriter writer = ArchiveWriter.open(directory, ORIGIN, ArchiveWriter.USUAL_FILE_BYTES)) {
            writer.begin(0, 0);
            writer.add(record(0, 0, HOUR, (byte) 1));
            writer.add(record(0, 1, HOUR + 1, (byte) 2));
            writer.complete(3);
            writer.begin(0, 5);
            writer.add(record(0, 5, HOUR + 3_600_000, (byte) 3));
            writer.complete(6);
        }
    }
}
