package dev.rebound.mail;

import dev.rebound.classify.ShippedTable;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;

/** The words in {@code kinds.tsv}, by which a mail shows what it is. */
final class KindWords {

    /** What words speak for. */
    enum Kind {
        FAILURE,
        AUTOMATIC_REPLY,
        CHALLENGE,
        READ_RECEIPT,
        SUBSCRIPTION;

        private String cell() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private static final int MAX_SUBJECT = 2_000;
    private static final Pattern BLANKS = Pattern.compile("[\\p{Z}\\s]+");
    private static final Pattern PREFIX =
            Pattern.compile("^(?:(?:re|aw|antw|sv|vs|r|ref|odp|fw|fwd|wg|tr)\\s?:\\s?){1,20}");
    private static final Map<String, List<String>> PHRASES = phrases();

    private KindWords() {}

    /** Whether the subject, as {@link #subject} gives it, speaks for a kind. */
    static boolean inSubject(Kind kind, String subject) {
        String whole = PREFIX.matcher(subject).replaceFirst("");
        return phrases(kind, "subject").stream().anyMatch(phrase -> isIn(subject, phrase))
                || phrases(kind, "subject-start").stream().anyMatch(phrase -> whole.startsWith(phrase))
                || phrases(kind, "subject-only").contains(whole);
    }

    /** Whether a text, as {@link #folded} gives it, speaks for a kind. */
    static boolean inText(Kind kind, String text) {
        return phrases(kind, "text").stream().anyMatch(phrase -> isIn(text, phrase));
    }

    /** The subject of a mail decoded (RFC 2047) and folded; the empty text when it has none. */
    static String subject(HeaderFields header) {
        String field = header.first("Subject").orElse("");
        return folded(decoded(field.length() > MAX_SUBJECT ? field.substring(0, MAX_SUBJECT) : field));
    }

    /** A text in the form in which words are compared. */
    static String folded(String text) {
        String plain = Normalizer.normalize(text, Normalizer.Form.NFKC)
                .replace('\u2018', '\'')
                .replace('\u2019', '\'')
                .replace('\u00b4', '\'')
                .replace('\u2010', '-')
                .replace('\u2011', '-');
        return BLANKS.matcher(plain.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
    }

    private static String decoded(String field) {
        try {
            return DecoderUtil.decodeEncodedWords(utf8(field), DecodeMonitor.SILENT);
        } catch (RuntimeException e) {
            // A character set that does not decode.
            return field;
        }
    }

    /** Header fields are read octet by octet; since RFC 6532 they can be UTF-8. */
    private static String utf8(String field) {
        if (field.chars().allMatch(c -> c < 0x80) || field.chars().anyMatch(c -> c > 0xff)) {
            return field;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(field.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException e) {
            return field;
        }
    }

    private static boolean isIn(String text, String phrase) {
        for (int at = text.indexOf(phrase); at >= 0; at = text.indexOf(phrase, at + 1)) {
            int end = at + phrase.length();
            boolean cut = at > 0 && isWord(text.charAt(at - 1)) && isWord(phrase.charAt(0))
                    || end < text.length() && isWord(text.charAt(end)) && isWord(phrase.charAt(phrase.length() - 1));
            if (!cut) {
                return true;
            }
        }
        return false;
    }

    /** In scripts that put no blanks between words, or endings behind them, every place is a boundary. */
    private static boolean isWord(char c) {
        boolean eastAsian = c >= '\u2e80' && c <= '\u9fff' || c >= '\uac00' && c <= '\ud7af';
        return Character.isLetterOrDigit(c) && !eastAsian;
    }

    private static List<String> phrases(Kind kind, String place) {
        return PHRASES.getOrDefault(kind.cell() + " " + place, List.of());
    }

    private static Map<String, List<String>> phrases() {
        return ShippedTable.at("/dev/rebound/mail/kinds.tsv").rows().stream()
                .collect(Collectors.groupingBy(
                        row -> row.get("kind") + " " + row.get("place"),
                        Collectors.mapping(row -> folded(row.get("phrase")), Collectors.toUnmodifiableList())));
    }
}
