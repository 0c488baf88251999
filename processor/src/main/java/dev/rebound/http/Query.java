package dev.rebound.http;

import dev.rebound.http.Problem.Mistake;
import dev.rebound.json.NearestName;
import dev.rebound.json.Shown;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Parameters in the query of a request. */
final class Query {

    private Query() {}

    /**
     * Values by name. A parameter that the route does not know is refused: it could be one that would have mattered.
     *
     * @param known names that the route knows
     * @throws ProblemException when there is another one, or one twice
     */
    static Map<String, String> read(Context context, Collection<String> known) {
        Map<String, String> values = new LinkedHashMap<>();
        List<Mistake> mistakes = new ArrayList<>();
        context.queryParamMap().forEach((name, all) -> {
            if (!known.contains(name)) {
                mistakes.add(new Mistake(
                        Shown.name(name),
                        "there is no such parameter (expected: one of " + String.join(", ", known) + "; did you mean "
                                + NearestName.of(name, known) + "?)"));
            } else if (all.size() > 1) {
                mistakes.add(new Mistake(name, "given " + all.size() + " times (expected: once)"));
            } else {
                values.put(name, all.get(0));
            }
        });
        if (!mistakes.isEmpty()) {
            throw ProblemException.of(ProblemType.INVALID_PARAMETER, mistakes);
        }
        return values;
    }

    /**
     * The value of a parameter that is one of a few words, whatever their case.
     *
     * @param absent what it is when it is not given
     * @throws ProblemException when it is another word
     */
    static <E extends Enum<E>> E oneOf(Map<String, String> query, String name, E absent, E[] allowed) {
        String text = query.get(name);
        if (text == null) {
            return absent;
        }
        for (E value : allowed) {
            if (value.name().equalsIgnoreCase(text)) {
                return value;
            }
        }
        String names = Arrays.stream(allowed)
                .map(value -> value.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        throw refused(name, text, "one of " + names);
    }

    /**
     * The value of a parameter that is a number.
     *
     * @param absent what it is when it is not given
     * @throws ProblemException when it is no number from 1 to the greatest
     */
    static int number(Map<String, String> query, String name, int absent, int greatest) {
        String text = query.get(name);
        if (text == null) {
            return absent;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= 1 && number <= greatest) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below, as a number that is too great.
        }
        throw refused(name, text, "a number, 1 to " + greatest);
    }

    /** The problem of a parameter whose value cannot be used. */
    static ProblemException refused(String name, String value, String expected) {
        return ProblemException.of(
                ProblemType.INVALID_PARAMETER,
                List.of(new Mistake(name, Shown.text(value) + " (expected: " + expected + ")")));
    }
}
