package dev.rebound.archive;

import dev.rebound.event.Digests;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/** SHA-256 of files. */
final class FileDigest {

    private static final int BUFFER_BYTES = 64 * 1024;

    private FileDigest() {}

    /** The file's digest, in hexadecimal. */
    static String of(Path file) throws IOException {
        MessageDigest digest = Digests.sha256();
        byte[] some = new byte[BUFFER_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(some); read >= 0; read = in.read(some)) {
                digest.update(some, 0, read);
            }
        }
        return Digests.hexOf(digest.digest());
    }
}
