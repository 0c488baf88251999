package dev.rebound.ingest;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Files below directories. Follows links, and enters no directory twice, so that a link upwards does not go in circles. */
final class Listing {
    private final Set<Path> passedOver = new HashSet<>();
    private final Set<Path> entered = new LinkedHashSet<>();

    /** @param passedOver directories not to enter from others; need not exist */
    Listing(List<Path> passedOver) throws IOException {
        for (Path directory : passedOver) {
            if (Files.isDirectory(directory)) {
                this.passedOver.add(directory.toRealPath());
            }
        }
    }

    void addFilesBelow(Path named, List<InputSource> sources) throws IOException {
        enter(named, named.toRealPath(), sources);
    }

    /** The directories that were listed, by their real paths. */
    Set<Path> directories() {
        return entered;
    }

    private void enter(Path directory, Path real, List<InputSource> sources) throws IOException {
        if (!entered.add(real)) {
            return;
        }
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> listing = Files.newDirectoryStream(directory)) {
            listing.forEach(entries::add);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        entries.sort(null);
        boolean maildir = Maildir.is(directory);
        for (Path entry : entries) {
            if (entry.getFileName().toString().startsWith(".")) {
                continue;
            }
            if (Files.isDirectory(entry)) {
                Path realEntry = entry.toRealPath();
                if (!passedOver.contains(realEntry) && !(maildir && Maildir.isUnfinished(entry))) {
                    enter(entry, realEntry, sources);
                }
            } else if (!maildir && (Files.isRegularFile(entry) || Files.isSymbolicLink(entry))) {
                sources.add(InputSource.file(entry));
            }
        }
    }
}
