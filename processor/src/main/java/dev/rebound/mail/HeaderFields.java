package dev.rebound.mail;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Fields of the form {@code Name: value} up to a blank line, as in mail headers (RFC 5322 section 2.2) and in delivery
 * reports (RFC 3464 section 2.1), unfolded: a folded value is joined with single spaces. Names compare without regard to
 * letter case. Lines that are no field and continue none are passed over.
 */
final class HeaderFields {

    /** A field: its name in lower case, its value unfolded and trimmed. */
    record Field(String name, String value) {}

    /** Some servers break the lines of a reply without indenting what follows. */
    private static final String BROKEN_WITHOUT_INDENT = "diagnostic-code";

    private final List<Field> fields;

    private HeaderFields(List<Field> fields) {
        this.fields = List.copyOf(fields);
    }

    static HeaderFields of(List<Field> fields) {
        return new HeaderFields(fields);
    }

    /** The first group of fields in the bytes: a header, of which the body may follow. */
    static HeaderFields ofHeader(byte[] bytes) {
        List<HeaderFields> groups = groups(bytes, true);
        return groups.isEmpty() ? new HeaderFields(List.of()) : groups.get(0);
    }

    /** All groups, separated by blank lines; groups without a field are left out. */
    static List<HeaderFields> groups(byte[] bytes) {
        return groups(bytes, false);
    }

    private static List<HeaderFields> groups(byte[] bytes, boolean firstOnly) {
        List<HeaderFields> groups = new ArrayList<>();
        List<Field> group = new ArrayList<>();
        String name = null;
        StringBuilder value = new StringBuilder();
        for (String line : (Iterable<String>) text(bytes).lines()::iterator) {
            boolean blank = line.isBlank();
            String next = blank || Character.isWhitespace(line.charAt(0)) ? null : fieldName(line);
            if (!blank && next == null) {
                if (Character.isWhitespace(line.charAt(0)) || BROKEN_WITHOUT_INDENT.equals(name)) {
                    value.append(' ').append(line.strip());
                }
                continue;
            }
            if (name != null) {
                group.add(new Field(name, value.toString().strip()));
            }
            name = next;
            value.setLength(0);
            if (next != null) {
                value.append(line.substring(line.indexOf(':') + 1).strip());
            } else if (!group.isEmpty()) {
                groups.add(new HeaderFields(group));
                group = new ArrayList<>();
                if (firstOnly) {
                    return groups;
                }
            }
        }
        if (name != null) {
            group.add(new Field(name, value.toString().strip()));
        }
        if (!group.isEmpty()) {
            groups.add(new HeaderFields(group));
        }
        return groups;
    }

    List<Field> all() {
        return fields;
    }

    boolean has(String name) {
        return first(name).isPresent();
    }

    /** Value of the first field of that name that is not empty. */
    Optional<String> first(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        return fields.stream()
                .filter(field -> field.name().equals(wanted) && !field.value().isEmpty())
                .map(Field::value)
                .findFirst();
    }

    /** The field's name in lower case; null when the line does not begin with one. */
    private static String fieldName(String line) {
        int colon = line.indexOf(':');
        if (colon < 1) {
            return null;
        }
        int end = colon;
        while (end > 0 && (line.charAt(end - 1) == ' ' || line.charAt(end - 1) == '\t')) {
            end--;
        }
        for (int i = 0; i < end; i++) {
            char c = line.charAt(i);
            boolean allowed = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9' && i > 0)
                    || (i > 0 && (c == '-' || c == '_'));
            if (!allowed) {
                return null;
            }
        }
        return line.substring(0, end).toLowerCase(Locale.ROOT);
    }

    /** UTF-8 where the bytes are, else ISO 8859-1, which takes any bytes. */
    private static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }
}
