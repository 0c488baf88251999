package dev.rebound.statistics;

import dev.rebound.pack.Packer;
import dev.rebound.pack.Unpacker;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The most frequent replies of deferrals and bounces. Replies that differ in numbers, queue ids and addresses only are the same text.
 * Bounded: of many texts those that came least often are dropped now and then, so that a count can be too low, never too high. This
 * is the one thing that the order of events can change a little.
 */
public final class Replies {

    private static final int MOST_KEPT = 10;
    private static final int MOST_HELD = 40;

    private static final Comparator<Reply> MOST_FREQUENT =
            Comparator.comparingLong(Reply::events).reversed().thenComparing(Reply::text);

    private final Map<String, Reply> byText = new HashMap<>();

    /**
     * A text and how often it came.
     *
     * @param text the text, with {@code #} for what differs
     * @param events number of events at least
     * @param example the latest one, addresses masked
     * @param category its category
     * @param code its code; null when it has none
     * @param latest its event time, epoch milliseconds
     */
    public record Reply(String text, long events, String example, String category, String code, long latest) {

        private static final Comparator<Reply> LATEST = Comparator.comparingLong(Reply::latest)
                .thenComparing(Reply::example)
                .thenComparing(Reply::category)
                .thenComparing(Reply::code, Comparator.nullsFirst(Comparator.naturalOrder()));

        private Reply plus(Reply other) {
            Reply later = LATEST.compare(this, other) >= 0 ? this : other;
            return new Reply(text, events + other.events, later.example, later.category, later.code, later.latest);
        }
    }

    void add(Fact fact) {
        if (fact.reply() != null) {
            add(new Reply(
                    ReplyTemplate.of(fact.reply()), 1, fact.reply(), fact.category(), fact.code(), fact.eventTime()));
        }
    }

    void add(Replies other) {
        other.byText.values().forEach(this::add);
    }

    private void add(Reply reply) {
        byText.merge(reply.text(), reply, Reply::plus);
        if (byText.size() > MOST_HELD) {
            Collection<Reply> kept = top();
            byText.clear();
            kept.forEach(each -> byText.put(each.text(), each));
        }
    }

    /** At most {@value #MOST_KEPT}, the most frequent first. */
    public List<Reply> top() {
        List<Reply> all = new ArrayList<>(byText.values());
        all.sort(MOST_FREQUENT);
        return List.copyOf(all.subList(0, Math.min(MOST_KEPT, all.size())));
    }

    void pack(Packer packer) {
        List<Reply> top = top();
        packer.put((long) top.size());
        for (Reply reply : top) {
            packer.put(reply.text())
                    .put(reply.events())
                    .put(reply.example())
                    .put(reply.category())
                    .put(reply.code())
                    .putFixed(reply.latest());
        }
    }

    static Replies unpack(Unpacker in) {
        Replies replies = new Replies();
        int size = in.getInt();
        for (int i = 0; i < size; i++) {
            Reply reply =
                    new Reply(in.getText(), in.getLong(), in.getText(), in.getText(), in.getText(), in.getFixed());
            replies.byText.put(reply.text(), reply);
        }
        return replies;
    }
}
