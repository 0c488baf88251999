package dev.rebound.local;

import dev.rebound.lookup.ExportFormat;
import dev.rebound.lookup.SuppressionFilter;
import dev.rebound.lookup.SuppressionLookups;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicLong;

/** A file with all suppressions, a JSON object a line. */
final class SuppressionsFile {

    private SuppressionsFile() {}

    /** Refuses a file that cannot be written. @throws IOException saying why */
    static void check(Path file) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file) || directory == null || !Files.isWritable(directory)) {
            throw new IOException("--export-suppressions: cannot write " + file
                    + " (expected: a file in a directory that exists and can be written)");
        }
    }

    /** Writes the file, which appears when it is complete; the number of suppressions in it. */
    static long write(SuppressionLookups lookups, Path file) throws IOException {
        AtomicLong written = new AtomicLong();
        Path target = file.toAbsolutePath();
        Path part = target.resolveSibling(target.getFileName() + ".part");
        try (Writer out = Files.newBufferedWriter(part, StandardCharsets.UTF_8)) {
            StringBuilder line = new StringBuilder();
            lookups.export(SuppressionFilter.ALL, suppression -> {
                line.setLength(0);
                ExportFormat.NDJSON.write(suppression, false, line);
                append(out, line);
                written.incrementAndGet();
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        return written.get();
    }

    private static void append(Writer out, CharSequence line) {
        try {
            out.append(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
