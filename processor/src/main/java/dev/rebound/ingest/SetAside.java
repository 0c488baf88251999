package dev.rebound.ingest;

import dev.rebound.mail.MailReading;
import dev.rebound.mail.SetAsideReason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A directory with copies of the mails that could not be read, wholly or in part, and {@code index.tsv}, which says of each
 * copy why and where it came from. A copy's name is that of its source with part of the content's digest, so the same mail
 * is there once however often it is set aside. The directory is made when the first mail needs it, readable by its owner
 * alone: mails are personal data.
 */
public final class SetAside {
    private static final String INDEX = "index.tsv";
    private static final int DIGEST_CHARACTERS = 12;
    private static final int MAX_NAME_LENGTH = 120;

    private final Path directory;
    private Set<String> indexed;

    /** @param directory where the copies go; need not exist yet */
    public SetAside(Path directory) {
        this.directory = directory;
    }

    /** Where the copies go. */
    public Path directory() {
        return directory;
    }

    /**
     * Copies a mail and adds a line to the index, unless both were done before.
     *
     * @param mail where it is from; its content is not asked for
     * @param content all of the mail; not closed
     * @param digest hexadecimal digest of its content
     * @param refused recipients of a report that could not be read; empty when the reason is about the whole mail
     */
    void copy(
            Mail mail,
            InputStream content,
            String digest,
            SetAsideReason reason,
            List<MailReading.RefusedBlock> refused)
            throws IOException {
        open();
        String name = copyName(mail, digest);
        if (indexed.contains(name)) {
            return;
        }
        Path unfinished = directory.resolve("." + name + ".unfinished");
        try {
            Files.copy(content, unfinished, StandardCopyOption.REPLACE_EXISTING);
        } catch (UnreadableSourceException e) {
            Files.deleteIfExists(unfinished);
            throw e;
        }
        Files.move(unfinished, directory.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        append(name + '\t' + reason + '\t' + column(mail.source()) + '\t' + explained(reason, refused) + '\n');
        indexed.add(name);
    }

    private void open() throws IOException {
        if (indexed != null) {
            return;
        }
        OwnerOnly.createDirectories(directory);
        Path index = directory.resolve(INDEX);
        if (!Files.exists(index)) {
            append("file\treason\tsource\texplanation\n");
        }
        try (var lines = Files.lines(index, StandardCharsets.UTF_8)) {
            indexed = lines.filter(line -> line.indexOf('\t') > 0)
                    .map(line -> line.substring(0, line.indexOf('\t')))
                    .collect(Collectors.toCollection(HashSet::new));
        }
    }

    private void append(String line) throws IOException {
        Files.writeString(
                directory.resolve(INDEX),
                line,
                StandardCharsets.UTF_8,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    private static String copyName(Mail mail, String digest) {
        String name = column(mail.fileName());
        int dot = name.lastIndexOf('.');
        String stem = dot > 0 && name.length() - dot <= 10 ? name.substring(0, dot) : name;
        String extension = name.substring(stem.length());
        return cut(stem) + '-' + digest.substring(0, DIGEST_CHARACTERS) + extension;
    }

    /** File systems bound the bytes of a name, not its characters. */
    private static String cut(String stem) {
        int end = 0;
        int bytes = 0;
        while (end < stem.length()) {
            int character = stem.codePointAt(end);
            bytes += character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
            if (bytes > MAX_NAME_LENGTH) {
                break;
            }
            end += Character.charCount(character);
        }
        return stem.substring(0, end);
    }

    private static String explained(SetAsideReason reason, List<MailReading.RefusedBlock> refused) {
        if (refused.isEmpty()) {
            return reason.sentence();
        }
        return refused.stream()
                .map(block ->
                        "Recipient " + block.block() + ": " + block.reason().sentence())
                .collect(Collectors.joining(" "));
    }

    private static String column(String text) {
        return text.replaceAll("\\p{Cntrl}", "_");
    }
}
