package dev.rebound.statistics;

import java.util.ArrayList;
import java.util.List;

/**
 * A span of event time.
 *
 * @param from first moment, epoch milliseconds; {@link #OPEN_FROM} for no beginning
 * @param to the moment behind the last one, epoch milliseconds; {@link #OPEN_TO} for no end
 */
public record Span(long from, long to) {

    /** No beginning. */
    public static final long OPEN_FROM = Long.MIN_VALUE;

    /** No end. */
    public static final long OPEN_TO = Long.MAX_VALUE;

    /** All time. */
    public static final Span ALL = new Span(OPEN_FROM, OPEN_TO);

    /**
     * A span of whole windows of one size.
     *
     * @param size the size
     * @param from start of the first window, or {@link #OPEN_FROM}
     * @param to end of the last window, or {@link #OPEN_TO}
     */
    public record Part(WindowSize size, long from, long to) {}

    /** The span of whole windows around this one. */
    public Span widenedTo(WindowSize size) {
        return new Span(fromIn(size), toIn(size));
    }

    /** With the first moment widened to whole windows. */
    public long fromIn(WindowSize size) {
        return from == OPEN_FROM ? from : size.startOf(from);
    }

    /** With the end widened to whole windows. */
    public long toIn(WindowSize size) {
        return to == OPEN_TO ? to : size.startNotBefore(to);
    }

    /** As few windows as make up the span, once it is widened to whole ones of the finest size. In the order of time. */
    public List<Part> parts(WindowSize finest) {
        Span whole = widenedTo(finest);
        List<Part> parts = new ArrayList<>();
        whole.cover(WindowSize.DAY, finest, parts);
        return parts;
    }

    private void cover(WindowSize size, WindowSize finest, List<Part> parts) {
        if (from >= to) {
            return;
        }
        long first = from == OPEN_FROM ? from : size.startNotBefore(from);
        long last = to == OPEN_TO ? to : size.startOf(to);
        if (size == finest) {
            parts.add(new Part(size, from, to));
        } else if (first >= last) {
            cover(shorter(size), finest, parts);
        } else {
            new Span(from, first).cover(shorter(size), finest, parts);
            parts.add(new Part(size, first, last));
            new Span(last, to).cover(shorter(size), finest, parts);
        }
    }

    private static WindowSize shorter(WindowSize size) {
        return WindowSize.values()[size.ordinal() - 1];
    }
}
