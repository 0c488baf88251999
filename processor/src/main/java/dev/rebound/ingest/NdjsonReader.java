package dev.rebound.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rebound.address.EmailAddress;
import dev.rebound.address.InvalidAddressException;
import dev.rebound.event.Digests;
import dev.rebound.event.ReplyText;
import dev.rebound.event.Tenants;
import dev.rebound.json.InvalidJsonException;
import dev.rebound.json.PlainJson;
import dev.rebound.mail.Outcomes;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.schema.Outcome;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads delivery events from lines of JSON. Required are {@code recipient} and one of {@code reply}, {@code status} and
 * {@code outcome}; everything else has a default. Without an outcome it follows from the action (RFC 3464 section 2.3.3),
 * else from the class of the status, else from that of the reply: 2 is delivered, 4 deferred, 5 bounced. An event without
 * any class is taken for a bounce: it was reported as a failure, and nothing says that there will be another attempt.
 */
public final class NdjsonReader {

    /** Longest line in bytes; longer ones are reported and skipped. */
    public static final int MAX_LINE_BYTES = 4 * 1024 * 1024;

    private static final String INGEST_SOURCE = "ndjson";

    /** In UTF-16 units, of all texts but the reply: leaves room in a record of a topic's usual size. */
    private static final int MAX_OTHER_TEXT = 64 * 1024;

    /** RFC 5321 section 4.2: a reply begins with its code. */
    private static final Pattern LEADING_BASIC_CODE = Pattern.compile("^\\s*([245])[0-5]\\d(?!\\d)");

    private static final Pattern BASIC_CODE = Pattern.compile("(?<![\\d.])([245])[0-5]\\d(?=[\\s-])");

    private final Clock clock;

    /** @param clock gives the time of receipt, and the event time of events without one */
    public NdjsonReader(Clock clock) {
        this.clock = clock;
    }

    /**
     * Reads one line.
     *
     * @param line its bytes, without the line feed
     * @param source the file: part of the source reference, and of the id of an event without one
     * @param number the line's number, from 1
     */
    public LineReading read(byte[] line, InputSource source, long number) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line))
                    .toString();
            if (number == 1 && text.startsWith("\uFEFF")) {
                text = text.substring(1);
            }
            if (text.isBlank()) {
                return new LineReading.Blank();
            }
            ObjectNode object = PlainJson.parse(text);
            boolean saysSomething = has(object, "reply") || has(object, "status") || has(object, "outcome");
            addDefaults(object, source, number, line);
            DeliveryEvent event = PlainJson.read(object, DeliveryEvent.class);
            check(event, saysSomething);
            return new LineReading.Event(withReplyCut(event));
        } catch (CharacterCodingException e) {
            return new LineReading.Bad("not valid UTF-8");
        } catch (InvalidJsonException e) {
            return new LineReading.Bad(e.getMessage());
        } catch (InvalidAddressException e) {
            return new LineReading.Bad("recipient: " + e.getMessage());
        }
    }

    private void addDefaults(ObjectNode object, InputSource source, long number, byte[] line) {
        long now = clock.millis();
        if (!has(object, "eventTime")) {
            object.put("eventTime", now);
        }
        if (!has(object, "receivedAt")) {
            object.put("receivedAt", now);
        }
        if (!has(object, "eventId")) {
            object.put("eventId", eventId(source, number, line));
        }
        if (!has(object, "outcome")) {
            object.put(
                    "outcome",
                    outcome(text(object, "action"), text(object, "status"), text(object, "reply"))
                            .name());
        }
        if (!has(object, "ingestSource")) {
            object.put("ingestSource", INGEST_SOURCE);
        }
        if (!has(object, "sourceRef")) {
            object.put("sourceRef", source.name() + ":" + number);
        }
    }

    /** The same line at the same place of the same file is the same event; what was piped in cannot be recognised. */
    private static String eventId(InputSource source, long number, byte[] line) {
        return source.path()
                .map(path -> Digests.id(path.toAbsolutePath().normalize() + "\n" + number + "\n" + Digests.hex(line)))
                .orElseGet(() -> UUID.randomUUID().toString());
    }

    static Outcome outcome(String action, String status, String reply) {
        String lowerCaseAction = action == null ? null : action.strip().toLowerCase(Locale.ROOT);
        return Outcomes.of(lowerCaseAction, status)
                .or(() -> replyClass(reply).map(digit -> Outcomes.ofClass(digit, null)))
                .orElse(Outcome.BOUNCED);
    }

    private static Optional<Character> replyClass(String reply) {
        if (reply == null) {
            return Optional.empty();
        }
        return digit(LEADING_BASIC_CODE, reply)
                .or(() -> Outcomes.enhancedClass(reply))
                .or(() -> digit(BASIC_CODE, reply));
    }

    private static Optional<Character> digit(Pattern code, String reply) {
        Matcher found = code.matcher(reply);
        return found.find() ? Optional.of(found.group(1).charAt(0)) : Optional.empty();
    }

    private static void check(DeliveryEvent event, boolean saysSomething)
            throws InvalidJsonException, InvalidAddressException {
        EmailAddress.parse(event.getRecipient());
        if (!saysSomething) {
            throw new InvalidJsonException(
                    "nothing says what became of the message (expected: one of reply, status," + " outcome)");
        }
        if (event.getOutcome() == Outcome.UNKNOWN) {
            throw new InvalidJsonException("outcome: UNKNOWN (expected: one of DELIVERED, DEFERRED, BOUNCED, EXPIRED,"
                    + " COMPLAINED, SUPPRESSED)");
        }
        if (!Tenants.isValid(event.getTenant())) {
            throw new InvalidJsonException("tenant: not usable (expected: " + Tenants.EXPECTED + ")");
        }
        int otherText = otherText(event);
        if (otherText > MAX_OTHER_TEXT) {
            throw new InvalidJsonException("all texts but the reply have " + otherText
                    + " characters together (expected: at most " + MAX_OTHER_TEXT + ")");
        }
    }

    private static int otherText(DeliveryEvent event) {
        int length = 0;
        for (int i = 0; i < event.getSchema().getFields().size(); i++) {
            if (event.get(i) instanceof String text) {
                length += text.length();
            }
        }
        int reply = event.getReply() == null ? 0 : event.getReply().length();
        return length
                - reply
                // An empty tag takes room in the record too.
                + event.getTags().stream().mapToInt(tag -> tag.length() + 1).sum();
    }

    private static DeliveryEvent withReplyCut(DeliveryEvent event) {
        if (event.getReply() == null) {
            return event;
        }
        ReplyText reply = ReplyText.cut(event.getReply());
        return reply.truncated()
                ? DeliveryEvent.newBuilder(event)
                        .setReply(reply.text())
                        .setReplyTruncated(true)
                        .build()
                : event;
    }

    /** Null and an empty text say as little as an absent field. */
    private static boolean has(ObjectNode object, String name) {
        JsonNode node = object.get(name);
        return node != null
                && !node.isNull()
                && !(node.isTextual() && node.textValue().isBlank());
    }

    private static String text(ObjectNode object, String name) {
        return has(object, name) ? object.get(name).asText() : null;
    }
}
