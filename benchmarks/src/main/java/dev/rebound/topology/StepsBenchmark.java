package dev.rebound.topology;

import dev.rebound.classify.Classifier;
import dev.rebound.classify.CodeTable;
import dev.rebound.classify.ShippedCodes;
import dev.rebound.event.EventKey;
import dev.rebound.generate.Scenario;
import dev.rebound.generate.Traffic;
import dev.rebound.generate.TrafficPlan;
import dev.rebound.schema.Classification;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.statistics.Fact;
import dev.rebound.statistics.Fold;
import dev.rebound.statistics.Sums;
import dev.rebound.suppress.Decision;
import dev.rebound.suppress.Evidence;
import dev.rebound.suppress.History;
import dev.rebound.suppress.Item;
import dev.rebound.suppress.Items;
import dev.rebound.suppress.Policy;
import dev.rebound.suppress.Presets;
import dev.rebound.suppress.SuppressionKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Counting, suppressing, and looking codes up, step by step. Each operation takes the next of many events. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class StepsBenchmark {

    private static final int EVENTS = 1 << 12;
    private static final int ROWS = 500_000;
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

    private final byte[][] keys = new byte[EVENTS][];
    private final DeliveryEvent[] events = new DeliveryEvent[EVENTS];
    private final Classification[] classifications = new Classification[EVENTS];
    private final Fact[] facts = new Fact[EVENTS];
    private final Sums[] folded = new Sums[EVENTS / 64];
    private final byte[][] foldedBytes = new byte[EVENTS / 64][];
    private final CodeTable table = ShippedCodes.table();
    private final Policy policy = Presets.get(Presets.DEFAULT);
    private final KnownRows known = new KnownRows();
    private final List<Evidence> failures = new ArrayList<>();
    private SuppressionKey address;
    private byte[] row;
    private byte[] fullRow;
    private Item oneMore;
    private Sums sums;
    private Fold fold;
    private int next;

    /** Makes events of ordinary traffic. */
    @Setup
    public void prepare() throws Exception {
        Traffic traffic = new Traffic(new TrafficPlan(1, Scenario.ORDINARY, START, 1_000));
        for (int i = 0; i < EVENTS; i++) {
            events[i] = traffic.next();
            keys[i] = EventKey.of(events[i]);
            classifications[i] = Classifier.classify(events[i], table);
            facts[i] = fact(i);
            Items.of(events[i], classifications[i], new Items.Source("delivery-events", 0, i, Long.MAX_VALUE))
                    .filter(item -> item instanceof Evidence && failures.size() < 3)
                    .ifPresent(item -> failures.add((Evidence) item));
        }
        for (int i = 0; i < folded.length; i++) {
            Sums some = new Sums();
            for (int j = 0; j < 64; j++) {
                some.add(facts[i * 64 + j]);
            }
            folded[i] = some;
            foldedBytes[i] = some.bytes();
        }
        known.begin();
        for (int i = 0; i < ROWS; i++) {
            known.add(("default|" + i + "@example.com").getBytes(StandardCharsets.UTF_8));
        }
        known.end();
        address = SuppressionKey.parse("default|someone@example.com");
        row = row(history());
        History full = History.EMPTY;
        for (int i = 0; i < History.MAX_EVIDENCE; i++) {
            full = full.with(later(i));
        }
        fullRow = row(full);
        oneMore = later(History.MAX_EVIDENCE);
    }

    /** All but the last failure. */
    private History history() {
        History history = History.EMPTY;
        for (Item failure : failures.subList(0, failures.size() - 1)) {
            history = history.with(failure);
        }
        return history;
    }

    /** The first failure once more, so many hours later. */
    private Evidence later(int hours) {
        Evidence first = failures.get(0);
        return new Evidence(
                first.id() + hours,
                first.time() + Duration.ofHours(hours).toMillis(),
                first.outcome(),
                first.bounceType(),
                first.category(),
                first.gone(),
                first.statusClass(),
                first.code(),
                first.provider(),
                first.uncorrelated(),
                first.asynchronous(),
                first.message() + hours,
                first.stream(),
                first.reply(),
                first.topic(),
                first.partition(),
                first.offset() + hours);
    }

    private static byte[] row(History history) {
        return new StoredAddress(history, 0, Decision.NEVER, 1).toBytes();
    }

    private Fact fact(int at) {
        return Fact.of(events[at], classifications[at], keys[at], "default|".length());
    }

    /** Sums are passed on every some thousand events. */
    @Setup(Level.Iteration)
    public void begin() {
        sums = new Sums();
        fold = new Fold();
    }

    private int turn() {
        next = next + 1 & EVENTS - 1;
        return next;
    }

    /** The row of a code. */
    @Benchmark
    public Object lookUpCode() {
        return table.row("5.1.1", START);
    }

    /** What counts of an event. */
    @Benchmark
    public Fact fact() {
        return fact(turn());
    }

    /** Adding it to the sums of its domain, provider and minute, of which a task holds some hundreds between two commits. */
    @Benchmark
    public Fold foldFact() {
        fold.add(facts[turn()]);
        return fold;
    }

    /** Writing the sums of 64 events: the journal of the first stage, and what it passes on. */
    @Benchmark
    public byte[] sumsBytes() {
        return folded[turn() & folded.length - 1].bytes();
    }

    /** Reading the sums of 64 events and adding them to others: the second stage. */
    @Benchmark
    public Sums foldSums() {
        sums.add(Sums.parse(foldedBytes[turn() & foldedBytes.length - 1]));
        return sums;
    }

    /** Whether half a million addresses are known to have no row for this one. */
    @Benchmark
    public boolean lookForRow() {
        return known.mayHave(keys[turn()]);
    }

    /** One more failure of an address that has some: read, decided about, written. */
    @Benchmark
    public byte[] suppressionStep() {
        return suppressionStep(row, failures.get(failures.size() - 1));
    }

    /** One more failure of an address that has as many of its kind as are kept. */
    @Benchmark
    public byte[] suppressionStepOfFullHistory() {
        return suppressionStep(fullRow, oneMore);
    }

    private byte[] suppressionStep(byte[] stored, Item item) {
        History history = StoredAddress.fromBytes(stored).history().with(item);
        Decision decision = Decision.of(address, history, policy, oneMore.time());
        return new StoredAddress(history, 0, decision.next(), 1).toBytes();
    }
}
