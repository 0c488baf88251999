package dev.rebound.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rebound.http.Problem.Mistake;
import dev.rebound.json.InvalidJsonException;
import dev.rebound.json.NearestName;
import dev.rebound.json.PlainJson;
import dev.rebound.json.Shown;
import dev.rebound.lookup.ExportFormat;
import dev.rebound.lookup.InvalidLookupException;
import dev.rebound.lookup.SuppressionFilter;
import dev.rebound.lookup.SuppressionLookups;
import dev.rebound.lookup.UnavailableException;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Routes that look up suppressions. Every instance answers for all addresses. */
public final class SuppressionRoutes {

    private static final String PATH = "/api/v1/suppressions";
    private static final String ADDRESS = "address";
    private static final String TENANT = "tenant";
    private static final String STREAM = "stream";
    private static final String LIST = "list";
    private static final String LIMIT = "limit";
    private static final String CURSOR = "cursor";
    private static final String FORMAT = "format";
    private static final String STALE = "stale";
    private static final List<String> CHECKED = List.of(TENANT, STREAM, "addresses");
    private static final int DEFAULT_LIMIT = 100;
    private static final int LOOKUP_THREADS = 8;
    private static final int LISTING_THREADS = 4;
    private static final int QUEUED = 64;
    private static final int EXPORTS = 2;

    private final SuppressionLookups lookups;
    private final WaitingRequests single = new WaitingRequests("lookup", LOOKUP_THREADS, QUEUED);

    /** A page takes seconds where its filter lets little pass: look-ups of addresses do not wait for it. */
    private final WaitingRequests listings = new WaitingRequests("listing", LISTING_THREADS, QUEUED);

    private final WaitingRequests exports = new WaitingRequests("export", EXPORTS, 0);

    private SuppressionRoutes(SuppressionLookups lookups) {
        this.lookups = lookups;
    }

    /**
     * Below {@code /api/v1/suppressions}: {@code check}, for one address or many, {@code history}, {@code export}, the list itself,
     * and what instances ask each other.
     */
    public static List<Route> of(SuppressionLookups lookups) {
        SuppressionRoutes routes = new SuppressionRoutes(lookups);
        return List.of(
                Route.get(PATH + "/check", Access.READ, routes::check),
                new Route(HandlerType.POST, PATH + "/check", Access.READ, routes::checkAll),
                Route.get(PATH + "/history", Access.READ, routes::history),
                Route.get(PATH, Access.READ, routes::list),
                Route.get(PATH + "/export", Access.READ, routes::export),
                LookupAnswers.peers(SuppressionLookups.PEER_PATH, lookups::answerPeer));
    }

    private void check(Context context) {
        Map<String, String> query = Query.read(context, List.of(ADDRESS, TENANT, STREAM));
        String address = address(query);
        LookupAnswers.answer(
                single,
                context,
                () -> SuppressionJson.checked(lookups.check(query.get(TENANT), query.get(STREAM), address)));
    }

    private void history(Context context) {
        Map<String, String> query = Query.read(context, List.of(ADDRESS, LIST));
        String address = address(query);
        LookupAnswers.answer(single, context, () -> SuppressionJson.history(lookups.history(query.get(LIST), address)));
    }

    private static String address(Map<String, String> query) {
        String address = query.get(ADDRESS);
        if (address == null || address.isEmpty()) {
            throw ProblemException.of(
                    ProblemType.INVALID_PARAMETER,
                    List.of(new Mistake(ADDRESS, "missing (expected: an address, or @ and a domain)")));
        }
        if (address.strip().indexOf(' ') >= 0 && address.indexOf('"') < 0) {
            throw ProblemException.of(
                    ProblemType.INVALID_PARAMETER,
                    List.of(new Mistake(ADDRESS, "it has a space; write a + of the address as %2B in a query")));
        }
        return address;
    }

    private void checkAll(Context context) {
        ObjectNode body = body(context);
        List<Mistake> mistakes = new ArrayList<>();
        body.fieldNames().forEachRemaining(name -> {
            if (!CHECKED.contains(name)) {
                mistakes.add(new Mistake(
                        "/" + Shown.name(name),
                        "there is no such member (did you mean " + NearestName.of(name, CHECKED) + "?)"));
            }
        });
        String tenant = text(body, TENANT, mistakes);
        String stream = text(body, STREAM, mistakes);
        List<String> addresses = addresses(body.get("addresses"), mistakes);
        if (!mistakes.isEmpty()) {
            throw ProblemException.of(ProblemType.INVALID_BODY, mistakes);
        }
        LookupAnswers.answer(single, context, () -> {
            try {
                return SuppressionJson.verdicts(lookups.checkAll(tenant, stream, addresses));
            } catch (InvalidLookupException e) {
                throw LookupAnswers.invalid(ProblemType.INVALID_BODY, "/", e);
            }
        });
    }

    private static ObjectNode body(Context context) {
        try {
            return PlainJson.parse(context.body());
        } catch (InvalidJsonException e) {
            throw ProblemException.of(
                    ProblemType.INVALID_BODY,
                    "the body does not say what to check: " + e.getMessage()
                            + "; send for example {\"addresses\": [\"kim@example.org\"]}");
        }
    }

    /** Null when it is absent or null. */
    private static String text(ObjectNode body, String name, List<Mistake> mistakes) {
        JsonNode value = body.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            mistakes.add(new Mistake("/" + name, "no text (expected: a name)"));
            return null;
        }
        return value.textValue();
    }

    private static List<String> addresses(JsonNode value, List<Mistake> mistakes) {
        List<String> addresses = new ArrayList<>();
        if (value == null || !value.isArray() || value.isEmpty()) {
            mistakes.add(new Mistake(
                    "/addresses",
                    "there are none (expected: an array of 1 to " + SuppressionLookups.MOST_CHECKED + " addresses)"));
            return addresses;
        }
        for (int i = 0; i < value.size(); i++) {
            if (!value.get(i).isTextual()) {
                mistakes.add(new Mistake("/addresses/" + i, "no text (expected: an address)"));
            }
            addresses.add(value.get(i).asText());
        }
        return addresses;
    }

    private void list(Context context) {
        Map<String, String> query = Query.read(context, with(LIMIT, CURSOR));
        SuppressionFilter filter = filter(query);
        int limit = limit(query.get(LIMIT));
        LookupAnswers.answer(
                listings, context, () -> SuppressionJson.page(lookups.list(filter, limit, query.get(CURSOR))));
    }

    private static int limit(String text) {
        if (text == null) {
            return DEFAULT_LIMIT;
        }
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw ProblemException.of(
                    ProblemType.INVALID_PARAMETER,
                    List.of(new Mistake(
                            LIMIT,
                            Shown.text(text) + " (expected: a number, 1 to " + SuppressionLookups.MOST_LISTED + ")")));
        }
    }

    private void export(Context context) {
        Map<String, String> query = Query.read(context, with(FORMAT, STALE));
        SuppressionFilter filter = filter(query);
        ExportFormat format = Query.oneOf(query, FORMAT, ExportFormat.NDJSON, ExportFormat.values());
        boolean copies = Query.oneOf(query, STALE, Stale.REFUSE, Stale.values()) == Stale.ALLOW;
        if (context.method() == HandlerType.HEAD) {
            context.contentType(format.mediaType());
            return;
        }
        exports.answer(context, () -> {
            try {
                new SuppressionExport(context, format).send(lookups, filter, copies);
            } catch (UnavailableException e) {
                throw LookupAnswers.unavailable(context, e);
            }
        });
    }

    /** Whether an export may read copies of the state. */
    private enum Stale {
        REFUSE,
        ALLOW
    }

    private static List<String> with(String... others) {
        return Stream.concat(SuppressionFilter.PARAMETERS.stream(), Stream.of(others))
                .toList();
    }

    private static SuppressionFilter filter(Map<String, String> query) {
        try {
            return SuppressionFilter.of(query);
        } catch (InvalidLookupException e) {
            throw LookupAnswers.invalid(ProblemType.INVALID_PARAMETER, "", e);
        }
    }
}
