package dev.rebound.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Turns what the user named into sources, and checks all of it before any of it is read. */
public final class InputSources {

    private InputSources() {}

    /**
     * Mails: files as given; directories with every regular file below them, sorted by path, without hidden ones (names that
     * begin with a dot), and of a Maildir the mails alone; {@code -} for standard input.
     *
     * @throws UnusableInputException when something named does not exist, cannot be read, holds what is still being
     *     delivered, or is standard input twice
     * @throws IOException when a directory cannot be listed
     */
    public static List<InputSource> mails(List<String> names, InputStream standardInput) throws IOException {
        return mails(names, standardInput, List.of());
    }

    /**
     * As {@link #mails(List, InputStream)}, without what is in the directories that this program writes to, if they are below
     * others.
     *
     * @param written those directories; need not exist
     */
    public static List<InputSource> mails(List<String> names, InputStream standardInput, List<Path> written)
            throws IOException {
        return resolve(names, standardInput, new Listing(written));
    }

    /**
     * Files of lines as given; {@code -} for standard input.
     *
     * @throws UnusableInputException when something named does not exist, cannot be read, is a directory, or is standard
     *     input twice
     */
    public static List<InputSource> lines(List<String> names, InputStream standardInput) throws IOException {
        return resolve(names, standardInput, null);
    }

    /**
     * For a directory that must not be among what is read, since this program writes to it.
     *
     * @param option where it was given
     * @throws UnusableInputException when it is
     */
    public static void refuseNamed(List<String> names, Path directory, String option) throws IOException {
        for (String name : names) {
            if (!name.equals(InputSource.STANDARD_INPUT)
                    && Files.isDirectory(directory)
                    && Files.isSameFile(checked(name), directory)) {
                throw new UnusableInputException("is read and written to at once: " + name
                        + " (expected: another directory for " + option + ")");
            }
        }
    }

    /** @param listing null when directories cannot be read */
    static List<InputSource> resolve(List<String> names, InputStream standardInput, Listing listing)
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
            } else if (listing == null) {
                throw new UnusableInputException(
                        "is a directory: " + name + " (expected: a file, or - for standard input)");
            } else if (Maildir.isUnfinished(path)) {
                throw new UnusableInputException("holds mails that are still being delivered: " + name
                        + " (expected: the Maildir that it is part of)");
            } else {
                listing.addFilesBelow(path, sources);
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
}
