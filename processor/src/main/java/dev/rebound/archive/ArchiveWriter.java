package dev.rebound.archive;

import dev.rebound.ingest.OwnerOnly;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Adds records to an archive, one partition after the other, so that one file at most is open. Whatever moment the process ends at,
 * the archive holds the records up to some offset of each partition, and goes on behind it.
 */
final class ArchiveWriter implements AutoCloseable {

    /** A file takes no more than so many bytes of records, so that one with a wrong time does not make a file without end. */
    static final long USUAL_FILE_BYTES = 512L * 1024 * 1024;

    static final String LOCK = "lock";

    private final Path directory;
    private final long fileBytes;
    private final FileChannel lock;
    private final ManifestFile manifest;
    private final List<ArchivedFile> completed = new ArrayList<>();
    private FileUnderWay file;
    private long from;

    private ArchiveWriter(Path directory, long fileBytes, FileChannel lock, ManifestFile manifest) {
        this.directory = directory;
        this.fileBytes = fileBytes;
        this.lock = lock;
        this.manifest = manifest;
    }

    /**
     * Opens an archive to go on with it; makes it where there is nothing.
     *
     * @param directory its directory
     * @param origin what it is of
     * @param fileBytes how many bytes of records a file takes, before compression
     * @throws ArchiveException when the directory holds something else, is damaged, or is written to by another process
     */
    static ArchiveWriter open(Path directory, Origin origin, long fileBytes) throws IOException {
        refuseOthers(directory);
        OwnerOnly.createDirectories(directory);
        FileChannel lock = lock(directory);
        try {
            ManifestFile manifest = ManifestFile.open(directory, origin);
            try {
                ArchiveWriter writer = new ArchiveWriter(directory, fileBytes, lock, manifest);
                writer.clear();
                return writer;
            } catch (IOException | RuntimeException e) {
                manifest.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** Files among those of something else would be taken for a part of it. */
    private static void refuseOthers(Path directory) throws IOException {
        if (!Files.exists(directory) || Files.exists(directory.resolve(ManifestFile.NAME))) {
            return;
        }
        try (Stream<Path> there = Files.list(directory)) {
            List<String> others = there.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals(LOCK) && !name.startsWith(ManifestFile.NAME))
                    .sorted()
                    .limit(1)
                    .toList();
            if (!others.isEmpty()) {
                throw new ArchiveException(directory + " is no archive and holds " + others.get(0)
                        + " (expected: an archive, or a directory that is empty or not there)");
            }
        }
    }

    private static FileChannel lock(Path directory) throws IOException {
        FileChannel channel =
                FileChannel.open(directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            channel.close();
            throw new ArchiveException("another process is writing to " + directory + "; wait until it has ended");
        }
        return channel;
    }

    /** Puts the directory in order after a run that was killed. */
    private void clear() throws IOException {
        Set<String> known = manifest.manifest().files().map(ArchivedFile::name).collect(Collectors.toSet());
        for (int each = 0; each < manifest.manifest().origin().partitions(); each++) {
            String name = FileUnderWay.directoryName(each);
            for (String file : files(directory.resolve(name))) {
                if (file.endsWith(FileUnderWay.TEMPORARY)) {
                    Files.delete(directory.resolve(name).resolve(file));
                } else if (file.endsWith(FileUnderWay.COMPLETE) && !known.contains(name + '/' + file)) {
                    adopt(name + '/' + file, each);
                }
            }
        }
    }

    private static Set<String> files(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return Set.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(HashSet::new));
        }
    }

    /**
     * Takes up a file that was complete when the process was killed, just before the manifest named it: the topic may have lost its
     * records meanwhile.
     */
    private void adopt(String name, int inPartition) throws IOException {
        Path path = directory.resolve(name);
        Origin origin = manifest.manifest().origin();
        FileSummary summary = new FileSummary();
        OffsetSpan offsets;
        try (FileRecords records = FileRecords.open(path, origin, inPartition)) {
            offsets = new OffsetSpan(records.number(FileMetadata.FROM), records.number(FileMetadata.TO));
            OptionalLong next = next(inPartition);
            boolean follows = next.isEmpty() || next.getAsLong() == offsets.from();
            if (!follows || !records.text(FileMetadata.TOPIC_ID).equals(origin.topicId())) {
                throw new ArchiveException(
                        path + " is not in the manifest, and does not follow what is; move it out of the" + " archive");
            }
            while (records.hasNext()) {
                summary.add(records.next());
            }
        }
        add(summary.file(name, inPartition, offsets, Files.size(path), FileDigest.of(path)));
    }

    private void add(ArchivedFile complete) throws IOException {
        manifest.add(complete);
        completed.add(complete);
    }

    /** The offset that is to be archived next; empty when nothing of the partition is. */
    OptionalLong next(int ofPartition) {
        return manifest.manifest().next(ofPartition);
    }

    /** First offset of a partition that is archived, or known to be lost; empty when nothing is archived. */
    OptionalLong first(int ofPartition) {
        return manifest.manifest().files(ofPartition).stream()
                .mapToLong(ArchivedFile::from)
                .findFirst();
    }

    /** The schema of this id is kept already. */
    boolean hasSchema(int id) {
        return manifest.manifest().schemas().containsKey(id);
    }

    /** Keeps a schema. To be called before a record is added whose value refers to it. */
    void keep(KeptSchema schema) throws IOException {
        manifest.add(schema);
    }

    /**
     * Goes on with a partition.
     *
     * @param atOffset first offset that is read: {@link #next}, or a later one because those before are lost
     * @return the offsets that are lost, which the manifest names from now on
     */
    Optional<OffsetGap> begin(int partition, long atOffset) throws IOException {
        OptionalLong next = next(partition);
        from = atOffset;
        if (next.isEmpty() || next.getAsLong() == atOffset) {
            return Optional.empty();
        }
        OffsetGap gap = new OffsetGap(partition, next.getAsLong(), atOffset);
        manifest.add(gap);
        return Optional.of(gap);
    }

    /** Adds the next record of the partition that was begun. */
    void add(ConsumerRecord<byte[], byte[]> record) throws IOException {
        if (file != null && (!file.takes(record) || file.size() >= fileBytes)) {
            complete(record.offset());
        }
        if (file == null) {
            file = new FileUnderWay(directory, manifest.manifest().origin(), from, record);
        }
        file.add(record);
    }

    /**
     * Completes the file under way, if there is one.
     *
     * @param to all records below this offset have been added
     */
    void complete(long to) throws IOException {
        if (file != null) {
            FileUnderWay whole = file;
            file = null;
            add(whole.complete(to));
            from = to;
        }
    }

    /** Files that were completed since it was opened, in the order of their completion. */
    List<ArchivedFile> completed() {
        return List.copyOf(completed);
    }

    /** Throws the file under way away. */
    @Override
    public void close() throws IOException {
        try (lock;
                manifest) {
            if (file != null) {
                file.discard();
            }
        }
    }
}
