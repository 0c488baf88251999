package dev.rebound.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rebound.address.EmailAddress;
import dev.rebound.address.InvalidAddressException;
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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

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
    private static final int LIST_THREADS = 2;
    private static final int QUEUED = 64;

    private final StatisticsLookups lookups;
    private final Supplier<Map<String, String>> providerNames;
    private final WaitingRequests threads = new WaitingRequests("statistics", THREADS, QUEUED);

    /** The counts of all domains take a lot of memory, which few requests at a time can have. */
    private final WaitingRequests lists = new WaitingRequests("statistics-list", LIST_THREADS, QUEUED);

    /** Adding up takes time, which the server's own threads do not have: health is told by them. */
    private final WaitingRequests peers = new WaitingRequests("statistics-peer", THREADS, QUEUED);

    private StatisticsRoutes(StatisticsLookups lookups, Supplier<Map<String, String>> providerNames) {
        this.lookups = lookups;
        this.providerNames = providerNames;
    }

    /**
     * Below {@code /api/v1}: {@code overview}, {@code series}, {@code domains}, {@code providers}, where a code was seen, and what
     * instances ask each other.
     *
     * @param providerNames the names to show for providers; one that has none is shown as it is called
     */
    public static List<Route> of(StatisticsLookups lookups, Supplier<Map<String, String>> providerNames) {
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
                LookupAnswers.peers(StatisticsLookups.PEER_PATH, routes.peers, lookups::answerPeer));
    }

    private Frame frame(Map<String, String> query) throws InvalidLookupException {
        return lookups.frame(query.get(FROM), query.get(TO), query.get(TENANT), "");
    }

    /** The span to compare with; empty when none is given. */
    private Optional<Frame> compared(Map<String, String> query) throws InvalidLookupException {
        String from = query.getOrDefault(COMPARE_FROM, "");
        String to = query.getOrDefault(COMPARE_TO, "");
        if (from.isEmpty() && to.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(lookups.frame(from, to, query.get(TENANT), COMPARE));
    }

    private void overview(Context context) {
        Map<String, String> query = Query.read(context, COMPARED);
        LookupAnswers.answer(threads, context, () -> {
            Frame frame = frame(query);
            Optional<Frame> before = compared(query);
            Found<Counts> totals = lookups.totals(frame);
            ObjectNode json = StatisticsJson.about(frame.span(), lookups.watermark(), totals.staleness());
            json.set("totals", StatisticsJson.explained(totals.value()));
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
        String name = name(context, kind);
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
                StatisticsCsv.sendSeries(context, found.value());
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
        LookupAnswers.send(kind == Kind.DOMAIN ? lists : threads, context, () -> {
            Frame frame = frame(query);
            Optional<Frame> before = compared(query);
            if (spark != null) {
                StatisticsLookups.refuseTooMany(frame, spark, SPARK);
            }
            Found<Map<String, Counts>> found = lookups.byName(kind, frame);
            List<Map.Entry<String, Counts>> rows = found.value().entrySet().stream()
                    .sorted(Map.Entry.<String, Counts>comparingByValue(order.highestFirst())
                            .thenComparing(Map.Entry.comparingByKey()))
                    .limit(limit)
                    .toList();
            if (format == Format.CSV) {
                StatisticsCsv.sendSubjects(context, kind, rows);
                return;
            }
            ObjectNode json = StatisticsJson.about(frame.span(), lookups.watermark(), found.staleness());
            Counts others = found.value().get(Subject.OTHER_DOMAINS);
            json.put("folded", others == null ? 0 : others.attempts());
            json.put("more", found.value().size() - rows.size());
            Additions additions = additions(kind, rows, frame, spark, before);
            StatisticsList.send(
                    context, json, member(kind) + "s", rows, row -> row(kind, row.getKey(), row.getValue(), additions));
        });
    }

    private static Measure order(Map<String, String> query) {
        String text = query.get(ORDER);
        return text == null
                ? Measure.ATTEMPTS
                : Measure.of(text).orElseThrow(() -> Query.refused(ORDER, text, "one of " + Measure.texts()));
    }

    /**
     * What rows of a list have beside their figures, by name.
     *
     * @param names the names to show for providers
     * @param step length of the windows of the short series; null when none are wanted
     * @param sparks the short series
     * @param before the counts to compare with; empty when nothing is compared
     */
    private record Additions(
            Map<String, String> names,
            WindowSize step,
            Map<String, TreeMap<Long, Counts>> sparks,
            Optional<Map<String, Counts>> before) {}

    private Additions additions(
            Kind kind, List<Map.Entry<String, Counts>> rows, Frame frame, WindowSize step, Optional<Frame> before)
            throws InvalidLookupException {
        Map<String, TreeMap<Long, Counts>> sparks = Map.of();
        if (step != null) {
            List<String> names =
                    rows.stream().limit(MOST_SPARKS).map(Map.Entry::getKey).toList();
            sparks = lookups.sparks(kind, names, frame, step).value();
        }
        return new Additions(names(kind), step, sparks, before.map(span -> lookups.byName(kind, span)
                .value()));
    }

    private ObjectNode row(Kind kind, String name, Counts counts, Additions additions) {
        ObjectNode json = subject(StatisticsJson.object(), kind, name, counts, additions.names());
        StatisticsJson.figures(json, counts);
        json.put("topCategory", counts.topCategory());
        json.put("topScope", StatisticsJson.scope(counts.topCategory()));
        if (additions.sparks().containsKey(name)) {
            json.set(
                    "spark",
                    StatisticsJson.spark(additions.step(), additions.sparks().get(name)));
        }
        if (additions.before().isPresent()) {
            json.set("before", StatisticsJson.figures(additions.before().get().getOrDefault(name, new Counts())));
        }
        return json;
    }

    /** A domain and who hosts it, or a provider and its name to show. */
    private static ObjectNode subject(
            ObjectNode json, Kind kind, String name, Counts counts, Map<String, String> names) {
        if (kind == Kind.DOMAIN) {
            return json.put("domain", name).put("provider", counts.provider());
        }
        return json.put("provider", name).put("name", names.getOrDefault(name, name));
    }

    private Map<String, String> names(Kind kind) {
        return kind == Kind.PROVIDER ? providerNames.get() : Map.of();
    }

    private void one(Context context, Kind kind) {
        Map<String, String> query = Query.read(context, COMPARED);
        String name = name(context, kind);
        LookupAnswers.answer(threads, context, () -> {
            Frame frame = frame(query);
            Optional<Frame> before = compared(query);
            Found<Map<String, Counts>> found = lookups.byName(kind, List.of(name), frame);
            Counts counts = found.value().get(name);
            if (counts == null) {
                throw new NotFoundResponse("nothing was counted of this " + member(kind) + " in this span; /api/v1/"
                        + member(kind) + "s lists those that have counts");
            }
            ObjectNode json = StatisticsJson.about(frame.span(), lookups.watermark(), found.staleness());
            subject(json, kind, name, counts, names(kind));
            json.set("totals", StatisticsJson.figures(counts));
            if (before.isPresent()) {
                Map<String, Counts> earlier =
                        lookups.byName(kind, List.of(name), before.get()).value();
                json.set("before", StatisticsJson.figures(earlier.getOrDefault(name, new Counts())));
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

    /** In which domains a code was seen. */
    private void seen(Context context) {
        Map<String, String> query = Query.read(context, SEEN);
        int limit = Query.number(query, LIMIT, MOST_ROWS, MOST_ROWS);
        String code = context.pathParam("code");
        LookupAnswers.send(lists, context, () -> {
            Frame frame = frame(query);
            Found<Map<String, Counts>> found = lookups.withCode(code, frame);
            List<Map.Entry<String, Counts>> rows = found.value().entrySet().stream()
                    .sorted(Comparator.<Map.Entry<String, Counts>>comparingLong(row -> events(row.getValue(), code))
                            .reversed()
                            .thenComparing(Map.Entry.comparingByKey()))
                    .limit(limit)
                    .toList();
            ObjectNode json = StatisticsJson.about(frame.span(), lookups.watermark(), found.staleness());
            json.put("code", code);
            json.put(
                    "events",
                    found.value().values().stream()
                            .mapToLong(counts -> events(counts, code))
                            .sum());
            json.put("more", found.value().size() - rows.size());
            StatisticsList.send(context, json, "domains", rows, row -> StatisticsJson.object()
                    .put("domain", row.getKey())
                    .put("provider", row.getValue().provider())
                    .put("events", events(row.getValue(), code)));
        });
    }

    private static long events(Counts counts, String code) {
        return counts.codes().getOrDefault(code, 0L);
    }

    /** As it is counted: a domain in A-label form, a provider in lower case. */
    private static String name(Context context, Kind kind) {
        String name = context.pathParam("name");
        if (kind == Kind.DOMAIN) {
            try {
                return EmailAddress.domain(name);
            } catch (InvalidAddressException e) {
                // What stands for other domains is counted like one, and is none.
                return name;
            }
        }
        return name.toLowerCase(Locale.ROOT);
    }

    private static String member(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /** Whether a request is for what an answer would be like, not for the answer. */
    static boolean isHead(Context context) {
        return context.method() == HandlerType.HEAD;
    }
}
