package dev.rebound.lookup;

import dev.rebound.event.Tenants;
import dev.rebound.lookup.InvalidLookupException.Mistake;
import dev.rebound.statistics.Counts;
import dev.rebound.statistics.Details;
import dev.rebound.statistics.Span;
import dev.rebound.statistics.Subject;
import dev.rebound.statistics.WindowSize;
import dev.rebound.topology.StatisticsSettings;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Looks up statistics of all subjects, whichever instance holds them. Hours and days follow minutes within the time of a roll-up. Can be
 * asked from any thread at any time; while the instance starts, it throws {@link UnavailableException}.
 */
public final class StatisticsLookups implements AutoCloseable {

    /** Where instances ask each other. */
    public static final String PEER_PATH = "/api/v1/statistics/peer";

    /** A series has so many windows at most. */
    public static final int MOST_WINDOWS = 3_000;

    /** So many domains fit into an answer: each takes less than a kilobyte while it is made. */
    private static final int MOST_SUMS = 300_000;

    private final RoutedRows rows;
    private final LocalRows local;
    private final Parts parts;
    private final Spans spans;
    private final Clock clock;

    /**
     * Look-ups of an instance.
     *
     * @param running what holds the state; gives null while there is nothing
     * @param peers how to reach the other instances
     * @param settings how long rows are kept
     * @param clock tells the time
     */
    public StatisticsLookups(
            Supplier<RunningStreams> running, PeerSettings peers, StatisticsSettings settings, Clock clock) {
        this(new StreamsView(running), new HttpPeers(peers, PEER_PATH), settings, clock, peers.bodyBytes());
    }

    /** @param bodyBytes largest question that another instance takes */
    StatisticsLookups(ClusterView view, Peers peers, StatisticsSettings settings, Clock clock, int bodyBytes) {
        this.local = new LocalRows(view, new SumsReader());
        this.rows = new RoutedRows(view, local, peers);
        this.parts = new Parts(rows, bodyBytes);
        this.spans = new Spans(settings, clock);
        this.clock = clock;
    }

    /**
     * Whose mail, and when.
     *
     * @param span the span, widened to what is kept of that time
     * @param tenant whose; null for all tenants together
     */
    public record Frame(Span span, String tenant) {}

    /**
     * A frame as it is written.
     *
     * @param from first moment, ISO 8601, or {@code all}; null or empty is {@code all}
     * @param to the moment behind the last one, as from
     * @param tenant whose; null or empty for all tenants together
     * @param prefix what the names of the two parameters of the span begin with when they are not {@code from} and {@code to}; or empty
     * @throws InvalidLookupException when one of them cannot be
     */
    public Frame frame(String from, String to, String tenant, String prefix) throws InvalidLookupException {
        List<Mistake> mistakes = new ArrayList<>();
        Span span = spans.parse(
                new Spans.Parameter(prefix.isEmpty() ? "from" : prefix + "From", from),
                new Spans.Parameter(prefix.isEmpty() ? "to" : prefix + "To", to),
                mistakes);
        boolean together = tenant == null || tenant.isEmpty();
        if (!together && !Tenants.isValid(tenant)) {
            mistakes.add(new Mistake("tenant", "this is no tenant's name (expected: " + Tenants.EXPECTED + ")"));
        }
        if (!mistakes.isEmpty()) {
            throw new InvalidLookupException(mistakes);
        }
        return new Frame(span, together ? null : tenant);
    }

    /** What was found, and from which partitions it may be stale. */
    public record Found<T>(T value, List<Staleness> staleness) {

        /** Copies the list. */
        public Found {
            staleness = List.copyOf(staleness);
        }
    }

    /** Counts of all subjects together: of providers, which are fewer than domains and add up to the same. */
    public Found<Counts> totals(Frame frame) {
        Found<Map<SumKey, Counts>> found = sums(wanted(Subject.Kind.PROVIDER, List.of(), frame, WindowSize.MINUTE)
                .counts(false, false, null));
        return map(found, sums -> sums.values().stream().findFirst().orElseGet(Counts::new));
    }

    /** Counts of each subject that has some, by name. */
    public Found<Map<String, Counts>> byName(Subject.Kind kind, Frame frame) {
        return byName(kind, List.of(), frame, null);
    }

    /** Counts of these subjects, by name; those without any are left out. */
    public Found<Map<String, Counts>> byName(Subject.Kind kind, List<String> names, Frame frame) {
        return names.isEmpty() ? new Found<>(Map.of(), List.of()) : byName(kind, names, frame, null);
    }

    /** For each domain how many of its deferrals and bounces had a code. */
    public Found<Map<String, Counts>> withCode(String code, Frame frame) {
        return byName(Subject.Kind.DOMAIN, List.of(), frame, code);
    }

    private Found<Map<String, Counts>> byName(Subject.Kind kind, List<String> names, Frame frame, String code) {
        Found<Map<SumKey, Counts>> found =
                sums(wanted(kind, names, frame, WindowSize.MINUTE).counts(true, false, code));
        return map(found, sums -> {
            Map<String, Counts> named = new HashMap<>();
            sums.forEach((key, counts) -> named.put(key.name(), counts));
            return named;
        });
    }

    /**
     * Counts of all subjects together in each window that has some, by its start in epoch milliseconds.
     *
     * @throws InvalidLookupException when there would be too many windows
     */
    public Found<TreeMap<Long, Counts>> series(Frame frame, WindowSize step) throws InvalidLookupException {
        return series(Subject.Kind.PROVIDER, List.of(), frame, step);
    }

    /**
     * Counts of one subject in each window that has some, by its start in epoch milliseconds.
     *
     * @throws InvalidLookupException when there would be too many windows
     */
    public Found<TreeMap<Long, Counts>> series(Subject.Kind kind, String name, Frame frame, WindowSize step)
            throws InvalidLookupException {
        return series(kind, List.of(name), frame, step);
    }

    private Found<TreeMap<Long, Counts>> series(Subject.Kind kind, List<String> names, Frame frame, WindowSize step)
            throws InvalidLookupException {
        refuseTooMany(frame, step, "step");
        Found<Map<SumKey, Counts>> found = sums(wanted(kind, names, frame, step).counts(false, true, null));
        return map(found, sums -> {
            TreeMap<Long, Counts> windows = new TreeMap<>();
            sums.forEach((key, counts) -> windows.put(key.start(), counts));
            return windows;
        });
    }

    /**
     * For each of these subjects its counts in each window that has some, by name and start in epoch milliseconds.
     *
     * @throws InvalidLookupException when there would be too many windows
     */
    public Found<Map<String, TreeMap<Long, Counts>>> sparks(
            Subject.Kind kind, List<String> names, Frame frame, WindowSize step) throws InvalidLookupException {
        refuseTooMany(frame, step, "spark");
        if (names.isEmpty()) {
            return new Found<>(Map.of(), List.of());
        }
        Found<Map<SumKey, Counts>> found = sums(wanted(kind, names, frame, step).counts(true, true, null));
        return map(found, sums -> {
            Map<String, TreeMap<Long, Counts>> named = new HashMap<>();
            sums.forEach((key, counts) ->
                    named.computeIfAbsent(key.name(), first -> new TreeMap<>()).put(key.start(), counts));
            return named;
        });
    }

    /**
     * Refuses a step that gives too many windows.
     *
     * @param parameter name of the parameter that the step is given by
     * @throws InvalidLookupException when there would be too many
     */
    public static void refuseTooMany(Frame frame, WindowSize step, String parameter) throws InvalidLookupException {
        Span whole = frame.span().widenedTo(step);
        boolean open = whole.from() == Span.OPEN_FROM || whole.to() == Span.OPEN_TO;
        if (step != WindowSize.DAY && (open || (whole.to() - whole.from()) / step.millis() > MOST_WINDOWS)) {
            throw new InvalidLookupException(
                    parameter,
                    step.text() + " gives too many points for the span (expected: at most " + MOST_WINDOWS
                            + "; take a longer step, or a shorter span)");
        }
    }

    /** Sketches and replies of one subject, from whole hours. */
    public Found<Details> details(Subject.Kind kind, String name, Frame frame) {
        Frame hours = new Frame(detailsSpan(frame), frame.tenant());
        Found<Map<SumKey, Details>> found = gather(
                wanted(kind, List.of(name), hours, WindowSize.HOUR).details(),
                Details::new,
                Details::parse,
                Details::add);
        return map(found, sums -> sums.values().stream().findFirst().orElseGet(Details::new));
    }

    /** The whole hours that {@link #details} are of. */
    public Span detailsSpan(Frame frame) {
        return frame.span().widenedTo(WindowSize.HOUR);
    }

    /** Latest event time counted so far, of events that are not in the future; empty when there is none. */
    public Optional<Instant> watermark() {
        long now = clock.millis();
        return ask(partition -> new Question.Latest(partition, Subject.Kind.PROVIDER, now)).stream()
                .flatMap(answer -> answer.rows().stream())
                .map(row -> Instant.ofEpochMilli(Long.parseLong(row.key())))
                .max(Instant::compareTo);
    }

    /** Counts of each subject whose partition this instance processes, by name; empty while it processes none. */
    public Map<String, Counts> processedHere(Subject.Kind kind, Frame frame) {
        SumsWanted wanted = wanted(kind, List.of(), frame, WindowSize.MINUTE).counts(true, false, null);
        Map<String, Counts> sums = new HashMap<>();
        for (int partition = 0; partition < rows.partitions(); partition++) {
            local.answer(new Question.Sums(partition, wanted), false).ifPresent(answer -> answer.rows()
                    .forEach(row -> sums.computeIfAbsent(SumKey.parse(row.key()).name(), first -> Counts.ofMany())
                            .add(Counts.parse(row.value()))));
        }
        return sums;
    }

    private static Wish wanted(Subject.Kind kind, List<String> names, Frame frame, WindowSize finest) {
        return new Wish(kind, names, frame, finest);
    }

    /** The beginning of a {@link SumsWanted}. */
    private record Wish(Subject.Kind kind, List<String> names, Frame frame, WindowSize finest) {

        SumsWanted counts(boolean byName, boolean byWindow, String code) {
            return new SumsWanted(kind, names, frame.tenant(), frame.span(), finest, byName, byWindow, code, false);
        }

        SumsWanted details() {
            return new SumsWanted(kind, names, frame.tenant(), frame.span(), finest, false, false, null, true);
        }
    }

    private Found<Map<SumKey, Counts>> sums(SumsWanted wanted) {
        return gather(wanted, Counts::ofMany, Counts::parse, Counts::add);
    }

    private <T> Found<Map<SumKey, T>> gather(
            SumsWanted wanted, Supplier<T> none, Function<byte[], T> parse, BiConsumer<T, T> add) {
        Map<SumKey, T> sums = new HashMap<>();
        List<Staleness> stale = new ArrayList<>();
        for (Answer answer : ask(partition -> new Question.Sums(partition, wanted))) {
            answer.staleness().ifPresent(stale::add);
            for (Row row : answer.rows()) {
                add.accept(
                        sums.computeIfAbsent(SumKey.parse(row.key()), first -> none.get()), parse.apply(row.value()));
            }
            if (sums.size() > MOST_SUMS) {
                throw UnavailableException.tooMany();
            }
        }
        return new Found<>(sums, stale);
    }

    private List<Answer> ask(Function<Integer, Question> question) {
        return parts.answers(
                IntStream.range(0, rows.partitions()).mapToObj(question::apply).toList());
    }

    private static <T, R> Found<R> map(Found<T> found, Function<T, R> change) {
        return new Found<>(change.apply(found.value()), found.staleness());
    }

    /**
     * Answers another instance from what this one holds itself: such a question is never passed on.
     *
     * @param question what it asks
     * @return empty when this instance does not hold the partition
     * @throws InvalidLookupException when it is no question
     * @throws UnavailableException when this instance is not ready
     */
    public Optional<String> answerPeer(String question) throws InvalidLookupException {
        Wire.Asked asked = Wire.asked(question);
        if (!(asked.question() instanceof Question.Sums || asked.question() instanceof Question.Latest)) {
            throw new InvalidLookupException("", "no question about statistics (expected: sums, or latest)");
        }
        return local.answer(asked.question(), asked.copies()).map(Wire::answer);
    }

    @Override
    public void close() {
        parts.close();
    }
}
