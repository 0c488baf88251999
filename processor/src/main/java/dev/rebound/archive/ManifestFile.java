package dev.rebound.archive;

import dev.rebound.json.InvalidJsonException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The manifest on disk: a text file that only grows, forced to disk at each line. A last line without its end was torn by a crash, or
 * is being written, and does not count.
 */
final class ManifestFile implements AutoCloseable {

    static final String NAME = "manifest.ndjson";

    private static final String TEMPORARY = NAME + ".tmp";

    private final RandomAccessFile file;
    private final Manifest manifest;

    private ManifestFile(RandomAccessFile file, Manifest manifest) {
        this.file = file;
        this.manifest = manifest;
    }

    /** @throws ArchiveException when there is none, or it is damaged */
    static Manifest read(Path directory) throws IOException {
        Path file = directory.resolve(NAME);
        byte[] content;
        try {
            content = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new ArchiveException(
                    directory + " is no archive: it has no file " + NAME
                            + " (expected: the directory that rebound archive" + " write --dir was given)",
                    e);
        }
        String whole = new String(content, 0, wholeLines(content), StandardCharsets.UTF_8);
        Manifest manifest = null;
        int number = 0;
        for (String line : whole.split("\n")) {
            number++;
            manifest = add(manifest, line, file + ", line " + number);
        }
        return manifest;
    }

    private static int wholeLines(byte[] content) {
        int end = content.length;
        while (end > 0 && content[end - 1] != '\n') {
            end--;
        }
        return end;
    }

    private static Manifest add(Manifest manifest, String line, String place) {
        try {
            Entry entry = EntryJson.parse(line);
            if (manifest != null) {
                manifest.add(entry);
                return manifest;
            }
            if (entry instanceof Origin origin && origin.partitions() > 0) {
                return new Manifest(origin);
            }
            throw damaged(place, "it does not say what the archive is of");
        } catch (InvalidJsonException | IllegalArgumentException e) {
            throw damaged(place, e.getMessage());
        }
    }

    private static ArchiveException damaged(String place, String why) {
        return new ArchiveException(place + ": " + why + "; bring the file back from a copy");
    }

    /**
     * Opens the manifest to add to it; makes it where there is none.
     *
     * @throws ArchiveException when it is damaged, or of another topic
     */
    static ManifestFile open(Path directory, Origin origin) throws IOException {
        Path path = directory.resolve(NAME);
        if (Files.notExists(path)) {
            create(directory, origin);
        }
        Manifest manifest = read(directory);
        if (!manifest.origin().equals(origin)) {
            throw new ArchiveException(directory + " is the archive of " + manifest.origin() + ", and not of " + origin
                    + "; name another directory with --dir");
        }
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        try {
            byte[] content = Files.readAllBytes(path);
            file.setLength(wholeLines(content));
            file.seek(file.length());
        } catch (IOException e) {
            file.close();
            throw e;
        }
        return new ManifestFile(file, manifest);
    }

    private static void create(Path directory, Origin origin) throws IOException {
        Path temporary = directory.resolve(TEMPORARY);
        try (FileChannel channel = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer line = ByteBuffer.wrap(bytes(origin));
            while (line.hasRemaining()) {
                channel.write(line);
            }
            channel.force(true);
        }
        Files.move(temporary, directory.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
        Durable.directory(directory);
    }

    private static byte[] bytes(Entry entry) {
        return (EntryJson.line(entry) + '\n').getBytes(StandardCharsets.UTF_8);
    }

    /** What it says. */
    Manifest manifest() {
        return manifest;
    }

    /** Adds a line; it is on disk when this returns. */
    void add(Entry entry) throws IOException {
        manifest.add(entry);
        file.write(bytes(entry));
        file.getFD().sync();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
