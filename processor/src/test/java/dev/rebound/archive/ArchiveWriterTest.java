package dev.rebound.archive;

import static dev.rebound.archive.AnyRecords.HOUR;
import static dev.rebound.archive.AnyRecords.ORIGIN;
import static dev.rebound.archive.AnyRecords.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rebound.check.Finding;
import dev.rebound.check.Finding.Result;
import dev.rebound.event.Digests;
import dev.rebound.ingest.Progress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveWriterTest {

    private static final String FIRST = "partition=0/2026-03-01T14.00000000000000000004.avro";

    @TempDir
    private Path parent;

    private Path directory;

    @BeforeEach
    void name() {
        directory = parent.resolve("archive");
    }

    private ArchiveWriter open() throws IOException {
        return ArchiveWriter.open(directory, ORIGIN, ArchiveWriter.USUAL_FILE_BYTES);
    }

    /** Archives offsets 4 and 5, of 0 to 6. */
    private void writeOne() throws IOException {
        try (ArchiveWriter writer = open()) {
            writer.begin(0, 0);
            writer.add(record(0, 4, HOUR, (byte) 1));
            writer.add(record(0, 5, HOUR + 1, (byte) 2));
            writer.complete(7);
        }
    }

    /** What other programs find: Avro's own reader, without a line of this package. */
    @Test
    void anyReaderOfAvroReadsAFile() throws IOException {
        writeOne();

        try (DataFileReader<GenericRecord> in =
                new DataFileReader<>(directory.resolve(FIRST).toFile(), new GenericDatumReader<>())) {
            Map<String, String> metadata = new HashMap<>();
            in.getMetaKeys().forEach(key -> metadata.put(key, in.getMetaString(key)));
            metadata.remove("avro.schema");
            assertThat(metadata)
                    .isEqualTo(Map.of(
                            "avro.codec", "zstandard",
                            "rebound.cluster.id", "cluster-1",
                            "rebound.topic", "delivery-events",
                            "rebound.topic.id", "topic-id-1",
                            "rebound.partition", "0",
                            "rebound.from", "00000000000000000000",
                            "rebound.to", "00000000000000000007",
                            "rebound.first.offset", "00000000000000000004",
                            "rebound.last.offset", "00000000000000000005"));
            assertThat(in.next())
                    .hasToString("{\"offset\": 4, \"timestamp\": 1772373600000, \"timestampType\": \"LOG_APPEND_TIME\","
                            + " \"key\": \"\\u0001\", \"value\": \"\\u0001\", \"headers\": []}");
        }
    }

    @Test
    void theManifestSaysWhatIsThere() throws IOException {
        writeOne();

        List<String> lines = Files.readAllLines(directory.resolve(ManifestFile.NAME));
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0))
                .isEqualTo(
                        "{\"type\":\"archive\",\"version\":1,\"clusterId\":\"cluster-1\",\"topic\":\"delivery-events\","
                                + "\"topicId\":\"topic-id-1\",\"partitions\":2,\"digest\":"
                                + "\"78b4363473a2d1587f5a06695491b7b461f34d6784b8710965f31bf335d3530b\"}");
        assertThat(lines.get(1))
                .startsWith("{\"type\":\"file\",\"file\":\"" + FIRST + "\",\"partition\":0,\"from\":0,\"to\":7,"
                        + "\"firstOffset\":4,\"lastOffset\":5,\"records\":2,\"earliest\":\"2026-03-01T14:00:00Z\","
                        + "\"latest\":\"2026-03-01T14:00:00.001Z\",\"largestRecord\":130,\"bytes\":");
        assertThat(Archive.open(directory).contents().get(0).latest()).isEqualTo(Instant.ofEpochMilli(HOUR + 1));
    }

    @Test
    void nobodyElseMayReadIt() throws IOException {
        writeOne();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                .isEqualTo("rwx------");
    }

    @Test
    void offsetsThatTheTopicLostAreNoted() throws IOException {
        writeOne();
        try (ArchiveWriter writer = open()) {
            assertThat(writer.begin(0, 20)).contains(new OffsetGap(0, 7, 20));
            writer.add(record(0, 20, HOUR, (byte) 3));
            writer.complete(21);
            assertThat(writer.begin(0, 21)).isEmpty();
        }

        Archive archive = Archive.open(directory);
        assertThat(archive.gaps(0)).containsExactly(new OffsetGap(0, 7, 20));
        assertThat(archive.span(0)).contains(new OffsetSpan(0, 21));
        assertThat(AnyRecords.read(archive, 0, 6)).singleElement().asString().contains(" 20 ");
        assertThat(VerifyArchive.run(directory, Progress.none()))
                .anyMatch(finding ->
                        finding.result() == Result.NOTED && finding.finding().startsWith("offsets 7 to 19 were gone"))
                .noneMatch(finding -> finding.result() == Result.FAILED);
    }

    @Test
    void archivesOfOtherTopicsAreRefused() throws IOException {
        writeOne();
        byte[] before = Files.readAllBytes(directory.resolve(ManifestFile.NAME));

        for (Origin other : List.of(
                new Origin("cluster-2", "delivery-events", "topic-id-1", 2),
                new Origin("cluster-1", "delivery-events", "topic-id-2", 2),
                new Origin("cluster-1", "delivery-events", "topic-id-1", 3))) {
            assertThatThrownBy(() -> ArchiveWriter.open(directory, other, 1))
                    .isInstanceOf(ArchiveException.class)
                    .hasMessageContaining(
                            "is the archive of topic delivery-events (id topic-id-1, 2 partitions) of cluster"
                                    + " cluster-1, and not of " + other)
                    .hasMessageContaining("--dir");
        }
        assertThat(Files.readAllBytes(directory.resolve(ManifestFile.NAME))).isEqualTo(before);
    }

    @Test
    void directoriesOfSomethingElseAreLeftAlone() throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("thesis.txt"), "x");

        assertThatThrownBy(this::open)
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("is no archive and holds thesis.txt");
        assertThat(directory).isDirectoryNotContaining("glob:**.ndjson");
        assertThatThrownBy(() -> Archive.open(directory))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("is no archive: it has no file manifest.ndjson");
    }

    @Test
    void onlyOneWritesAtATime() throws IOException {
        try (ArchiveWriter writer = open()) {
            assertThat(writer.completed()).isEmpty();
            assertThatThrownBy(this::open)
                    .isInstanceOf(ArchiveException.class)
                    .hasMessageContaining("another process is writing to");
        }
        open().close();
    }

    @Test
    void whatIsUnderWayIsThrownAwayByAFailedRun() throws IOException {
        try (ArchiveWriter writer = open()) {
            writer.begin(0, 0);
            writer.add(record(0, 4, HOUR, (byte) 1));
            assertThat(directory.resolve(FIRST + FileUnderWay.TEMPORARY)).exists();
        }

        assertThat(directory.resolve("partition=0")).isEmptyDirectory();
        assertThat(Archive.open(directory).span(0)).isEmpty();
    }

    @Test
    void filesThatTheManifestDoesNotKnowAreNeverOverwritten() throws IOException {
        writeOne();
        Path strange = directory.resolve("partition=0/2026-03-01T15.00000000000000000007.avro");
        Files.copy(directory.resolve(FIRST), strange);
        byte[] before = Files.readAllBytes(strange);

        assertThatThrownBy(this::open)
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining(strange + " is not in the manifest, and does not follow what is");
        assertThat(Files.readAllBytes(strange)).isEqualTo(before);
        assertThat(VerifyArchive.run(directory, Progress.none()))
                .filteredOn(finding -> finding.result() == Result.NOTED)
                .extracting(Finding::check)
                .containsExactly(directory.relativize(strange).toString());
    }

    @Test
    void aLineThatIsDamagedIsNamed() throws IOException {
        writeOne();
        Path manifest = directory.resolve(ManifestFile.NAME);
        Files.writeString(manifest, EntryJson.line(new OffsetGap(0, 3, 4)) + '\n', StandardOpenOption.APPEND);

        assertThatThrownBy(() -> Archive.open(directory))
                .isInstanceOf(ArchiveException.class)
                .hasMessage(
                        manifest + ", line 3: offsets 3 to 4 of partition 0 (expected: from 7 on); bring the file back"
                                + " from a copy");
        assertThat(VerifyArchive.run(directory, Progress.none()))
                .singleElement()
                .extracting(Finding::result)
                .isEqualTo(Result.FAILED);
    }

    @Test
    void archivesOfLaterVersionsAreRefused() throws IOException {
        writeOne();
        Path manifest = directory.resolve(ManifestFile.NAME);
        String later = "{\"type\":\"archive\",\"version\":2}";
        String digest = Digests.hex(later.getBytes(StandardCharsets.UTF_8));
        Files.writeString(manifest, later.replace("}", ",\"digest\":\"" + digest + "\"}\n"));

        assertThatThrownBy(() -> Archive.open(directory))
                .hasMessageContaining("version: 2 (expected: 1; use the version of Rebound that wrote it)");
    }

    /** Otherwise records that come in disorder would make a file each. */
    @Test
    void lateRecordsMakeNoFilesOfTheirOwn() throws IOException {
        try (ArchiveWriter writer = open()) {
            writer.begin(0, 0);
            for (int offset = 0; offset < 10; offset++) {
                writer.add(record(0, offset, HOUR - 7_200_000L * (offset % 2), (byte) 1));
            }
            writer.add(record(0, 10, HOUR + 3_600_000, (byte) 1));
            writer.complete(11);
        }

        assertThat(Archive.open(directory).manifest().files(0))
                .extracting(ArchivedFile::records)
                .containsExactly(10L, 1L);
    }

    @Test
    void recordsOutOfEveryHourHaveAFile() throws IOException {
        try (ArchiveWriter writer = open()) {
            writer.begin(1, 0);
            writer.add(record(1, 0, -1, (byte) 1));
            writer.add(record(1, 1, Long.MAX_VALUE, (byte) 1));
            writer.complete(2);
        }

        assertThat(AnyRecords.read(Archive.open(directory), 1, 0)).hasSize(2);
        assertThat(VerifyArchive.run(directory, Progress.none()))
                .noneMatch(finding -> finding.result() == Result.FAILED);
    }
}
