package dev.rebound.classify;

import dev.rebound.schema.StatusCode;
import dev.rebound.schema.StatusCodeRevision;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A number that stands for what a table says. */
final class TableFingerprint {

    private static final int LENGTH = 12;

    private TableFingerprint() {}

    /** Of rows by their origins, in any order. When a revision was written, and by whom, does not matter. */
    static String of(Collection<Map<Origin, StatusCode>> rows) {
        List<String> sorted = rows.stream()
                .flatMap(byOrigin -> byOrigin.values().stream())
                .flatMap(TableFingerprint::texts)
                .sorted()
                .toList();
        MessageDigest digest = sha256();
        sorted.forEach(text -> digest.update(text.getBytes(StandardCharsets.UTF_8)));
        return HexFormat.of().formatHex(digest.digest()).substring(0, LENGTH);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static Stream<String> texts(StatusCode row) {
        String name = row.getOrigin() + '/' + row.getId() + ' ';
        Stream.Builder<String> texts = Stream.builder();
        int number = 0;
        for (StatusCodeRevision revision : row.getRevisions()) {
            texts.add(name + number++ + ' ' + undated(revision) + '\n');
        }
        return texts.build();
    }

    private static StatusCodeRevision undated(StatusCodeRevision revision) {
        return StatusCodeRevision.newBuilder(revision)
                .setRecordedAt(null)
                .setRecordedBy(null)
                .build();
    }
}
