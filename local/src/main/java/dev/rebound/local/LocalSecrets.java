package dev.rebound.local;

import dev.rebound.ingest.OwnerOnly;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Secrets of a local stack: files that their owner alone can read. */
final class LocalSecrets {

    private static final int BYTES = 32;

    private LocalSecrets() {}

    /** Makes a file with a new secret in hexadecimal digits. */
    static void create(Path file) throws IOException {
        byte[] secret = new byte[BYTES];
        new SecureRandom().nextBytes(secret);
        OwnerOnly.createFile(file);
        Files.write(file, (HexFormat.of().formatHex(secret) + '\n').getBytes(StandardCharsets.US_ASCII));
    }
}
