package dev.rebound.ingest;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Directories in the manner of Maildir: mails are in {@code new} and {@code cur}, under names that stay, but for the flags
 * behind them, which mail readers change together with the directory.
 */
final class Maildir {
    private static final String NEW = "new";
    private static final String CUR = "cur";
    private static final String TMP = "tmp";

    /** The separator is a colon, and another sign where file systems do not allow that. */
    private static final Pattern FLAGS = Pattern.compile("[:;!]2,[A-Za-z]*$");

    private Maildir() {}

    static boolean is(Path directory) {
        return Files.isDirectory(directory.resolve(NEW)) && Files.isDirectory(directory.resolve(CUR));
    }

    /** Whether a directory holds what is still being delivered. */
    static boolean isUnfinished(Path directory) {
        Path parent = directory.toAbsolutePath().normalize().getParent();
        return parent != null && directory.endsWith(TMP) && is(parent);
    }

    static String withoutFlags(String fileName) {
        return FLAGS.matcher(fileName).replaceFirst("");
    }

    /** What stays the same while a mail's flags change; of other files the file itself. */
    static Path lasting(Path file) {
        return isMail(file)
                ? file.getParent()
                        .resolveSibling(withoutFlags(file.getFileName().toString()))
                : file;
    }

    /** Where a mail is now that was there before; the same when it is there still, or nowhere. */
    static Path now(Path file) throws IOException {
        if (Files.exists(file) || !isMail(file)) {
            return file;
        }
        Path lasting = lasting(file);
        for (String name : new String[] {CUR, NEW}) {
            try (DirectoryStream<Path> mails =
                    Files.newDirectoryStream(file.getParent().resolveSibling(name))) {
                for (Path mail : mails) {
                    if (lasting(mail).equals(lasting)) {
                        return mail;
                    }
                }
            }
        }
        return file;
    }

    private static boolean isMail(Path file) {
        Path directory = file.getParent();
        return directory != null
                && directory.getParent() != null
                && (directory.endsWith(NEW) || directory.endsWith(CUR))
                && is(directory.getParent());
    }
}
