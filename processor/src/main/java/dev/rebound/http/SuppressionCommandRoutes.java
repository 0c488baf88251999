package dev.rebound.http;

import dev.rebound.suppressions.SuppressionChanges;
import io.javalin.http.HandlerType;
import java.time.Duration;
import java.util.List;

/** Routes that change suppressions. Each answers once the change is durable, or with a problem. */
public final class SuppressionCommandRoutes {

    private static final String BASE = "/api/v1/suppressions/";

    private SuppressionCommandRoutes() {}

    /**
     * {@code POST} below {@code /api/v1/suppressions}: {@code commands}, {@code removals}, {@code imports} and {@code erasures}.
     *
     * @param changes what they do
     * @param request how long a request may take; longer work answers before that that it is not complete
     */
    public static List<Route> of(SuppressionChanges changes, Duration request) {
        Duration most = request.multipliedBy(2).dividedBy(3);
        return List.of(
                new Route(HandlerType.POST, BASE + "commands", Access.CHANGE, new GiveCommands(changes)),
                new Route(HandlerType.POST, BASE + "removals", Access.CHANGE, new RemoveMany(changes, most)),
                new Route(HandlerType.POST, BASE + "imports", Access.CHANGE, new ImportBody(changes, most)),
                new Route(HandlerType.POST, BASE + "erasures", Access.CHANGE, new EraseOne(changes, most)));
    }
}
