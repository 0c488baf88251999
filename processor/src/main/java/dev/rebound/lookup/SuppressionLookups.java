package dev.rebound.lookup;

import dev.rebound.address.InvalidAddressException;
import dev.rebound.event.Tenants;
import dev.rebound.lookup.AddressKeys.Placed;
import dev.rebound.lookup.InvalidLookupException.Mistake;
import dev.rebound.lookup.Verdicts.Verdict;
import dev.rebound.schema.Suppression;
import dev.rebound.suppress.Decision;
import dev.rebound.suppress.Erasure;
import dev.rebound.suppress.History;
import dev.rebound.suppress.Policy;
import dev.rebound.suppress.RuleProgress;
import dev.rebound.suppress.SuppressionKey;
import dev.rebound.suppress.SuppressionList;
import dev.rebound.topology.AddressRows;
import dev.rebound.topology.SuppressionSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Looks up suppressions of all addresses, whichever instance holds them. Answers are of the state as it is now, which the feed follows
 * within a commit interval. Can be asked from any thread at any time; while the instance starts, it throws {@link
 * UnavailableException}.
 */
public final class SuppressionLookups implements AutoCloseable {

    /** Where instances ask each other. */
    public static final String PEER_PATH = "/api/v1/suppressions/peer";

    /** So many addresses can be checked at a time. */
    public static final int MOST_CHECKED = 10_000;

    /** So many suppressions are on a page at most. */
    public static final int MOST_LISTED = 1_000;

    private static final Duration LISTING = Duration.ofSeconds(2);
    private static final Duration EXPORT_PATIENCE = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(250);

    /** The one that lasts longest; of equal ones the earliest. */
    private static final Comparator<Suppression> STRONGEST = Comparator.comparing(
                    (Suppression suppression) ->
                            suppression.getExpires() == null ? Instant.MAX : suppression.getExpires(),
                    Comparator.reverseOrder())
            .thenComparing(Suppression::getSince);

    private final RoutedRows rows;
    private final LocalRows local;
    private final Decider decider;
    private final Optional<Erasure> erasure;
    private final Parts parts;

    /**
     * Look-ups of an instance.
     *
     * @param running what holds the state; gives null while there is nothing
     * @param peers how to reach the other instances
     * @param settings how the topology suppresses
     * @param clock tells the time
     */
    public SuppressionLookups(
            Supplier<RunningStreams> running, PeerSettings peers, SuppressionSettings settings, Clock clock) {
        this(
                new StreamsView(running),
                new HttpPeers(peers, PEER_PATH),
                new Decider(settings.policies(), clock),
                settings.erasure(),
                peers.bodyBytes());
    }

    /** @param bodyBytes largest question that another instance takes */
    SuppressionLookups(ClusterView view, Peers peers, Decider decider, Optional<Erasure> erasure, int bodyBytes) {
        this.local = new LocalRows(view, new AddressReader(decider));
        this.rows = new RoutedRows(view, local, peers);
        this.decider = decider;
        this.erasure = erasure;
        this.parts = new Parts(rows, bodyBytes);
    }

    /**
     * What stands against writing to an address.
     *
     * @param tenant whose mail; null for the tenant that is called {@code default}
     * @param stream kind of mail within the tenant; null when not told apart
     * @param address an address, {@code @domain}, or {@code hash:} and the hash of an erased address
     * @throws InvalidLookupException when one of them cannot be
     * @throws UnavailableException when nobody can answer
     */
    public Checked check(String tenant, String stream, String address) throws InvalidLookupException {
        List<Mistake> mistakes = new ArrayList<>();
        List<SuppressionList> lists = lists(tenant, stream, mistakes);
        String normal = normal(address, mistakes);
        refuse(mistakes);
        List<Placed> keys = keys().all(lists, normal);
        Parts.Gathered found = parts.gather(keys);
        return new Checked(normal, decided(keys, found.rows()), found.staleness());
    }

    /**
     * Which of these addresses may not be written to. What is no address has an error as its result.
     *
     * @param tenant as in {@link #check}
     * @param stream as in {@link #check}
     * @param addresses at most {@value #MOST_CHECKED}
     * @throws InvalidLookupException when tenant or stream cannot be, or there are too many addresses
     * @throws UnavailableException when nobody can answer for at least one of them
     */
    public Verdicts checkAll(String tenant, String stream, List<String> addresses) throws InvalidLookupException {
        List<Mistake> mistakes = new ArrayList<>();
        List<SuppressionList> lists = lists(tenant, stream, mistakes);
        if (addresses.size() > MOST_CHECKED) {
            mistakes.add(new Mistake(
                    "addresses",
                    addresses.size() + " addresses (expected: at most " + MOST_CHECKED + " in a request)"));
        }
        refuse(mistakes);
        AddressKeys places = keys();
        List<List<Placed>> keys = new ArrayList<>();
        List<Optional<String>> errors = new ArrayList<>();
        Set<Placed> wanted = new LinkedHashSet<>();
        for (String address : addresses) {
            List<Mistake> wrong = new ArrayList<>();
            String normal = normal(address, wrong);
            List<Placed> own = normal == null ? List.of() : places.all(lists, normal);
            keys.add(own);
            errors.add(wrong.stream().map(Mistake::detail).findFirst());
            wanted.addAll(own);
        }
        Parts.Gathered found = parts.gather(wanted);
        List<Verdict> results = new ArrayList<>();
        for (int i = 0; i < addresses.size(); i++) {
            results.add(new Verdict(
                    addresses.get(i),
                    decided(keys.get(i), found.rows()).stream().findFirst(),
                    errors.get(i)));
        }
        return new Verdicts(results, found.staleness());
    }

    /**
     * All that is known of an address on a list.
     *
     * @param list as in keys; null for that of the tenant that is called {@code default}
     * @param address as in {@link #check}
     * @throws InvalidLookupException when one of them cannot be
     * @throws UnavailableException when nobody can answer
     */
    public AddressHistory history(String list, String address) throws InvalidLookupException {
        List<Mistake> mistakes = new ArrayList<>();
        SuppressionList parsed = list(list == null ? Tenants.DEFAULT : list, mistakes);
        String normal = normal(address, mistakes);
        refuse(mistakes);
        List<Placed> keys = keys().own(parsed, normal);
        Parts.Gathered found = parts.gather(keys);
        SuppressionKey key = keys.stream()
                .map(Placed::key)
                .filter(candidate -> found.rows().containsKey(candidate.text()))
                .findFirst()
                .orElse(keys.get(0).key());
        Row row = found.rows().get(key.text());
        History history = row == null ? History.EMPTY : AddressRows.history(row.value());
        Policy policy = decider.policies().of(parsed.tenant());
        long now = decider.clock().millis();
        return new AddressHistory(
                key,
                history,
                Decision.of(key, history, policy, now),
                policy,
                RuleProgress.of(key, history, policy, now),
                found.staleness());
    }

    /**
     * A page of the suppressions that a filter lets pass. It can have fewer than the limit, even none, and still a cursor: one call
     * looks at rows for two seconds at most. What is suppressed all the while is on exactly one of the pages that follow each other.
     *
     * @param limit so many at most, 1 to {@value #MOST_LISTED}
     * @param cursor of the page before; null for the first page
     * @throws InvalidLookupException when limit or cursor cannot be, as when the cursor is another filter's
     * @throws UnavailableException when nobody can answer
     */
    public Page list(SuppressionFilter filter, int limit, String cursor) throws InvalidLookupException {
        if (limit < 1 || limit > MOST_LISTED) {
            throw new InvalidLookupException("limit", limit + " (expected: 1 to " + MOST_LISTED + ")");
        }
        int partitions = rows.partitions();
        Cursor at = cursor == null ? Cursor.BEGINNING : Cursor.parse(cursor, filter, partitions);
        long end = System.nanoTime() + LISTING.toNanos();
        List<Suppression> listed = new ArrayList<>();
        Map<Integer, Staleness> stale = new TreeMap<>();
        do {
            Answer answer =
                    rows.answer(new Question.Range(at.partition(), at.after(), filter, limit - listed.size()), true);
            answer.rows().forEach(row -> decider.suppression(row).ifPresent(listed::add));
            answer.staleness().ifPresent(why -> stale.put(why.partition(), why));
            at = next(at, answer);
        } while (at.partition() < partitions && listed.size() < limit && System.nanoTime() < end);
        return new Page(
                listed,
                at.partition() < partitions ? Optional.of(at.text(filter)) : Optional.empty(),
                List.copyOf(stale.values()));
    }

    private static Cursor next(Cursor at, Answer answer) {
        return answer.next().map(after -> new Cursor(at.partition(), after)).orElse(new Cursor(at.partition() + 1, ""));
    }

    /**
     * Some rows of an export.
     *
     * @param suppressions in the order of the state; can be none
     * @param stale they are from a copy of the state
     */
    public record Exported(List<Suppression> suppressions, boolean stale) {

        /** Copies the list. */
        public Exported {
            suppressions = List.copyOf(suppressions);
        }
    }

    /**
     * Gives all suppressions that a filter lets pass, each once, from the instances that process them.
     *
     * @throws UnavailableException when nobody could answer for some time; what was given until then is not all
     */
    public void export(SuppressionFilter filter, Consumer<Suppression> consumer) {
        export(filter, false, part -> part.suppressions().forEach(consumer));
    }

    /**
     * As {@link #export(SuppressionFilter, Consumer)}, in parts of bounded size, so that a consumer can tell how it gets on.
     *
     * @param copies copies of the state will do where the instance that processes it does not answer
     */
    public void export(SuppressionFilter filter, boolean copies, Consumer<Exported> consumer) {
        int partitions = rows.partitions();
        Cursor at = Cursor.BEGINNING;
        while (at.partition() < partitions) {
            Answer answer = patiently(new Question.Range(at.partition(), at.after(), filter, MOST_LISTED), copies);
            List<Suppression> suppressions = answer.rows().stream()
                    .flatMap(row -> decider.suppression(row).stream())
                    .toList();
            consumer.accept(new Exported(suppressions, answer.staleness().isPresent()));
            at = next(at, answer);
        }
    }

    /** A partition that is being moved is back soon. */
    private Answer patiently(Question question, boolean copies) {
        long end = System.nanoTime() + EXPORT_PATIENCE.toNanos();
        while (true) {
            try {
                return rows.answer(question, copies);
            } catch (UnavailableException e) {
                if (e.isNotReady()
                        || System.nanoTime() > end
                        || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
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
        if (!(asked.question() instanceof Question.Keys || asked.question() instanceof Question.Range)) {
            throw new InvalidLookupException("", "no question about suppressions (expected: keys, or a range)");
        }
        return local.answer(asked.question(), asked.copies()).map(Wire::answer);
    }

    private AddressKeys keys() {
        return new AddressKeys(rows.partitions(), erasure);
    }

    /** The strongest first. */
    private List<Suppression> decided(List<Placed> keys, Map<String, Row> found) {
        return keys.stream()
                .map(Placed::key)
                .distinct()
                .map(key -> found.get(key.text()))
                .filter(row -> row != null)
                .flatMap(row -> decider.suppression(row).stream())
                .sorted(STRONGEST)
                .toList();
    }

    /** The most special first. */
    private static List<SuppressionList> lists(String tenant, String stream, List<Mistake> mistakes) {
        String name = tenant == null ? Tenants.DEFAULT : tenant;
        List<SuppressionList> lists = new ArrayList<>();
        if (!Tenants.isValid(name)) {
            mistakes.add(new Mistake("tenant", "this is no tenant's name (expected: " + Tenants.EXPECTED + ")"));
            return lists;
        }
        if (stream != null && stream.isEmpty()) {
            mistakes.add(new Mistake("stream", "empty (expected: a name, or no such parameter)"));
        } else if (stream != null) {
            lists.add(new SuppressionList(name, stream));
        }
        lists.add(SuppressionList.of(name));
        lists.add(SuppressionList.ALL);
        return lists;
    }

    private static SuppressionList list(String text, List<Mistake> mistakes) {
        try {
            return SuppressionList.parse(text);
        } catch (IllegalArgumentException e) {
            mistakes.add(new Mistake("list", "this is no list (expected: *, a tenant, or tenant/stream)"));
            return null;
        }
    }

    /** Null, and a mistake, when it is no address. */
    private static String normal(String address, List<Mistake> mistakes) {
        try {
            return SuppressionKey.normalised(address);
        } catch (InvalidAddressException e) {
            mistakes.add(new Mistake("address", e.getMessage()));
            return null;
        }
    }

    private static void refuse(List<Mistake> mistakes) throws InvalidLookupException {
        if (!mistakes.isEmpty()) {
            throw new InvalidLookupException(mistakes);
        }
    }

    @Override
    public void close() {
        parts.close();
    }
}
