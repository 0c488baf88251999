package dev.rebound.suppress.imports;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Columns that exports have, with the names they go by. Of a name, only letters and digits count, and not their case. */
enum Column {
    EMAIL("email", "emailaddress", "mail", "mailaddress"),
    ADDRESS("address"),
    RECIPIENT("recipient", "recipientaddress", "recipientemail"),
    CREATED("created"),
    CREATED_AT("createdat"),
    LAST_UPDATE_TIME("lastupdatetime", "lastupdatedtime", "lastupdate", "lastupdated", "lastupdatedat"),
    SINCE("since"),
    REASON("reason"),
    STATUS("status"),
    IP("ip", "ipaddress"),
    CODE("code"),
    ERROR("error"),
    TAGS("tags", "tag"),
    SUPPRESSION_REASON("suppressionreason"),
    ORIGIN("origin");

    /** Those that hold the address that is listed. */
    static final List<Column> ADDRESSES = List.of(EMAIL, ADDRESS, RECIPIENT);

    /** Those that hold the time when it was listed. */
    static final List<Column> TIMES = List.of(CREATED, CREATED_AT, LAST_UPDATE_TIME, SINCE);

    private static final Map<String, Column> BY_NAME = Arrays.stream(values())
            .flatMap(column -> column.names.stream().map(name -> Map.entry(name, column)))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private final List<String> names;

    Column(String... names) {
        this.names = List.of(names);
    }

    /** The column of this name, as it stands in a file; null when exports have no such column. */
    static Column named(String name) {
        return BY_NAME.get(folded(name));
    }

    /** Letters and digits in lower case. */
    static String folded(String name) {
        StringBuilder folded = new StringBuilder(name.length());
        name.codePoints().filter(Character::isLetterOrDigit).forEach(folded::appendCodePoint);
        return folded.toString().toLowerCase(Locale.ROOT);
    }

    /** A name for messages, such as {@code created_at}. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Names for messages. */
    static String labels(Iterable<Column> columns) {
        StringBuilder labels = new StringBuilder();
        for (Column column : columns) {
            labels.append(labels.isEmpty() ? "" : ", ").append(column.label());
        }
        return labels.toString();
    }
}
