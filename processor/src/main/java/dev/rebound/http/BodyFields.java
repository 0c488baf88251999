package dev.rebound.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rebound.http.Problem.Mistake;
import dev.rebound.json.InvalidJsonException;
import dev.rebound.json.NearestName;
import dev.rebound.json.PlainJson;
import dev.rebound.json.Shown;
import dev.rebound.suppress.Commands;
import io.javalin.http.Context;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads the fields of a JSON object, and collects all that is wrong with them. Null and a missing field are the same. */
final class BodyFields {

    private final JsonNode object;
    private final String at;
    private final List<Mistake> mistakes;

    /**
     * Fields of an object within a body.
     *
     * @param at JSON pointer to it
     * @param mistakes where they are collected
     */
    BodyFields(JsonNode object, String at, List<Mistake> mistakes) {
        this.object = object;
        this.at = at;
        this.mistakes = mistakes;
    }

    /**
     * The object that a request's body is.
     *
     * @throws ProblemException when it is none
     */
    static BodyFields of(Context context) {
        try {
            ObjectNode object = PlainJson.parse(context.body());
            return new BodyFields(object, "", new ArrayList<>());
        } catch (InvalidJsonException e) {
            throw ProblemException.of(ProblemType.INVALID_BODY, "the body cannot be used: " + e.getMessage());
        }
    }

    /** Refuses the request when something is wrong. @throws ProblemException with all of it */
    void throwMistakes() {
        if (!mistakes.isEmpty()) {
            throw ProblemException.of(ProblemType.INVALID_BODY, mistakes);
        }
    }

    /** Nothing is wrong so far, here or anywhere else in the body. */
    boolean isRight() {
        return mistakes.isEmpty();
    }

    /** Something is wrong with a field. @param detail quotes no address */
    void wrong(String name, String detail) {
        mistakes.add(new Mistake(at + '/' + name, detail));
    }

    /** Takes a sentence that begins with a field's name and a colon or blank; others are about the object as a whole. */
    void wrong(String sentence) {
        int end = 0;
        while (end < sentence.length() && Character.isLetterOrDigit(sentence.charAt(end))) {
            end++;
        }
        String rest = sentence.substring(end);
        if (rest.startsWith(": ")) {
            wrong(sentence.substring(0, end), rest.substring(2));
        } else if (rest.startsWith(" cannot be used")) {
            wrong(sentence.substring(0, end), rest.strip());
        } else {
            mistakes.add(new Mistake(at, sentence));
        }
    }

    /** Any other field is wrong: it could be one that would have mattered. */
    void refuseAllBut(Collection<String> known) {
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                mistakes.add(new Mistake(
                        at + '/' + Shown.name(name),
                        "there is no such field (expected: any of " + String.join(", ", known) + "; did you mean "
                                + NearestName.of(name, known) + "?)"));
            }
        });
    }

    boolean has(String name) {
        return object.has(name);
    }

    /** A text; null when it is missing or none. */
    String text(String name) {
        JsonNode value = object.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            wrong(name, "not a text (expected: a string)");
            return null;
        }
        return value.textValue();
    }

    /** A text that has to be there; null when it is not. @param what what is expected, for the message */
    String required(String name, String what) {
        int before = mistakes.size();
        String text = text(name);
        if ((text == null || text.isBlank()) && mistakes.size() == before) {
            wrong(name, "missing (expected: " + what + ")");
        }
        return text;
    }

    /** A text of some length that has to be there. */
    String required(String name, String what, int most) {
        String text = required(name, what);
        if (text != null && text.length() > most) {
            wrong(name, text.length() + " characters (expected: " + what + ", at most " + most + ")");
        }
        return text;
    }

    /** One of some names in any letter case, in upper case; null when it is missing or none of them. */
    String oneOf(String name, List<String> names) {
        String text = text(name);
        String value = text == null ? null : text.toUpperCase(Locale.ROOT);
        if (value != null && !names.contains(value)) {
            wrong(name, "not known (expected: one of " + String.join(", ", names) + ")");
            return null;
        }
        return value;
    }

    /** A moment; null when it is missing or none. */
    Instant time(String name) {
        String text = text(name);
        try {
            Instant time = text == null ? null : OffsetDateTime.parse(text).toInstant();
            if (time == null || Commands.isUsable(time)) {
                return time;
            }
        } catch (DateTimeException e) {
            // Told like a time that is out of range.
        }
        wrong(
                name,
                "not a time (expected: ISO 8601 with an offset, such as 2026-01-02T03:04:05Z, " + Commands.TIMES + ")");
        return null;
    }

    /** True or false; the default when it is missing or neither. */
    boolean flag(String name, boolean absent) {
        JsonNode value = object.path(name);
        if (!value.isMissingNode() && !value.isNull() && !value.isBoolean()) {
            wrong(name, "neither true nor false (expected: one of them)");
        }
        return value.isBoolean() ? value.booleanValue() : absent;
    }

    /** The objects of an array; other items are wrong. Empty when it is missing or none. */
    List<BodyFields> objects(String name) {
        List<BodyFields> objects = new ArrayList<>();
        JsonNode array = array(name);
        for (int i = 0; i < array.size(); i++) {
            if (array.get(i).isObject()) {
                objects.add(new BodyFields(array.get(i), at + '/' + name + '/' + i, mistakes));
            } else {
                wrong(name + '/' + i, "not an object (expected: an object)");
            }
        }
        return objects;
    }

    /** The texts of an array; other items are wrong. Empty when it is missing or none. */
    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        JsonNode array = array(name);
        for (int i = 0; i < array.size(); i++) {
            if (array.get(i).isTextual()) {
                texts.add(array.get(i).textValue());
            } else {
                wrong(name + '/' + i, "not a text (expected: a string)");
            }
        }
        return texts;
    }

    /** The texts of an object, by their names; other members are wrong. Empty when it is missing or none. */
    Map<String, String> textsByName(String name) {
        Map<String, String> texts = new LinkedHashMap<>();
        JsonNode value = object.path(name);
        if (!value.isMissingNode() && !value.isNull() && !value.isObject()) {
            wrong(name, "not an object (expected: an object)");
        }
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            if (member.getValue().isTextual()) {
                texts.put(member.getKey(), member.getValue().textValue());
            } else {
                wrong(name + '/' + Shown.name(member.getKey()), "not a text (expected: a string)");
            }
        }
        return texts;
    }

    private JsonNode array(String name) {
        JsonNode value = object.path(name);
        if (!value.isMissingNode() && !value.isNull() && !value.isArray()) {
            wrong(name, "not an array (expected: an array)");
        }
        return value;
    }
}
