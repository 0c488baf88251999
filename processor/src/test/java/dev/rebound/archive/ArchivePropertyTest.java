package dev.rebound.archive;

import static dev.rebound.archive.AnyRecords.HOUR;
import static dev.rebound.archive.AnyRecords.ORIGIN;
import static dev.rebound.archive.AnyRecords.read;
import static dev.rebound.archive.AnyRecords.text;
import static dev.rebound.archive.AnyRecords.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rebound.check.Finding;
import dev.rebound.check.Finding.Result;
import dev.rebound.ingest.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Whatever the records, and wherever runs end, an archive has each of them as it was, or says which file is bad. */
class ArchivePropertyTest {

    private Path directory;

    @BeforeTry
    void makeDirectory() throws IOException {
        directory = Files.createTempDirectory("archive");
    }

    @AfterTry
    void deleteDirectory() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Provide
    Arbitrary<List<List<ConsumerRecord<byte[], byte[]>>>> partitions() {
        return AnyRecords.partitions();
    }

    private Path archive() {
        return directory.resolve("archive");
    }

    /** Archives what is not archived of these records; a run of its own. */
    private static void write(Path archive, List<List<ConsumerRecord<byte[], byte[]>>> partitions, long fileBytes)
            throws IOException {
        writeUpTo(100, archive, partitions, fileBytes);
    }

    /** The same of a topic that has this share of the records yet. */
    private static void writeUpTo(
            int share, Path archive, List<List<ConsumerRecord<byte[], byte[]>>> partitions, long fileBytes)
            throws IOException {
        try (ArchiveWriter writer = ArchiveWriter.open(archive, ORIGIN, fileBytes)) {
            for (int partition = 0; partition < partitions.size(); partition++) {
                List<ConsumerRecord<byte[], byte[]>> records = partitions.get(partition);
                add(writer, partition, upTo(records, share));
                writer.complete(end(records, share));
            }
        }
    }

    private static void add(ArchiveWriter writer, int partition, List<ConsumerRecord<byte[], byte[]>> records)
            throws IOException {
        long next = writer.next(partition).orElse(3);
        writer.begin(partition, next);
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (record.offset() >= next) {
                writer.add(record);
            }
        }
    }

    /** At the end, behind the last record, is an offset without one. */
    private static long end(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.isEmpty() ? 3 : records.get(records.size() - 1).offset() + 2;
    }

    private static long end(List<ConsumerRecord<byte[], byte[]>> records, int share) {
        List<ConsumerRecord<byte[], byte[]>> there = upTo(records, share);
        return there.size() == records.size()
                ? end(records)
                : records.get(there.size()).offset();
    }

    private static List<String> all(List<List<ConsumerRecord<byte[], byte[]>>> partitions) {
        return partitions.stream().flatMap(records -> texts(records).stream()).toList();
    }

    private static List<Finding> failed(Path archive) throws IOException {
        return VerifyArchive.run(archive, Progress.none()).stream()
                .filter(finding -> finding.result() == Result.FAILED)
                .toList();
    }

    private static <T> List<T> upTo(List<T> records, int share) {
        return records.subList(0, records.size() * share / 100);
    }

    @Property(tries = 60)
    void everyRecordIsThereAsItWasWhereverRunsEnd(
            @ForAll("partitions") List<List<ConsumerRecord<byte[], byte[]>>> partitions,
            @ForAll List<@IntRange(max = 100) Integer> cuts,
            @ForAll @IntRange(min = 1, max = 3_000) int fileBytes)
            throws IOException {
        for (int cut : cuts.stream().sorted().limit(4).toList()) {
            writeUpTo(cut, archive(), partitions, fileBytes);
        }
        write(archive(), partitions, fileBytes);

        Archive archive = Archive.open(archive());
        assertThat(read(archive)).isEqualTo(all(partitions));
        assertThat(failed(archive())).isEmpty();
        for (int partition = 0; partition < partitions.size(); partition++) {
            List<ConsumerRecord<byte[], byte[]>> records = partitions.get(partition);
            assertThat(archive.span(partition).isPresent()).isEqualTo(!records.isEmpty());
            assertThat(archive.gaps(partition)).isEmpty();
            if (!records.isEmpty()) {
                assertThat(archive.span(partition)).contains(new OffsetSpan(3, end(records)));
            }
        }
    }

    @Property(tries = 40)
    void readingBeginsAtAnyOffsetAndAnyMomentHasOne(
            @ForAll("partitions") List<List<ConsumerRecord<byte[], byte[]>>> partitions,
            @ForAll @IntRange(max = 80) int from,
            @ForAll @IntRange(min = -200, max = 2_000) int minutes)
            throws IOException {
        write(archive(), partitions, 1_000);
        Archive archive = Archive.open(archive());
        Instant time = Instant.ofEpochMilli(HOUR).plusSeconds(60L * minutes);

        for (int partition = 0; partition < partitions.size(); partition++) {
            List<ConsumerRecord<byte[], byte[]>> records = partitions.get(partition);
            assertThat(read(archive, partition, from))
                    .isEqualTo(texts(records.stream()
                            .filter(record -> record.offset() >= from)
                            .toList()));
            if (!records.isEmpty()) {
                LongStream later = records.stream()
                        .filter(record -> record.timestamp() >= time.toEpochMilli())
                        .mapToLong(ConsumerRecord::offset);
                assertThat(archive.offsetAt(partition, time))
                        .isEqualTo(later.findFirst().orElse(end(records)));
            }
        }
    }

    /** What a killed process leaves is what the directory has at that moment, the last line of the manifest torn or not. */
    @Property(tries = 60)
    void aRunThatIsKilledAtAnyMomentIsGoneOnWith(
            @ForAll("partitions") List<List<ConsumerRecord<byte[], byte[]>>> partitions,
            @ForAll @IntRange(max = 100) int killed,
            @ForAll @IntRange(min = 1, max = 2_000) int fileBytes,
            @ForAll @IntRange(max = 1_000) int torn)
            throws IOException {
        Path left = directory.resolve("left");
        try (ArchiveWriter writer = ArchiveWriter.open(archive(), ORIGIN, fileBytes)) {
            for (int partition = 0; partition < partitions.size(); partition++) {
                add(writer, partition, upTo(partitions.get(partition), killed));
                if (partition == 0 && killed % 2 == 0) {
                    break;
                }
                writer.complete(end(partitions.get(partition), killed));
            }
            copy(archive(), left);
        }
        tear(left.resolve(ManifestFile.NAME), torn);
        List<String> before = read(Archive.open(left));

        write(left, partitions, fileBytes);

        assertThat(all(partitions)).containsAll(before);
        assertThat(read(Archive.open(left))).isEqualTo(all(partitions));
        assertThat(failed(left)).isEmpty();
        assertThat(files(left)).noneMatch(file -> file.toString().endsWith(FileUnderWay.TEMPORARY));
    }

    /** Takes bytes off the last line, but not off what the archive is of, which appears whole. */
    private static void tear(Path manifest, int bytes) throws IOException {
        byte[] content = Files.readAllBytes(manifest);
        int last = content.length - 1;
        while (last > 0 && content[last - 1] != '\n') {
            last--;
        }
        if (last > 0) {
            Files.write(manifest, Arrays.copyOf(content, Math.max(last, content.length - bytes)));
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @Property(tries = 50)
    void aByteThatChangedInAFileIsFoundAndTheFileNamed(
            @ForAll("partitions") List<List<ConsumerRecord<byte[], byte[]>>> partitions, @ForAll long seed)
            throws IOException {
        write(archive(), partitions, 1_000);
        List<Path> files = files(archive()).stream()
                .filter(file -> file.toString().endsWith(FileUnderWay.COMPLETE))
                .toList();
        if (files.isEmpty()) {
            return;
        }
        Path changed = change(files, new Random(seed));

        assertThat(failed(archive())).anyMatch(finding -> finding.check()
                .equals(archive().relativize(changed).toString()));
        Archive archive = Archive.open(archive());
        assertThatThrownBy(() -> read(archive))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining(changed.toString());
    }

    /** All but the end of the last line: without it, a line is one that a killed run tore. */
    @Property(tries = 60)
    void aByteThatChangedInTheManifestIsFound(
            @ForAll("partitions") List<List<ConsumerRecord<byte[], byte[]>>> partitions, @ForAll long seed)
            throws IOException {
        try (ArchiveWriter writer = ArchiveWriter.open(archive(), ORIGIN, 1_000)) {
            writer.keep(new KeptSchema(5, "\"string\""));
        }
        write(archive(), partitions, 1_000);
        Path manifest = archive().resolve(ManifestFile.NAME);
        byte[] content = Files.readAllBytes(manifest);
        Random random = new Random(seed);
        content[random.nextInt(content.length - 1)] ^= (byte) (1 << random.nextInt(8));
        Files.write(manifest, content);

        assertThat(failed(archive())).singleElement().extracting(Finding::check).isEqualTo("manifest");
    }

    private static Path change(List<Path> files, Random random) throws IOException {
        Path file = files.get(random.nextInt(files.size()));
        byte[] content = Files.readAllBytes(file);
        content[random.nextInt(content.length)] ^= (byte) (1 << random.nextInt(8));
        Files.write(file, content);
        return file;
    }

    @Property(tries = 25)
    void filesAreByHourAndLateRecordsStayBehindThoseBeforeThem(
            @ForAll("partitions") List<List<ConsumerRecord<byte[], byte[]>>> partitions) throws IOException {
        write(archive(), partitions, ArchiveWriter.USUAL_FILE_BYTES);
        Manifest manifest = Archive.open(archive()).manifest();

        assertThat(manifest.files()).allSatisfy(file -> {
            Instant hour = Instant.parse(file.name().replaceAll(".*/([^.]*)\\..*", "$1") + ":00:00Z");
            assertThat(file.latest()).isBetween(hour, hour.plusMillis(3_599_999));
            assertThat(file.name()).contains("." + FileMetadata.offset(file.first()) + ".");
        });
        assertThat(partitions.get(0).stream().map(record -> text(record)).toList())
                .isEqualTo(read(Archive.open(archive()), 0, 0));
    }
}
