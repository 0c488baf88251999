package dev.rebound.ingest;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** What becomes of files of which every mail was read: they stay, or move to a directory under the names that they have. */
public final class ReadFiles {
    private final Path directory;

    private ReadFiles(Path directory) {
        this.directory = directory;
    }

    /** They stay where they are. */
    public static ReadFiles stay() {
        return new ReadFiles(null);
    }

    /**
     * They are moved.
     *
     * @param directory where to, on the same file system; made when missing, readable by its owner alone
     * @throws IOException when it cannot be made
     */
    public static ReadFiles moveTo(Path directory) throws IOException {
        OwnerOnly.createDirectories(directory);
        return new ReadFiles(directory);
    }

    /**
     * A file that was found.
     *
     * @param path where
     * @param stamp what it was like before it was read
     */
    record Found(Path path, FileStamp stamp) {}

    boolean areMoved() {
        return directory != null;
    }

    /** @throws IOException when the file was left where it is; the message names it and says why */
    void move(Found file) throws IOException {
        Path path = file.path();
        try {
            path = Maildir.now(path);
            if (Files.isSymbolicLink(path)) {
                throw left(path, "it is a link");
            }
            if (!FileStamp.of(path).equals(file.stamp())) {
                throw left(path, "it changed while it was read; the next run reads what is new in it");
            }
        } catch (NoSuchFileException e) {
            throw left(path, "it is not there any more");
        }
        Path target = directory.resolve(path.getFileName());
        try {
            // An atomic move replaces what is there; the name is taken first, as that alone tells whether it was free.
            Files.createFile(target);
        } catch (FileAlreadyExistsException e) {
            throw left(path, directory + " has a file of that name");
        } catch (IOException e) {
            throw left(path, "nothing can be written in " + directory + " (check its permissions)");
        }
        try {
            Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.deleteIfExists(target);
            throw left(
                    path,
                    e instanceof AtomicMoveNotSupportedException
                            ? directory + " is on another file system (name a directory on the same one)"
                            : "it cannot be moved to " + directory + " (check the permissions of both directories)");
        }
    }

    private static IOException left(Path path, String why) {
        return new IOException(path + ": read, but not moved: " + why);
    }
}
