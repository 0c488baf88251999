package dev.rebound.http;

import dev.rebound.classify.Classifier;
import dev.rebound.classify.CodeTable;
import dev.rebound.explain.EventToClassify;
import dev.rebound.explain.ExplanationJson;
import dev.rebound.json.InvalidJsonException;
import dev.rebound.json.PlainJson;
import dev.rebound.schema.DeliveryEvent;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.List;
import java.util.function.Supplier;

/** Routes that classify what is sent to them, by the codes and rules that the instance uses right now. */
public final class ClassifyRoutes {

    private ClassifyRoutes() {}

    /**
     * {@code POST /api/v1/classify}: an event as JSON, of which only {@code reply} or {@code status} has to be there; answers
     * with the explanation. 400 when the body is not such an event, 503 while there are no codes yet.
     *
     * @param table the codes and rules that count now
     */
    public static List<Route> of(Supplier<CodeTable> table) {
        return List.of(new Route(
                HandlerType.POST, "/api/v1/classify", Access.READ, context -> classify(context, table.get())));
    }

    private static void classify(Context context, CodeTable table) {
        if (table.size() == 0) {
            throw ProblemException.of(
                    ProblemType.NOT_READY, "the codes are not loaded yet; /health/ready says when they are");
        }
        DeliveryEvent event;
        try {
            event = EventToClassify.read(PlainJson.parse(context.body()));
        } catch (InvalidJsonException e) {
            throw ProblemException.of(
                    ProblemType.INVALID_BODY,
                    "the body is not an event to classify: " + e.getMessage()
                            + "; send for example {\"reply\": \"550 5.1.1 User unknown\"}");
        }
        context.json(ExplanationJson.of(Classifier.explain(event, table)));
    }
}
