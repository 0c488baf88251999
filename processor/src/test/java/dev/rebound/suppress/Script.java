package dev.rebound.suppress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.schema.BounceType;
import dev.rebound.schema.Outcome;
import dev.rebound.schema.Suppression;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * What happens to one address, told step by step, and what has to be decided at every moment of it. Times are those since the
 * beginning of the story, written as in policy files.
 */
final class Script {

    private static final long BEGINNING = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

    private final Policy policy;
    private final List<Item> items = new ArrayList<>();
    private SuppressionList list = SuppressionList.of("acme");

    private Script(Policy policy) {
        this.policy = policy;
    }

    static Script under(Policy policy) {
        return new Script(policy);
    }

    /** The list that is looked at is that of a stream, not that of the whole tenant. */
    Script onStream(String stream) {
        list = new SuppressionList("acme", stream);
        return this;
    }

    /** The same happens at each of these times. */
    Script at(String times, Step step) {
        for (String time : times.split(", ")) {
            items.add(step.at("event-" + items.size(), moment(time)));
        }
        return this;
    }

    /** Something that happens. */
    @FunctionalInterface
    interface Step {
        Item at(String id, long time);
    }

    /** A final failure or a complaint, and what is changed about it. */
    record Failure(
            Outcome outcome,
            BounceType type,
            String category,
            boolean gone,
            int statusClass,
            boolean uncorrelated,
            boolean asynchronous,
            String stream)
            implements Step {

        Failure withGone() {
            return new Failure(outcome, type, category, true, statusClass, uncorrelated, asynchronous, stream);
        }

        Failure withClass(int other) {
            return new Failure(outcome, type, category, gone, other, uncorrelated, asynchronous, stream);
        }

        Failure withOutcome(Outcome other) {
            return new Failure(other, type, category, gone, statusClass, uncorrelated, asynchronous, stream);
        }

        Failure byAnyone() {
            return new Failure(outcome, type, category, gone, statusClass, true, asynchronous, stream);
        }

        Failure afterAcceptance() {
            return new Failure(outcome, type, category, gone, statusClass, uncorrelated, true, stream);
        }

        Failure in(String other) {
            return new Failure(outcome, type, category, gone, statusClass, uncorrelated, asynchronous, other);
        }

        @Override
        public Evidence at(String id, long time) {
            return new Evidence(
                    id,
                    time,
                    outcome,
                    type,
                    category,
                    gone,
                    statusClass,
                    null,
                    null,
                    uncorrelated,
                    asynchronous,
                    0,
                    stream,
                    null,
                    "delivery-events",
                    0,
                    0);
        }
    }

    static Failure hard(String category) {
        return new Failure(Outcome.BOUNCED, BounceType.HARD, category, false, 5, false, false, null);
    }

    static Failure soft(String category) {
        return new Failure(Outcome.BOUNCED, BounceType.SOFT, category, false, 4, false, false, null);
    }

    static Failure complaint() {
        return new Failure(Outcome.COMPLAINED, BounceType.NONE, "COMPLAINT", false, 0, false, false, null);
    }

    static Step delivered() {
        return (id, time) -> new Acceptance(id, time, 0);
    }

    /** An accepted message bounces after all, for a reason that is the sender's own. */
    static Step cameBack() {
        return (id, time) -> new Contradiction(id, time, 0);
    }

    /**
     * A time in which the address has to be suppressed.
     *
     * @param from the first millisecond of it
     * @param until the first millisecond after it; never for null
     * @param rule the rule that is told at its beginning
     */
    record Span(String from, String until, String rule) {

        private boolean contains(long moment) {
            return moment >= moment(from) && (until == null || moment < moment(until));
        }
    }

    static Span forEver(String from, String rule) {
        return new Span(from, null, rule);
    }

    static Span during(String from, String until, String rule) {
        return new Span(from, until, rule);
    }

    /** The address is suppressed in these times and in no others, to the millisecond. */
    void isSuppressed(Span... spans) {
        SuppressionKey key = new SuppressionKey(list, "kim@example.org");
        History history = History.EMPTY;
        for (Item item : items) {
            history = history.with(item);
        }
        TreeSet<Long> probes = new TreeSet<>();
        items.forEach(item -> probes.addAll(around(item.time())));
        for (Span span : spans) {
            probes.addAll(around(moment(span.from())));
            probes.addAll(around(span.until() == null ? moment("36500d") : moment(span.until())));
        }
        for (long probe : probes) {
            assertThat(Decision.of(key, history, policy, probe).suppression() != null)
                    .as("suppressed %s after the beginning", Duration.ofMillis(probe - BEGINNING))
                    .isEqualTo(Arrays.stream(spans).anyMatch(span -> span.contains(probe)));
        }
        for (Span span : spans) {
            Suppression told =
                    Decision.of(key, history, policy, moment(span.from())).suppression();
            assertThat(told.getRule()).isEqualTo(span.rule());
            assertThat(told.getEvidence()).isNotEmpty();
        }
        assertThat(transitions(Playback.of(key, items, policy))).isEqualTo(transitions(spans));
    }

    void isNeverSuppressed() {
        isSuppressed();
    }

    private static List<Long> transitions(List<Playback.Change> changes) {
        List<Long> moments = new ArrayList<>();
        boolean suppressed = false;
        for (Playback.Change change : changes) {
            if (suppressed != (change.suppression() != null)) {
                suppressed = !suppressed;
                moments.add(change.at() - BEGINNING);
            }
        }
        return moments;
    }

    private static List<Long> transitions(Span... spans) {
        List<Long> moments = new ArrayList<>();
        for (Span span : spans) {
            moments.add(moment(span.from()) - BEGINNING);
            if (span.until() != null) {
                moments.add(moment(span.until()) - BEGINNING);
            }
        }
        return moments;
    }

    private static List<Long> around(long moment) {
        return List.of(moment - 1, moment, moment + 1);
    }

    /** A time, or two with a plus between them. */
    private static long moment(String time) {
        long moment = BEGINNING;
        for (String part : time.split("\\+")) {
            moment += Spans.parse(part)
                    .orElseThrow(() -> new AssertionError(part))
                    .toMillis();
        }
        return moment;
    }
}
