package dev.rebound.statistics;

import dev.rebound.pack.Packer;
import dev.rebound.pack.Unpacker;

/**
 * What several events come to: their counts and the details.
 *
 * @param counts the counters
 * @param details sketches and replies
 */
public record Sums(Counts counts, Details details) {

    /** Of no event yet. */
    public Sums() {
        this(new Counts(), new Details());
    }

    /** Adds one event. */
    public void add(Fact fact) {
        counts.add(fact);
        details.add(fact);
    }

    /** Adds what other events come to. */
    public void add(Sums other) {
        counts.add(other.counts);
        details.add(other.details);
    }

    /** These, with what other events come to added. */
    public Sums plus(Sums other) {
        add(other);
        return this;
    }

    /** The compact form for internal topics. */
    public byte[] bytes() {
        Packer packer = new Packer(128);
        pack(packer);
        return packer.bytes();
    }

    void pack(Packer packer) {
        counts.pack(packer);
        details.pack(packer);
    }

    /** Reads what {@link #bytes} wrote. @throws IllegalArgumentException when it is something else */
    public static Sums parse(byte[] bytes) {
        return unpack(new Unpacker(bytes));
    }

    static Sums unpack(Unpacker in) {
        return new Sums(Counts.unpack(in), Details.unpack(in));
    }
}
