package dev.rebound.statistics;

import dev.rebound.classify.Categories;
import dev.rebound.classify.Category;
import dev.rebound.pack.Packer;
import dev.rebound.pack.Unpacker;
import dev.rebound.schema.BounceType;
import dev.rebound.schema.Outcome;
import dev.rebound.schema.Scope;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** Counters of one subject in one window, or of several added up. Mutable: many events are folded into one of these. */
public final class Counts {

    private static final byte VERSION = 1;

    /** So many codes of a row are told apart; more come only from replies that make up codes, and are counted under {@link #OTHER_CODES}. */
    private static final int MOST_CODES = 100;

    /** Stands for codes beyond those that are told apart. */
    public static final String OTHER_CODES = "other";

    /** What is counted. */
    public enum Counter {
        /** Events with outcome DELIVERED. */
        DELIVERED,
        /** Events with outcome DEFERRED. */
        DEFERRED,
        /** Soft bounces. */
        SOFT,
        /** Hard bounces. */
        HARD,
        /** Events with outcome COMPLAINED. */
        COMPLAINED,
        /** Events with outcome SUPPRESSED. */
        NOT_ATTEMPTED,
        /** Bounces whose category is UNDETERMINED; within SOFT and HARD. */
        UNCLASSIFIED,
        /** Events with outcome EXPIRED; within SOFT and HARD. */
        EXPIRED,
        /** Bounces of messages that the receiving server had accepted; within SOFT and HARD. */
        ASYNCHRONOUS,
        /** Deferrals and bounces that are about the sender, the content or the reputation; within DEFERRED, SOFT and HARD. */
        BLOCKED
    }

    private static final Counter[] COUNTERS = Counter.values();

    private final int mostCodes;
    private final long[] counters = new long[COUNTERS.length];
    private final Map<String, Long> categories = new TreeMap<>();
    private final Map<String, Long> codes = new TreeMap<>();
    private final Map<String, Long> providers = new TreeMap<>();
    private long latest = Long.MIN_VALUE;

    /** Of no event yet; for a row. */
    public Counts() {
        this(MOST_CODES);
    }

    private Counts(int mostCodes) {
        this.mostCodes = mostCodes;
    }

    /** Of no event yet; for adding up rows, each of which is bounded, so that all their codes are told apart. */
    public static Counts ofMany() {
        return new Counts(Integer.MAX_VALUE);
    }

    /** Counts one event. */
    public void add(Fact fact) {
        switch (fact.outcome()) {
            case DELIVERED -> increment(Counter.DELIVERED);
            case DEFERRED -> increment(Counter.DEFERRED);
            case COMPLAINED -> increment(Counter.COMPLAINED);
            case SUPPRESSED -> increment(Counter.NOT_ATTEMPTED);
            case BOUNCED, EXPIRED -> addBounce(fact);
            case UNKNOWN -> throw new IllegalArgumentException("an event without outcome is a dead letter");
        }
        if (fact.blocked()) {
            increment(Counter.BLOCKED);
        }
        if (fact.outcome() != Outcome.DELIVERED) {
            categories.merge(fact.category(), 1L, Long::sum);
        }
        if (fact.code() != null) {
            addCode(fact.code(), 1);
        }
        if (fact.provider() != null) {
            providers.merge(fact.provider(), 1L, Long::sum);
        }
        latest = Math.max(latest, fact.eventTime());
    }

    private void addBounce(Fact fact) {
        increment(fact.bounceType() == BounceType.HARD ? Counter.HARD : Counter.SOFT);
        if (fact.outcome() == Outcome.EXPIRED) {
            increment(Counter.EXPIRED);
        }
        if (fact.category().equals(Categories.UNDETERMINED)) {
            increment(Counter.UNCLASSIFIED);
        }
        if (fact.asynchronous()) {
            increment(Counter.ASYNCHRONOUS);
        }
    }

    private void addCode(String code, long events) {
        boolean own = codes.containsKey(code) || codes.size() < mostCodes;
        codes.merge(own ? code : OTHER_CODES, events, Long::sum);
    }

    /** Adds what another one counted. */
    public void add(Counts other) {
        for (int i = 0; i < counters.length; i++) {
            counters[i] += other.counters[i];
        }
        other.categories.forEach((category, events) -> categories.merge(category, events, Long::sum));
        other.codes.forEach(this::addCode);
        other.providers.forEach((provider, events) -> providers.merge(provider, events, Long::sum));
        latest = Math.max(latest, other.latest);
    }

    /** Number of events of one sort. */
    public long get(Counter counter) {
        return counters[counter.ordinal()];
    }

    /** All events: each has exactly one of these outcomes. */
    public long attempts() {
        return get(Counter.DELIVERED) + failed() + get(Counter.NOT_ATTEMPTED);
    }

    /** Events that are trouble: deferred, bounced or complained about. */
    public long failed() {
        return get(Counter.DEFERRED) + get(Counter.SOFT) + get(Counter.HARD) + get(Counter.COMPLAINED);
    }

    /** Messages that came to their end: accepted, or bounced without having been accepted before. */
    public long messages() {
        return get(Counter.DELIVERED) + get(Counter.SOFT) + get(Counter.HARD) - get(Counter.ASYNCHRONOUS);
    }

    /** Events by category, deliveries left out. */
    public Map<String, Long> categories() {
        return Collections.unmodifiableMap(categories);
    }

    /** Events by whose trouble it is, as follows from their category; deliveries, and categories that are not known, left out. */
    public Map<Scope, Long> scopes() {
        Map<Scope, Long> scopes = new EnumMap<>(Scope.class);
        categories.forEach((name, events) -> Categories.shipped()
                .byName(name)
                .map(Category::scope)
                .ifPresent(scope -> scopes.merge(scope, events, Long::sum)));
        return scopes;
    }

    /** Deferrals and bounces by the code that counted. */
    public Map<String, Long> codes() {
        return Collections.unmodifiableMap(codes);
    }

    /** Events by provider; those whose provider is not recognised left out. */
    public Map<String, Long> providers() {
        return Collections.unmodifiableMap(providers);
    }

    /** The provider that most events were with, the first in the alphabet of equals; null when none was recognised. */
    public String provider() {
        return most(providers);
    }

    /** The category with most events, the first in the alphabet of equals; null when there is none. */
    public String topCategory() {
        return most(categories);
    }

    private static String most(Map<String, Long> counts) {
        String most = null;
        for (Map.Entry<String, Long> entry : counts.entrySet()) {
            if (most == null || entry.getValue() > counts.get(most)) {
                most = entry.getKey();
            }
        }
        return most;
    }

    /** Latest event time counted, epoch milliseconds; {@link Long#MIN_VALUE} when nothing was. */
    public long latest() {
        return latest;
    }

    private void increment(Counter counter) {
        counters[counter.ordinal()]++;
    }

    /** The compact form for stores and internal topics. */
    public byte[] bytes() {
        Packer packer = new Packer(96);
        pack(packer);
        return packer.bytes();
    }

    void pack(Packer packer) {
        packer.put(VERSION).put((long) counters.length);
        for (long counter : counters) {
            packer.put(counter);
        }
        packer.putFixed(latest).put(categories).put(codes).put(providers);
    }

    /** Reads what {@link #bytes} wrote. @throws IllegalArgumentException when it is something else */
    public static Counts parse(byte[] bytes) {
        return unpack(new Unpacker(bytes));
    }

    /** Reads what any version with the same version byte wrote: counters that it did not have yet are 0. */
    static Counts unpack(Unpacker unpacker) {
        byte version = unpacker.getByte();
        if (version != VERSION) {
            throw new IllegalArgumentException("counts have version " + version + " (expected: " + VERSION + ")");
        }
        Counts counts = new Counts();
        int written = unpacker.getInt();
        for (int i = 0; i < written; i++) {
            long value = unpacker.getLong();
            if (i < counts.counters.length) {
                counts.counters[i] = value;
            }
        }
        counts.latest = unpacker.getFixed();
        unpacker.getCounts(counts.categories);
        unpacker.getCounts(counts.codes);
        unpacker.getCounts(counts.providers);
        return counts;
    }
}
