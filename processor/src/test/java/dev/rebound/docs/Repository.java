package dev.rebound.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The checked-out sources that the tests run in. */
final class Repository {

    private static final String LANDMARK = "topology-docs";

    private Repository() {}

    /**
     * A file or folder of the repository.
     *
     * @param name relative to the root, with slashes
     * @throws IllegalStateException when the tests do not run in a checked-out repository
     */
    static Path file(String name) {
        return root().resolve(name);
    }

    /** Content of a text file. */
    static String read(String name) {
        try {
            return Files.readString(file(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All files whose names end so, build output left out; relative to the root, in alphabetical order. */
    static List<String> filesEndingIn(String suffix) {
        Path root = root();
        try (Stream<Path> files = Files.walk(root)) {
            return files.map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .filter(name -> name.endsWith(suffix) && !name.matches("(.*/)?(target|\\.git|rebound-data)/.*"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Maven names its start directory, which may be a module; without Maven the property is not there at all. */
    private static Path root() {
        String named = System.getProperty("repository.root", "");
        Path start = Path.of(named.isEmpty() || named.startsWith("${") ? "" : named)
                .toAbsolutePath()
                .normalize();
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve(LANDMARK))) {
                return folder;
            }
        }
        throw new IllegalStateException("repository.root: " + start + " (expected: a folder in a clone of Rebound)");
    }
}
