package dev.rebound.generate;

import dev.rebound.schema.DeliveryEvent;
import java.util.Comparator;
import java.util.PriorityQueue;

/** What is to come later, earliest first. It has an end, so that traffic of any length and pace fits into memory. */
final class Agenda {

    static final int CAPACITY = 100_000;

    private static final Comparator<Entry> EARLIEST =
            Comparator.comparingLong(Entry::due).thenComparingLong(Entry::order);

    private final PriorityQueue<Entry> entries = new PriorityQueue<>(EARLIEST);
    private long order;

    /** Something that happens to a message, and gives an event. */
    @FunctionalInterface
    interface Step {
        DeliveryEvent at(long arrival);
    }

    /** The order of adding settles what is due at the same time. */
    private record Entry(long due, long order, Step step) {}

    boolean isFull() {
        return entries.size() >= CAPACITY;
    }

    /** Adds a step; only while it is not full, or in the step that was just taken out. */
    void add(long due, Step step) {
        entries.add(new Entry(due, order++, step));
    }

    /** Takes out the earliest step that is due; null when none is. */
    Step takeDue(long now) {
        Entry earliest = entries.peek();
        return earliest == null || earliest.due() > now ? null : entries.poll().step();
    }
}
