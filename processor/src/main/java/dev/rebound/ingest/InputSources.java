package dev.rebound.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Turns what the user named into sources, and checks all of it before any of it is read. */
public final class InputSources {

    private InputSources() {}

    /**
     * Mails: files as given, directories with every regular file below them, sorted by path, without hidden ones (names
     * that begin with a dot); {@code -} for one mail on standard input.
     *
     * @throws UnusableInputException when something named does not exist, cannot be read, or is standard input twice
     * @throws IOException when a directory cannot be listed
     */
    public static List<InputSource> mails(List<String> names, InputStream standardInput) throws IOException {
        return resolve(names, standardInput, true);
    }

    /**
     * Files of lines as given; {@code -} for standard input.
     *
     * @throws UnusableInputException when something named does not exist, cannot be read, is a directory, or is standard
     *     input twice
     */
    public static List<InputSource> lines(List<String> names, InputStream standardInput) throws IOException {
        return resolve(names, standardInput, false);
    }

    private static List<InputSource> resolve(List<String> names, InputStream standardInput, boolean directories)
            throws IOException {
        List<InputSource> sources = new ArrayList<>();
        boolean standardInputUsed = false;
        for (String name : names) {
            if (name.equals(InputSource.STANDARD_INPUT)) {
                if (standardInputUsed) {
                    throw new UnusableInputException("standard input (-) is named twice (expected: once)");
                }
                standardInputUsed = true;
                sources.add(InputSource.standardInput(standardInput));
                continue;
            }
            Path path = checked(name);
            if (!Files.isDirectory(path)) {
                sources.add(InputSource.file(path));
            } else if (directories) {
                addFilesBelow(path, new HashSet<>(), sources);
            } else {
                throw new UnusableInputException(
                        "is a directory: " + name + " (expected: a file, or - for standard input)");
            }
        }
        return sources;
    }

    private static Path checked(String name) throws UnusableInputException {
        Path path;
        try {
            path = Path.of(name);
        } catch (InvalidPathException e) {
            throw new UnusableInputException("not a path: " + name + " (" + e.getReason() + ")");
        }
        if (!Files.exists(path)) {
            throw new UnusableInputException("no such file or directory: " + name);
        }
        if (!Files.isReadable(path)) {
            throw new UnusableInputException("cannot be read: " + name + " (check its permissions)");
        }
        return path;
    }

    /** Follows links, and enters no directory twice, so that a link upwards does not go round in circles. */
    private static void addFilesBelow(Path directory, Set<Path> entered, List<InputSource> sources) throws IOException {
        if (!entered.add(directory.toRealPath())) {
            return;
        }
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> listing = Files.newDirectoryStream(directory)) {
            listing.forEach(entries::add);
        }
        entries.sort(null);
        for (Path entry : entries) {
            if (entry.getFileName().toString().startsWith(".")) {
                continue;
            }
            if (Files.isDirectory(entry)) {
                addFilesBelow(entry, entered, sources);
            } else if (Files.isRegularFile(entry) || Files.isSymbolicLink(entry)) {
                sources.add(InputSource.file(entry));
            }
        }
    }
}
