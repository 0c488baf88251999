package dev.rebound.http;

import dev.rebound.http.Problem.Mistake;
import dev.rebound.json.NearestName;
import dev.rebound.json.Shown;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
}
