package dev.rebound.ingest;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** What nobody but its owner may read: mails, which are personal data, and secrets. */
public final class OwnerOnly {

    private OwnerOnly() {}

    /** Makes a directory that its owner alone can read, unless it is there. */
    public static void createDirectories(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory, permissions("rwx------"));
        }
    }

    /**
     * Makes an empty file that its owner alone can read.
     *
     * @throws java.nio.file.FileAlreadyExistsException when it is there
     * @throws IOException when it cannot be made
     */
    public static void createFile(Path file) throws IOException {
        Files.createFile(file, permissions("rw-------"));
    }

    /** None where the file system does not have such. */
    private static FileAttribute<?>[] permissions(String permissions) {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
