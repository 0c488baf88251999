package dev.rebound.topology;

import dev.rebound.event.Digests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.stream.Stream;

/** Which build of the processor this is, told by what it is made of: a version's name is no proof while it is being worked on. */
final class Build {

    private static final int LENGTH = 12;

    private static final String FINGERPRINT = compute();

    private Build() {}

    /** Twelve hexadecimal digits, the same for the same classes and data, wherever and whenever they were compiled. */
    static String fingerprint() {
        return FINGERPRINT;
    }

    private static String compute() {
        try {
            Path home = Path.of(Build.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            if (Files.isDirectory(home)) {
                return over(home);
            }
            try (FileSystem jar = FileSystems.newFileSystem(home)) {
                return over(jar.getPath("/"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the program cannot read its own classes", e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the program's own place is no path", e);
        }
    }

    private static String over(Path root) throws IOException {
        MessageDigest digest = Digests.sha256();
        try (Stream<Path> files = Files.walk(root.resolve("dev"))) {
            List<Path> sorted = files.filter(Files::isRegularFile).sorted().toList();
            for (Path file : sorted) {
                digest.update(root.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
                digest.update(Files.readAllBytes(file));
            }
        }
        return Digests.hexOf(digest.digest()).substring(0, LENGTH);
    }
}
