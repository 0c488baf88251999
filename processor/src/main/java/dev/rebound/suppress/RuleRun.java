package dev.rebound.suppress;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;

/** One rule going over what happened, from the beginning. */
final class RuleRun {

    private final Rule rule;
    private final String stream;
    private final Deque<Evidence> counted = new ArrayDeque<>();
    private final List<Result> ended = new ArrayList<>();
    private Evidence last;
    private int occurrence;
    private long since;
    private long expires;
    private List<Evidence> chain = List.of();

    /**
     * A rule before it has seen anything.
     *
     * @param stream stream of the list that is decided about; null when that is the whole tenant's
     */
    RuleRun(Rule rule, String stream) {
        this.rule = rule;
        this.stream = stream;
    }

    /**
     * A suppression by a rule, which can be over.
     *
     * @param rule the rule
     * @param occurrence how often in succession it suppressed
     * @param since since when, in milliseconds since 1970
     * @param expires when it ends; {@link Decision#NEVER} for never
     * @param chain the evidence that was counted, oldest first
     */
    record Result(Rule rule, int occurrence, long since, long expires, List<Evidence> chain) {}

    /** What the rule has come to: the suppressions that no delivery has lifted, of which all but the last are over. */
    List<Result> over(Timeline timeline) {
        List<Timeline.Standing> deliveries = timeline.deliveries();
        int next = 0;
        for (Evidence found : timeline.evidence()) {
            while (next < deliveries.size()
                    && Item.ORDER.compare(deliveries.get(next).acceptance(), found) < 0) {
                delivered(deliveries.get(next++));
            }
            // What suppresses for ever needs nothing more, until a delivery lifts it.
            if (!isForEver() && isAboutThisList(found) && rule.counts(found)) {
                failed(found);
                if (rule.mindsDeliveries() && timeline.mayLackDeliveryAfter(found)) {
                    beginAnew();
                }
            }
        }
        while (next < deliveries.size()) {
            delivered(deliveries.get(next++));
        }
        if (occurrence > 0) {
            ended.add(result());
        }
        return List.copyOf(ended);
    }

    private boolean isForEver() {
        return occurrence > 0 && expires == Decision.NEVER;
    }

    private Result result() {
        return new Result(rule, occurrence, since, expires, List.copyOf(chain));
    }

    /** How much of what it went over counts towards its next suppression, as of a moment in milliseconds since 1970. */
    int counted(long now) {
        return (int) counted.stream()
                .filter(found -> rule.within() == null
                        || now - found.time() <= rule.within().toMillis())
                .count();
    }

    /** The list of a whole tenant takes, of what rules put on the list of a stream, only what names no stream. */
    private boolean isAboutThisList(Evidence found) {
        return rule.level() == Rule.Level.TENANT || Objects.equals(found.stream(), stream);
    }

    private void delivered(Timeline.Standing delivery) {
        if (rule.consecutive()) {
            beginAnew();
        }
        if (!delivery.settled()) {
            return;
        }
        switch (rule.delivery()) {
            case LIFTS -> {
                beginAnew();
                ended.clear();
                occurrence = 0;
            }
            case RESETS -> beginAnew();
            case IGNORED -> {}
        }
    }

    private void beginAnew() {
        counted.clear();
        last = null;
    }

    private void failed(Evidence found) {
        boolean suppressed = occurrence > 0 && expires > found.time();
        if (last != null && found.time() - last.time() < rule.apart().toMillis()) {
            return;
        }
        last = found;
        counted.addLast(found);
        while (rule.within() != null
                && found.time() - counted.getFirst().time() > rule.within().toMillis()) {
            counted.removeFirst();
        }
        if (counted.size() >= rule.failures()
                && found.time() - counted.getFirst().time() >= rule.spanning().toMillis()) {
            suppress(found, suppressed);
        }
    }

    private void suppress(Evidence found, boolean suppressed) {
        if (occurrence > 0 && !suppressed) {
            // A command can have made it last longer than the rule knows.
            ended.add(result());
        }
        List<Evidence> now = new ArrayList<>(suppressed ? chain : List.of());
        now.addAll(counted);
        chain = now;
        occurrence++;
        long end = Times.plus(found.time(), rule.lasts(occurrence));
        since = suppressed ? since : found.time();
        expires = suppressed ? Math.max(expires, end) : end;
        counted.clear();
    }
}
