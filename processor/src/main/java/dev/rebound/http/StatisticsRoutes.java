package dev.rebound.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rebound.lookup.InvalidLookupException;
import dev.rebound.lookup.Measure;
import dev.rebound.lookup.StatisticsLookups;
import dev.rebound.lookup.StatisticsLookups.Found;
import dev.rebound.lookup.StatisticsLookups.Frame;
import dev.rebound.statistics.Counts;
import dev.rebound.statistics.Subject;
import dev.rebound.statistics.Subject.Kind;
import dev.rebound.statistics.WindowSize;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.NotFoundResponse;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Routes that show statistics. Every instance answers for all domains and providers. */
public final class StatisticsRoutes {

    private static final String FROM = "from";
    private static final String TO = "to";
    private static final String TENANT = "tenant";
    private static final String COMPARE = "compare";
    private static final String COMPARE_FROM = "compareFrom";
    private static final String COMPARE_TO = "compareTo";
    private static final String STEP = "step";
    private static final String ORDER = "order";
    private static final String LIMIT = "limit";
    private static final String SPARK = "spark";
    private static final String FORMAT = "format";
    private static final List<String> SPAN = List.of(FROM, TO, TENANT);
    private static final List<String> COMPARED = List.of(FROM, TO, TENANT, COMPARE_FROM, COMPARE_TO);
    private static final List<String> SERIES = List.of(FROM, TO, TENANT, STEP, FORMAT);
    private static final List<String> LISTED =
            List.of(FROM, TO, TENANT, COMPARE_FROM, COMPARE_TO, ORDER, LIMIT, SPARK, FORMAT);
    private static final List<String> SEEN = List.of(FROM, TO, TENANT, LIMIT);

    /** So many rows have a series of their own at most. */
    private static final int MOST_SPARKS = 100;

    private static final int MOST_ROWS = 1_000_000;
    private static final int THREADS = 8;
    private static final int QUEUED = 64;

    private final StatisticsLookups lookups;
    private final UnaryOperator<String> providerNames;
    private final WaitingRequests threads = new WaitingRequests("statistics", THREADS, QUEUED);

    private StatisticsRoutes(StatisticsLookups lookups, UnaryOperator<String> providerNames) {
        this.lookups = lookups;
        this.providerNames = providerNames;
    }

    /**
     * Below {@code /api/v1}: {@code overview}, {@code series}, {@code domains}, {@code providers}, where a code was seen, and what
     * instances ask each other.
     *
     * @param providerNames the name to show for a provider
     */
    public static List<Route> of(StatisticsLookups lookups, UnaryOperator<String> providerNames) {
        StatisticsRoutes routes = new StatisticsRoutes(lookups, providerNames);
        return List.of(
                Route.get("/api/v1/overview", Access.READ, routes::overview),
                Route.get("/api/v1/series", Access.READ, routes::series),
                Route.get("/api/v1/domains", Access.READ, context -> routes.list(context, Kind.DOMAIN)),
                Route.get("/api/v1/providers", Access.READ, context -> routes.list(context, Kind.PROVIDER)),
                Route.get("/api/v1/domains/{name}", Access.READ, context -> routes.one(context, Kind.DOMAIN)),
                Route.get("/api/v1/providers/{name}", Access.READ, context -> routes.one(context, Kind.PROVIDER)),
                Route.get(
                        "/api/v1/domains/{name}/series",
                        Access.READ,
                        context -> routes.seriesOfOne(context, Kind.DOMAIN)),
                Route.get(
                        "/api/v1/providers/{name}/series",
                        Access.READ,
                        context -> routes.seriesOfOne(context, Kind.PROVIDER)),
                Route.get("/api/v1/codes/{code}/domains", Access.READ, routes::seen),
                LookupAnswers.peers(StatisticsLookups.PEER_PATH, lookups::answerPeer));
    }

    private Frame frame(Map<String, String> query) throws InvalidLookupException {
        return lookups.frame(query.get(FROM), query.get(TO), query.get(TENANT), "");
    }

    /** The span to compare with; empty when none is given. */
    private Optional<Frame> compared(Map<String, String> query) throws InvalidLookupException {
        if (!query.containsKey(COMPARE_FROM) && !query.containsKey(COMPARE_TO)) {
            return Optional.empty();
        }
        return Optional.of(lookups.frame(query.get(COMPARE_FROM), query.get(COMPARE_TO), query.get(TENANT), COMPARE));
    }

    private void overview(Context context) {
        Map<String, String> query = Query.read(context, COMPARED);
        LookupAnswers.answer(threads, context, () -> {
            Frame frame = frame(query);
            Found<Counts> totals = lookups.totals(frame);
            ObjectNode json = StatisticsJson.about(frame.span(), lookups.watermark(), totals.staleness());
            json.set("totals", StatisticsJson.explained(totals.value()));
            Optional<Frame> before = compared(query);
            if (before.isPresent()) {
                json.set(
                        "before",
                        StatisticsJson.explained(lookups.totals(before.get()).value()));
            }
            return json.put("folded", folded(frame));
        });
    }

    /** Events of domains that have no rows of their own. */
    private long folded(Frame frame) {
        return lookups.byName(Kind.DOMAIN, List.of(Subject.OTHER_DOMAINS), frame).value().values().stream()
                .mapToLong(Counts::attempts)
                .sum();
    }

    private void series(Context context) {
        Map<String, String> query = Query.read(context, SERIES);
        WindowSize step = step(query);
        answerSeries(context, query, step, frame -> lookups.series(frame, step), json -> {});
    }

    private void seriesOfOne(Context context, Kind kind) {
        Map<String, String> query = Query.read(context, SERIES);
        WindowSize step = step(query);
        String name = name(context);
        answerSeries(
                context,
                query,
                step,
                frame -> lookups.series(kind, name, frame, step),
                json -> json.put(member(kind), name));
    }

    /** Finds a series. */
    @FunctionalInterface
    private interface Series {
        Found<TreeMap<Long, Counts>> of(Frame frame) throws InvalidLookupException;
    }

    /** Adds to an answer. */
    @FunctionalInterface
    private interface Addition {
        void to(ObjectNode json);
    }

    private void answerSeries(
            Context context, Map<String, String> query, WindowSize step, Series series, Addition addition) {
        Format format = Query.oneOf(query, FORMAT, Format.JSON, Format.values());
        LookupAnswers.send(threads, context, () -> {
            Frame frame = frame(query);
            Found<TreeMap<Long, Counts>> found = series.of(frame);
            if (format == Format.CSV) {
                StatisticsCsv.series(found.value()).send(context, "series");
                return;
            }
            ObjectNode json = StatisticsJson.about(frame.span(), lookups.watermark(), found.staleness());
            addition.to(json);
            json.put("step", step.text());
            json.set("points", StatisticsJson.points(found.value()));
            context.json(json);
        });
    }

    /** How an answer is written. */
    private enum Format {
        JSON,
        CSV
    }

    private static WindowSize step(Map<String, String> query) {
        return query.containsKey(STEP) ? size(query, STEP) : WindowSize.HOUR;
    }

    private static WindowSize size(Map<String, String> query, String parameter) {
        WindowSize size = WindowSize.of(query.get(parameter).toUpperCase(Locale.ROOT));
        if (size == null) {
            throw Query.refused(parameter, query.get(parameter), "PT1M, PT1H or P1D");
        }
        return size;
    }

    private void list(Context context, Kind kind) {
        Map<String, String> query = Query.read(context, LISTED);
        Measure order = order(query);
        int limit = Query.number(query, LIMIT, MOST_ROWS, MOST_ROWS);
        Format format = Query.oneOf(query, FORMAT, Format.JSON, Format.values());
        WindowSize spark = query.containsKey(SPARK) ? size(query, SPARK) : null;
        LookupAnswers.send(threads, context, () -> {
            Frame frame = frame(query);
            Found<Map<String, Counts>> found = lookups.byName(kind, frame);
            List<Map.Entry<String, Counts>> rows = found.value().entrySet().stream()
                    .sorted(Map.Entry.<String, Counts>comparingByValue(order.highestFirst())
                            .thenComparing(Map.Entry.comparingByKey()))
                    .limit(limit)
                    .toList();
            if (format == Format.CSV) {
                StatisticsCsv.subjects(kind, rows).send(context, member(kind) + "s");
                return;
            }
            ObjectNode json = StatisticsJson.about(frame.span(), lookups.watermark(), found.staleness());
            Counts others = found.value().get(Subject.OTHER_DOMAINS);
            json.put("folded", others == null ? 0 : others.attempts());
            json.put("more", found.value().size() - rows.size());
            rows(json.putArray(member(kind) + "s"), kind, rows, new Additions(frame, spark, compared(query)));
            context.json(json);
        });
    }

    private static Measure order(Map<String, String> query) {
        String text = query.get(ORDER);
        return text == null
                ? Measure.ATTEMPTS
                : Measure.of(text).orElseThrow(() -> Query.refused(ORDER, text, "one of " + Measure.texts()));
    }

    /** What rows of a list have beside their figures. */
    private record Additions(Frame frame, WindowSize spark, Optional<Frame> before) {}

    private void rows(ArrayNode json, Kind kind, List<Map.Entry<String, Counts>> rows, Additions additions)
            throws InvalidLookupException {
        List<String> names = rows.stream().map(Map.Entry::getKey).toList();
        Map<String, TreeMap<Long, Counts>> sparks = additions.spark() == null
                ? Map.of()
                : lookups.sparks(
                                kind,
                                names.subList(0, Math.min(MOST_SPARKS, names.size())),
                                additions.frame(),
                                additions.spark())
                        .value();
        Map<String, Counts> before = new HashMap<>();
        if (additions.before().isPresent()) {
            before.putAll(lookups.byName(kind, additions.before().get()).value());
        }
        for (Map.Entry<String, Counts> row : rows) {
            Counts counts = row.getValue();
            ObjectNode shown = subject(json.addObject(), kind, row.getKey(), counts);
            StatisticsJson.figures(shown, counts);
            shown.put("topCategory", counts.topCategory());
            shown.put("topScope", StatisticsJson.scope(counts.topCategory()));
            if (sparks.containsKey(row.getKey())) {
                shown.set("spark", StatisticsJson.spark(additions.spark(), sparks.get(row.getKey())));
            }
            if (additions.before().isPresent()) {
                shown.set("before", StatisticsJson.figures(before.getOrDefault(row.getKey(), new Counts())));
            }
        }
    }

    /** A domain and who hosts it, or a provider and its name to show. */
    private ObjectNode subject(ObjectNode json, Kind kind, String name, Counts counts) {
        if (kind == Kind.DOMAIN) {
            return json.put("domain", name).put("provider", counts.provider());
        }
        return json.put("provider", name).put("name", providerNames.apply(name));
    }

    private void one(Context context, Kind kind) {
        Map<String, String> query = Query.read(context, COMPARED);
        String name = name(context);
        LookupAnswers.answer(threads, context, () -> {
            Frame frame = frame(query);
            Found<Map<String, Counts>> found = lookups.byName(kind, List.of(name), frame);
            Counts counts = found.value().get(name);
            if (counts == null) {
                throw new NotFoundResponse("nothing was counted of this " + member(kind) + " in this span; /api/v1/"
                        + member(kind) + "s lists those that have counts");
            }
            ObjectNode json = StatisticsJson.about(frame.span(), lookups.watermark(), found.staleness());
            subject(json, kind, name, counts);
            json.set("totals", StatisticsJson.figures(counts));
            Optional<Frame> before = compared(query);
            if (before.isPresent()) {
                Counts earlier = lookups.byName(kind, List.of(name), before.get())
                        .value()
                        .get(name);
                json.set("before", StatisticsJson.figures(earlier == null ? new Counts() : earlier));
            }
            json.set("categories", StatisticsJson.categories(counts));
            json.set("scopes", StatisticsJson.scopes(counts));
            json.set("codes", StatisticsJson.codes(counts));
            json.set(
                    "details",
                    StatisticsJson.details(lookups.details(kind, name, frame).value(), lookups.detailsSpan(frame)));
            return json;
        });
    }

    private void seen(Context context) {
        Map<String, String> query = Query.read(context, SEEN);
        int limit = Query.number(query, LIMIT, MOST_ROWS, MOST_ROWS);
        String code = context.pathParam("code");
        LookupAnswers.answer(threads, context, () -> {
            Frame frame = frame(query);
            Found<Map<String, Counts>> found = lookups.withCode(code, frame);
            ObjectNode json = StatisticsJson.about(frame.span(), lookups.watermark(), found.staleness());
            json.put("code", code);
            json.put(
                    "events",
                    found.value().values().stream()
                            .mapToLong(counts -> events(counts, code))
                            .sum());
            ArrayNode domains = json.putArray("domains");
            found.value().entrySet().stream()
                    .sorted(Comparator.<Map.Entry<String, Counts>>comparingLong(row -> events(row.getValue(), code))
                            .reversed()
                            .thenComparing(Map.Entry.comparingByKey()))
                    .limit(limit)
                    .forEach(row -> domains.addObject()
                            .put("domain", row.getKey())
                            .put("provider", row.getValue().provider())
                            .put("events", events(row.getValue(), code)));
            return json;
        });
    }

    private static long events(Counts counts, String code) {
        return counts.codes().getOrDefault(code, 0L);
    }

    /** Domains are kept in lower case. */
    private static String name(Context context) {
        return context.pathParam("name").toLowerCase(Locale.ROOT);
    }

    private static String member(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /** Whether a request is for what an answer would be like, not for the answer. */
    static boolean isHead(Context context) {
        return context.method() == HandlerType.HEAD;
    }
}
