package dev.rebound.lookup;

import dev.rebound.schema.BounceType;
import dev.rebound.schema.Outcome;
import dev.rebound.schema.SuppressionAction;
import dev.rebound.schema.SuppressionReason;
import dev.rebound.schema.SuppressionSource;
import dev.rebound.statistics.Details;
import dev.rebound.statistics.Fact;
import dev.rebound.statistics.RowKey;
import dev.rebound.statistics.Subject;
import dev.rebound.statistics.Sums;
import dev.rebound.statistics.WindowSize;
import dev.rebound.suppress.Command;
import dev.rebound.suppress.Condition;
import dev.rebound.suppress.Erasure;
import dev.rebound.suppress.Evidence;
import dev.rebound.suppress.History;
import dev.rebound.suppress.Item;
import dev.rebound.suppress.Policies;
import dev.rebound.suppress.Policy;
import dev.rebound.suppress.Rule;
import dev.rebound.suppress.SuppressionKey;
import dev.rebound.suppress.SuppressionList;
import dev.rebound.topology.AddressRows;
import dev.rebound.topology.Partitions;
import dev.rebound.topology.StatisticsRows;
import dev.rebound.topology.StatisticsSettings;
import dev.rebound.topology.StoredRows;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * Instances 0, 1, ... that share partitions, without Kafka: partition p is processed by instance p modulo their number, and its
 * standby is at the next one. An instance can be down; it can hold its partitions only as copies.
 */
public final class FakeCluster {

    /** What time it is. */
    public static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    /** For stand-ins of erased addresses. */
    public static final Erasure ERASURE = new Erasure("a key of sixteen");

    /** Suppresses for ever what is gone, and for a day what was full twice. */
    public static final Policy POLICY = Policy.of(
            "test",
            Duration.ZERO,
            List.of(rule("gone", 1, Rule.FOR_EVER, true), rule("full", 2, Duration.ofDays(1), false)));

    /** How long rows stay by default. */
    public static final StatisticsSettings SETTINGS = new StatisticsSettings(
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Map.of(
                    WindowSize.MINUTE, Duration.ofDays(3),
                    WindowSize.HOUR, Duration.ofDays(62),
                    WindowSize.DAY, Duration.ofDays(400)),
            250_000);

    private final int instances;
    private final int partitions;
    private final Map<String, List<NavigableMap<byte[], byte[]>>> stores = new HashMap<>();
    private final Set<Integer> down = new HashSet<>();
    private final Set<Integer> restoring = new HashSet<>();
    private final List<String> asked = new ArrayList<>();
    private boolean standbys;

    /** A cluster without standbys. */
    public FakeCluster(int instances, int partitions) {
        this.instances = instances;
        this.partitions = partitions;
        for (String store : List.of(AddressRows.STORE, StatisticsRows.COUNTS, StatisticsRows.DETAILS)) {
            List<NavigableMap<byte[], byte[]>> parts = new ArrayList<>();
            for (int partition = 0; partition < partitions; partition++) {
                parts.add(new ConcurrentSkipListMap<>(Arrays::compareUnsigned));
            }
            stores.put(store, parts);
        }
    }

    private NavigableMap<byte[], byte[]> rows(String store, int partition) {
        return stores.get(store).get(partition);
    }

    private static Rule rule(String id, int failures, Duration lasts, boolean gone) {
        Condition when = new Condition(
                new TreeSet<>(),
                null,
                new TreeSet<>(),
                new TreeSet<>(),
                new TreeSet<>(),
                List.of(),
                new TreeSet<>(),
                gone,
                null);
        return new Rule(
                id,
                List.of(when),
                failures,
                Duration.ZERO,
                null,
                Duration.ZERO,
                false,
                List.of(lasts),
                Rule.OnDelivery.LIFTS,
                Rule.Level.TENANT,
                "because of " + id);
    }

    /** Each partition has a copy at the next instance. */
    public FakeCluster withStandbys() {
        standbys = true;
        return this;
    }

    public void stop(int instance) {
        down.add(instance);
    }

    public void start(int instance) {
        down.remove(instance);
    }

    /** The instance has its partitions only as copies that are not complete. */
    void restoring(int instance) {
        restoring.add(instance);
    }

    /** Instances that were asked by another, with the partition, such as 1/3; clears the list. */
    public List<String> asked() {
        synchronized (asked) {
            List<String> all = List.copyOf(asked);
            asked.clear();
            return all;
        }
    }

    /** Puts a gone address on the list of a tenant. */
    public FakeCluster gone(String list, String address) {
        return known(list, address, evidence("gone of " + address, true));
    }

    /** Something is known of an address. */
    public FakeCluster known(String list, String address, Item... items) {
        SuppressionKey key = new SuppressionKey(SuppressionList.parse(list), address);
        return known(key, key.home(), items);
    }

    /** Something is known of an address that was erased. */
    public FakeCluster erased(String tenant, String address, Item... items) {
        SuppressionKey key = new SuppressionKey(SuppressionList.of(tenant), ERASURE.standIn(address));
        return known(key, SuppressionKey.home(tenant, address), items);
    }

    private FakeCluster known(SuppressionKey key, byte[] home, Item... items) {
        History history = History.EMPTY;
        for (Item item : items) {
            history = history.with(item);
        }
        rows(AddressRows.STORE, partition(home)).put(key.bytes(), StoredRows.of(history));
        return this;
    }

    /** Counts events, as the topology does once minutes are rolled up. */
    public FakeCluster counted(Fact... facts) {
        for (Fact fact : facts) {
            Sums sums = new Sums();
            sums.add(fact);
            for (WindowSize size : WindowSize.values()) {
                counted(RowKey.around(Subject.domain(fact.tenant(), fact.domain()), size, fact.eventTime()), sums);
                counted(RowKey.around(Subject.provider(fact.tenant(), fact.provider()), size, fact.eventTime()), sums);
            }
        }
        return this;
    }

    /** Adds to one row of counts, and of details where its window has them. */
    FakeCluster counted(RowKey key, Sums sums) {
        int partition = partition(key);
        rows(StatisticsRows.COUNTS, partition)
                .merge(key.bytes(), StoredRows.of(sums.counts()), (row, more) -> StoredRows.added(row, sums.counts()));
        if (key.size() != WindowSize.MINUTE) {
            rows(StatisticsRows.DETAILS, partition)
                    .merge(key.bytes(), sums.details().bytes(), (row, more) -> {
                        Details all = Details.parse(row);
                        all.add(sums.details());
                        return all.bytes();
                    });
        }
        return this;
    }

    /** Lays away all rows of minutes. */
    public FakeCluster withoutMinutes() {
        stores.get(StatisticsRows.COUNTS)
                .forEach(rows -> rows.keySet().removeIf(key -> RowKey.sizeOf(key) == WindowSize.MINUTE));
        return this;
    }

    /** Partition of all windows of a subject. */
    int partition(RowKey key) {
        return Partitions.of(key.place(), partitions);
    }

    /** Partition of an address of tenant {@code default}. */
    int partition(String address) {
        return partition(SuppressionKey.home("default", address));
    }

    private int partition(byte[] home) {
        return Utils.toPositive(Utils.murmur2(home)) % partitions;
    }

    /** A failure, an hour ago. */
    public static Evidence evidence(String id, boolean gone) {
        return new Evidence(
                id,
                NOW.minusSeconds(3600).toEpochMilli(),
                Outcome.BOUNCED,
                gone ? BounceType.HARD : BounceType.SOFT,
                gone ? "BAD_MAILBOX" : "MAILBOX_FULL",
                gone,
                5,
                gone ? "5.1.1" : "5.2.2",
                "google",
                false,
                false,
                0,
                null,
                gone ? "550 5.1.1 User unknown" : "552 5.2.2 Mailbox full",
                "delivery-events",
                3,
                4711);
    }

    /** An operator's suppression, half an hour ago. */
    public static Command added(String id, Instant expires) {
        return new Command(
                id,
                NOW.minusSeconds(1800).toEpochMilli(),
                SuppressionAction.ADD,
                SuppressionReason.MANUAL,
                null,
                null,
                expires,
                SuppressionSource.OPERATOR,
                "kim",
                "asked by phone",
                null);
    }

    /** What an instance can look up. */
    public SuppressionLookups lookups(int instance) {
        return lookups(instance, 1 << 20);
    }

    SuppressionLookups lookups(int instance, int bodyBytes) {
        return new SuppressionLookups(new View(instance), this::ask, decider(), Optional.of(ERASURE), bodyBytes);
    }

    /** Statistics that an instance can look up. */
    public StatisticsLookups statistics(int instance) {
        return new StatisticsLookups(
                new View(instance), this::askForStatistics, SETTINGS, Clock.fixed(NOW, ZoneOffset.UTC), 1 << 20);
    }

    static Decider decider() {
        return new Decider(Policies.of(POLICY), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private Answer ask(HostInfo host, Question question, boolean copies) throws Peers.PeerException {
        try (SuppressionLookups there = lookups(reached(host, question))) {
            return answer(question, there.answerPeer(Wire.question(question, copies)));
        } catch (InvalidLookupException e) {
            throw new AssertionError(e);
        }
    }

    private Answer askForStatistics(HostInfo host, Question question, boolean copies) throws Peers.PeerException {
        try (StatisticsLookups there = statistics(reached(host, question))) {
            return answer(question, there.answerPeer(Wire.question(question, copies)));
        } catch (InvalidLookupException e) {
            throw new AssertionError(e);
        }
    }

    private int reached(HostInfo host, Question question) throws Peers.PeerException {
        int instance = host.port();
        synchronized (asked) {
            asked.add(instance + "/" + question.partition());
        }
        if (down.contains(instance)) {
            throw new Peers.PeerException("it cannot be reached");
        }
        return instance;
    }

    /** As over HTTP: through text, and from what the instance holds. */
    private static Answer answer(Question question, Optional<String> text) throws Peers.PeerException {
        if (text.isEmpty()) {
            throw new Peers.PeerException("it does not have the partition");
        }
        try {
            return Wire.answer(question.partition(), text.get().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    ClusterView view(int instance) {
        return new View(instance);
    }

    private HostInfo host(int instance) {
        return new HostInfo("instance", Math.floorMod(instance, instances));
    }

    private final class View implements ClusterView {

        private final int instance;

        View(int instance) {
            this.instance = instance;
        }

        private boolean processes(int partition) {
            return partition % instances == instance;
        }

        private boolean copies(int partition) {
            return standbys && (partition + 1) % instances == instance;
        }

        @Override
        public int partitions() {
            return partitions;
        }

        @Override
        public ReadOnlyKeyValueStore<byte[], byte[]> rows(String store, int partition, boolean copies) {
            boolean current = processes(partition) && !restoring.contains(instance);
            if (current || copies && (processes(partition) || copies(partition))) {
                return new Rows(FakeCluster.this.rows(store, partition));
            }
            throw new InvalidStateStoreException("not here");
        }

        @Override
        public Staleness staleness(String store, int partition) {
            return new Staleness(
                    partition,
                    processes(partition) ? Staleness.Reason.RESTORING : Staleness.Reason.STANDBY,
                    OptionalLong.of(7));
        }

        @Override
        public Others others(String store, int partition) {
            return new Others(
                    processes(partition) ? Optional.empty() : Optional.of(host(partition)),
                    standbys && !copies(partition) ? List.of(host(partition + 1)) : List.of());
        }
    }

    /** A store over a map. */
    private record Rows(NavigableMap<byte[], byte[]> map) implements ReadOnlyKeyValueStore<byte[], byte[]> {

        @Override
        public byte[] get(byte[] key) {
            return map.get(key);
        }

        @Override
        public KeyValueIterator<byte[], byte[]> range(byte[] from, byte[] to) {
            return new Entries(between(from, to).entrySet().iterator());
        }

        @Override
        public KeyValueIterator<byte[], byte[]> reverseRange(byte[] from, byte[] to) {
            return new Entries(between(from, to).descendingMap().entrySet().iterator());
        }

        private NavigableMap<byte[], byte[]> between(byte[] from, byte[] to) {
            NavigableMap<byte[], byte[]> rest = from == null ? map : map.tailMap(from, true);
            return to == null ? rest : rest.headMap(to, true);
        }

        @Override
        public KeyValueIterator<byte[], byte[]> all() {
            return range(null, null);
        }

        @Override
        public long approximateNumEntries() {
            return map.size();
        }
    }
}
