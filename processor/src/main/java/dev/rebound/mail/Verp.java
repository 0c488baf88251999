package dev.rebound.mail;

import dev.rebound.address.EmailAddress;
import dev.rebound.address.InvalidAddressException;
import dev.rebound.schema.Correlation;
import dev.rebound.schema.DeliveryEvent;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signed variable envelope return paths: an envelope sender of its own for each recipient and day, such as
 * {@code bounce+kim=example.org+20261125+k4q2w7d3n5xj6tza@bounces.example.com}. A bounce comes back to it, and so says which
 * address was mailed, whatever the bounce itself names, and that the mail was really sent. Pure: the caller says what day it is.
 *
 * <p>The signature is HMAC-SHA-256 (RFC 2104) over the address in lower case with <code>{signature}</code> in the signature's
 * place, the first 80 bits of it in base32 (RFC 4648 section 6) in lower case, so that it survives servers that change the
 * letter case of a local part.
 */
public final class Verp {

    /** Receivers may refuse a longer local part; in octets, RFC 5321 section 4.5.3.1.1. */
    public static final int LONGEST_LOCAL_PART = 64;

    /** A shorter key can be guessed; in characters. */
    public static final int SHORTEST_KEY = 16;

    /** What a format has to be, for messages. */
    private static final String EXPECTED = "expected such as bounce+{recipient}+{date}+{signature}@bounces.example.com";

    /** Header fields in which servers leave the address that a mail was delivered to. */
    private static final Set<String> DELIVERED_TO = Set.of("to", "x-original-to", "delivered-to", "envelope-to");

    private static final String RECIPIENT = "recipient";
    private static final String DATE = "date";
    private static final String SIGNATURE = "signature";
    private static final String ID = "id";

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}@]*)\\}");
    private static final Pattern LITERAL = Pattern.compile("[a-z0-9+=._#-]*");

    /** What keeps two values of any length apart, since no encoded value has it. */
    private static final Pattern SEPARATOR = Pattern.compile("[+#]");

    private static final String ENCODED = "[a-z0-9._-]+";
    private static final Pattern BETWEEN_ADDRESSES = Pattern.compile("[\\s,;:<>()\"]+");
    private static final int MAX_LENGTH = 8_192;
    private static final int MAX_CANDIDATES = 50;
    private static final int SIGNATURE_BYTES = 10;
    private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";
    private static final String HEX = "0123456789abcdef";

    private final String format;
    private final Pattern pattern;
    private final SecretKeySpec key;
    private final int maxAgeDays;

    /**
     * @param format the address with <code>{recipient}</code>, <code>{date}</code>, <code>{signature}</code> and, if wanted,
     *     <code>{id}</code> before the {@code @}
     * @param key secret that is shared by those who sign and those who check
     * @param maxAgeDays after how many days a signed address counts no more; 0 for never
     * @throws IllegalArgumentException when the format or the key cannot be used; the message does not contain the key
     */
    public Verp(String format, String key, int maxAgeDays) {
        if (key.length() < SHORTEST_KEY) {
            throw new IllegalArgumentException("the key has " + key.length() + " characters (expected: at least "
                    + SHORTEST_KEY + "); make one with: openssl rand -hex 32");
        }
        this.format = normalised(format.strip());
        this.pattern = pattern(this.format);
        this.key = new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
        this.maxAgeDays = maxAgeDays;
    }

    /** What an address turned out to be. */
    public sealed interface Reading {}

    /**
     * An address that was signed with the key and still counts.
     *
     * @param recipient the address that was mailed, in normal form
     * @param id what the sender gave as id of the message; empty when the format has none
     * @param date day on which it was signed, UTC
     */
    public record Valid(String recipient, Optional<String> id, LocalDate date) implements Reading {

        /** Whether an address is the one that was mailed, however it is written. */
        boolean isAbout(String address) {
            try {
                return EmailAddress.parse(address).toString().equals(recipient);
            } catch (InvalidAddressException e) {
                return false;
            }
        }

        /** Notes in an event about the recipient that it answers a message that was sent, and which. */
        void verify(DeliveryEvent.Builder event) {
            event.setCorrelation(Correlation.VERIFIED);
            if (event.getMessageId() == null) {
                event.setMessageId(id.orElse(null));
            }
        }
    }

    /**
     * An address that proves nothing.
     *
     * @param reason why
     */
    public record Refused(Refusal reason) implements Reading {}

    /** Why an address proves nothing. */
    public enum Refusal {
        /** Some other address. */
        OTHER_FORMAT("The address is not of the configured format."),
        /** Made up or changed, or signed with another key. */
        WRONG_SIGNATURE("The signature is wrong: the address was changed, or signed with another key."),
        /** Signed correctly by a sender that encodes in another way. */
        UNREADABLE("The signature is right, but recipient, id or date are not encoded as they have to be."),
        /** Older than the limit. */
        EXPIRED("The address is older than rebound.verp.max.age.days."),
        /** A clock is wrong. */
        FUTURE("The address is dated more than a day ahead: see to the clocks.");

        private final String sentence;

        Refusal(String sentence) {
            this.sentence = sentence;
        }

        /** The reason for people, as one sentence. */
        public String sentence() {
            return sentence;
        }
    }

    /** Whether the format has a place for the id of the message. */
    public boolean hasId() {
        return format.contains("{" + ID + "}");
    }

    /**
     * The envelope sender for a message.
     *
     * @param recipient whom it is sent to
     * @param id id of the message; null where the format has no place for it
     * @param date day of sending, UTC
     * @throws InvalidAddressException when the recipient is no address; the message does not contain it
     * @throws IllegalArgumentException when an id is missing or too much
     */
    public String sign(String recipient, String id, LocalDate date) throws InvalidAddressException {
        if (hasId() != (id != null && !id.isEmpty())) {
            throw new IllegalArgumentException(
                    hasId()
                            ? "the format has {id}, and no id is given; give one"
                            : "an id is given, and the format has no {id}; leave it out, or add {id} to the format");
        }
        EmailAddress address = EmailAddress.parse(recipient);
        String unsigned = format.replace(
                        "{" + RECIPIENT + "}", encoded(address.localPart()) + "=" + encoded(address.domain()))
                .replace("{" + DATE + "}", DateTimeFormatter.BASIC_ISO_DATE.format(date))
                .replace("{" + ID + "}", id == null ? "" : encoded(id));
        return unsigned.replace("{" + SIGNATURE + "}", signature(unsigned));
    }

    /** What an address is, on a day in UTC. */
    public Reading check(String address, LocalDate today) {
        String text = lowerCase(address.strip());
        Matcher parts = pattern.matcher(text);
        boolean ascii = address.chars().allMatch(c -> c < 0x80);
        if (!ascii || text.length() > MAX_LENGTH || !parts.matches()) {
            return new Refused(Refusal.OTHER_FORMAT);
        }
        String unsigned = text.substring(0, parts.start(SIGNATURE)) + "{" + SIGNATURE + "}"
                + text.substring(parts.end(SIGNATURE));
        if (!MessageDigest.isEqual(octets(signature(unsigned)), octets(parts.group(SIGNATURE)))) {
            return new Refused(Refusal.WRONG_SIGNATURE);
        }
        try {
            LocalDate date = LocalDate.parse(parts.group(DATE), DateTimeFormatter.BASIC_ISO_DATE);
            if (maxAgeDays > 0 && ChronoUnit.DAYS.between(date, today) > maxAgeDays) {
                return new Refused(Refusal.EXPIRED);
            }
            if (date.isAfter(today.plusDays(1))) {
                return new Refused(Refusal.FUTURE);
            }
            String recipient = parts.group(RECIPIENT);
            int at = recipient.indexOf('=');
            EmailAddress mailed = EmailAddress.parse(
                    decoded(recipient.substring(0, at)) + "@" + decoded(recipient.substring(at + 1)));
            Optional<String> id = hasId() ? Optional.of(decoded(parts.group(ID))) : Optional.empty();
            return new Valid(mailed.toString(), id, date);
        } catch (DateTimeException | InvalidAddressException | CharacterCodingException e) {
            return new Refused(Refusal.UNREADABLE);
        }
    }

    /** What the addresses say that a mail was delivered to: empty when none is of the format. */
    Optional<Reading> deliveredTo(HeaderFields header, LocalDate today) {
        return in(header, DELIVERED_TO::contains, today);
    }

    /**
     * The first valid address in some fields of a header, else the first that is of the format and refused.
     *
     * @param names takes a field's name in lower case
     */
    Optional<Reading> in(HeaderFields header, Predicate<String> names, LocalDate today) {
        int candidates = 0;
        Reading refused = null;
        for (HeaderFields.Field field : header.all()) {
            if (!names.test(field.name())) {
                continue;
            }
            for (String word : BETWEEN_ADDRESSES.split(field.value())) {
                if (word.indexOf('@') < 0) {
                    continue;
                }
                if (++candidates > MAX_CANDIDATES) {
                    return Optional.ofNullable(refused);
                }
                Reading reading = check(word, today);
                if (reading instanceof Valid) {
                    return Optional.of(reading);
                }
                if (refused == null && reading instanceof Refused no && no.reason() != Refusal.OTHER_FORMAT) {
                    refused = reading;
                }
            }
        }
        return Optional.ofNullable(refused);
    }

    private String signature(String unsigned) {
        try {
            Mac mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            return base32(mac.doFinal(octets(unsigned)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    /** The first 80 bits, 16 characters: no bits are left over. */
    private static String base32(byte[] digest) {
        StringBuilder text = new StringBuilder();
        int bits = 0;
        int held = 0;
        for (int i = 0; i < SIGNATURE_BYTES; i++) {
            held = held << 8 | digest[i] & 0xff;
            bits += 8;
            while (bits >= 5) {
                bits -= 5;
                text.append(BASE32.charAt(held >>> bits & 31));
            }
        }
        return text.toString();
    }

    /**
     * Lower-case letters, digits, hyphens and dots stand for themselves; all else is an underscore and two digits for each
     * octet in UTF-8. A dot that is first, or behind another, would make the local part one that needs quotes (RFC 5321
     * section 4.1.2, Dot-string).
     */
    private static String encoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xff);
            boolean dotAfterDot = c == '.' && (encoded.isEmpty() || encoded.charAt(encoded.length() - 1) == '.');
            boolean plain = c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '.' && !dotAfterDot;
            if (plain) {
                encoded.append(c);
            } else {
                encoded.append('_').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            }
        }
        return encoded.toString();
    }

    private static String decoded(String text) throws CharacterCodingException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '_') {
                int high = i + 2 < text.length() ? HEX.indexOf(text.charAt(i + 1)) : -1;
                int low = i + 2 < text.length() ? HEX.indexOf(text.charAt(i + 2)) : -1;
                if (high < 0 || low < 0) {
                    throw new CharacterCodingException();
                }
                bytes.write(high << 4 | low);
                i += 2;
            } else {
                bytes.write(c);
            }
        }
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes.toByteArray()))
                .toString();
    }

    /** Lower case; the domain as it is on the wire. */
    private static String normalised(String format) {
        int at = format.lastIndexOf('@');
        if (at < 1) {
            throw unusable(format, "it has no @");
        }
        try {
            return lowerCase(format.substring(0, at)) + "@" + EmailAddress.domain(format.substring(at + 1));
        } catch (InvalidAddressException e) {
            throw unusable(format, "what is behind the @ is no domain");
        }
    }

    private static Pattern pattern(String format) {
        int at = format.lastIndexOf('@');
        String local = format.substring(0, at);
        boolean withId = local.contains("{" + ID + "}");
        Set<String> names = new HashSet<>();
        StringBuilder regex = new StringBuilder();
        Matcher placeholder = PLACEHOLDER.matcher(local);
        int end = 0;
        while (placeholder.find()) {
            String between = literal(format, local.substring(end, placeholder.start()));
            boolean apart = withId ? SEPARATOR.matcher(between).find() : !between.isEmpty();
            if (end > 0 && !apart) {
                throw unusable(
                        format,
                        withId
                                ? "with {id}, + or # is needed between any two placeholders"
                                : "something is needed between any two placeholders");
            }
            regex.append(Pattern.quote(between)).append(group(format, placeholder.group(1)));
            if (!names.add(placeholder.group(1))) {
                throw unusable(format, placeholder.group() + " is there twice");
            }
            end = placeholder.end();
        }
        regex.append(Pattern.quote(literal(format, local.substring(end)) + format.substring(at)));
        if (!names.containsAll(Set.of(RECIPIENT, DATE, SIGNATURE))) {
            throw unusable(format, "it needs {recipient}, {date} and {signature} before the @");
        }
        return Pattern.compile(regex.toString());
    }

    private static String literal(String format, String text) {
        if (!LITERAL.matcher(text).matches()) {
            throw unusable(format, "\"" + text + "\" is more than letters, digits and any of +=._#-");
        }
        return text;
    }

    private static String group(String format, String name) {
        return switch (name) {
            case RECIPIENT -> "(?<recipient>" + ENCODED + "=" + ENCODED + ")";
            case DATE -> "(?<date>[0-9]{8})";
            case SIGNATURE -> "(?<signature>[a-z2-7]{16})";
            case ID -> "(?<id>" + ENCODED + ")";
            default -> throw unusable(format, "{" + name + "} is no placeholder");
        };
    }

    private static IllegalArgumentException unusable(String format, String why) {
        return new IllegalArgumentException("\"" + format + "\": " + why + " (" + EXPECTED + ")");
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String lowerCase(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
