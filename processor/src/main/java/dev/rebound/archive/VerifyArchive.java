package dev.rebound.archive;

import dev.rebound.check.Finding;
import dev.rebound.check.Finding.Result;
import dev.rebound.ingest.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads all of an archive and compares it with its manifest. Changes nothing. */
public final class VerifyArchive {

    private static final String FROM_A_COPY = "bring it back from a copy";

    private final Path directory;
    private final Progress progress;
    private final List<Finding> findings = new ArrayList<>();

    private VerifyArchive(Path directory, Progress progress) {
        this.directory = directory;
        this.progress = progress;
    }

    /**
     * Looks at everything.
     *
     * @param progress told of records and files that were read
     * @return what was found, the manifest first, then partitions with their bad files
     * @throws IOException when the directory cannot be listed
     */
    public static List<Finding> run(Path directory, Progress progress) throws IOException {
        VerifyArchive verify = new VerifyArchive(directory, progress);
        verify.look();
        return verify.findings;
    }

    private void look() throws IOException {
        Manifest manifest;
        try {
            manifest = Archive.open(directory).manifest();
        } catch (ArchiveException e) {
            add("manifest", Result.FAILED, e.getMessage(), "");
            return;
        }
        add(
                "manifest",
                Result.OK,
                manifest.origin() + ", schemas " + manifest.schemas().keySet(),
                "");
        FileCheck check = new FileCheck(directory, manifest);
        long all = Math.max(1, manifest.files().mapToLong(ArchivedFile::bytes).sum());
        long read = 0;
        long count = 0;
        for (int partition = 0; partition < manifest.origin().partitions(); partition++) {
            int bad = 0;
            for (ArchivedFile file : manifest.files(partition)) {
                String wrong = check.wrong(file);
                if (!wrong.isEmpty()) {
                    add(file.name(), Result.FAILED, wrong, FROM_A_COPY);
                    bad++;
                }
                read += file.bytes();
                progress.advanced(check.records(), ++count, (double) read / all);
            }
            conclude(partition, manifest, bad);
        }
        if (check.unknownSchema() > 0) {
            add(
                    "schemas",
                    Result.NOTED,
                    check.unknownSchema() + " values refer to a schema that the registry did not have, or not as Avro",
                    "");
        }
        tellOthers(manifest);
    }

    private void conclude(int partition, Manifest manifest, int bad) {
        String name = "partition " + partition;
        PartitionContents contents =
                PartitionContents.of(partition, manifest.files(partition), manifest.gaps(partition));
        for (OffsetGap gap : contents.gaps()) {
            add(
                    name,
                    Result.NOTED,
                    "offsets " + gap.from() + " to " + (gap.to() - 1)
                            + " were gone from the topic before they were archived",
                    "");
        }
        if (bad > 0) {
            add(name, Result.FAILED, bad + " of " + contents.files() + " files are bad", FROM_A_COPY);
        } else if (contents.files() == 0) {
            add(name, Result.OK, "nothing is archived", "");
        } else {
            add(
                    name,
                    Result.OK,
                    contents.records() + " records in " + contents.files() + " files, offsets " + contents.from()
                            + " to " + (contents.to() - 1),
                    "");
        }
    }

    /** Files that do not count, left by a run that was killed, or put there by somebody. */
    private void tellOthers(Manifest manifest) throws IOException {
        Set<Path> known = manifest.files().map(file -> file.in(directory)).collect(Collectors.toSet());
        known.add(directory.resolve(ManifestFile.NAME));
        known.add(directory.resolve(ArchiveWriter.LOCK));
        List<Path> others;
        try (Stream<Path> files = Files.walk(directory)) {
            others = files.filter(Files::isRegularFile)
                    .filter(file -> !known.contains(file))
                    .sorted()
                    .toList();
        }
        others.forEach(file -> add(
                directory.relativize(file).toString(),
                Result.NOTED,
                "is not in the manifest, and does not count",
                "the next rebound archive write puts in order what a run left that was killed"));
    }

    private void add(String check, Result result, String finding, String remedy) {
        findings.add(new Finding(check, result, finding, remedy));
    }
}
