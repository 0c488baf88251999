package dev.rebound.local;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;

/** Where the registry server is unpacked. */
final class RegistryHome {

    /** System property with the directory of the server; without it, {@code apicurio} beside this module's classes. */
    static final String PROPERTY = "rebound.registry.home";

    private static final String SERVER_JAR = "apicurio-registry-app-*-runner.jar";

    private RegistryHome() {}

    /**
     * The directory that the launcher names, or else the one that the build unpacks to.
     *
     * @throws LocalStackException when there is neither
     */
    static Path find() throws LocalStackException {
        String named = System.getProperty(PROPERTY);
        return named == null || named.isBlank() ? ownCode().resolveSibling("apicurio") : Path.of(named);
    }

    /** The jar, or in a build the directory, that this class was loaded from. */
    static Path ownCode() throws LocalStackException {
        try {
            CodeSource source = RegistryHome.class.getProtectionDomain().getCodeSource();
            return Path.of(source.getLocation().toURI());
        } catch (URISyntaxException | RuntimeException e) {
            throw new LocalStackException(
                    "The schema registry cannot be found",
                    "this program's classes come from no file",
                    "Start it with -D" + PROPERTY + "=DIRECTORY.",
                    e);
        }
    }

    /**
     * The jar to start in that directory.
     *
     * @throws LocalStackException when there is none
     */
    static Path serverJar(Path home) throws LocalStackException {
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(home, SERVER_JAR)) {
            for (Path jar : jars) {
                return jar;
            }
            throw missing(home, "the directory has no " + SERVER_JAR, null);
        } catch (IOException e) {
            throw missing(home, "there is no such directory", e);
        }
    }

    private static LocalStackException missing(Path home, String reason, IOException cause) {
        return new LocalStackException(
                "The schema registry is not at " + home,
                reason,
                "Build it in with `mvn package -DskipTests`, or name its directory with -D" + PROPERTY + "=DIRECTORY.",
                cause);
    }
}
