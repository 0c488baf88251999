package dev.rebound.suppress;

import dev.rebound.schema.BounceType;
import dev.rebound.schema.Outcome;
import dev.rebound.schema.Scope;
import dev.rebound.schema.SuppressionAction;
import dev.rebound.schema.SuppressionReason;
import dev.rebound.schema.SuppressionSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** Items and rules with nothing special about them, for tests to say what is. Hours are counted from 1970. */
final class Given {

    /** What most tests are about. */
    static final SuppressionKey TENANT = new SuppressionKey(SuppressionList.of("acme"), "someone@example.com");

    /** The same address on the list of a stream. */
    static final SuppressionKey STREAM = new SuppressionKey(new SuppressionList("acme", "news"), "someone@example.com");

    private Given() {}

    static long hour(long n) {
        return Duration.ofHours(n).toMillis();
    }

    /** A mailbox was full: final, within the session, of no known message. */
    static Failure failure(String id, long time) {
        return new Failure(id, time);
    }

    static Evidence complaint(String id, long time) {
        return failure(id, time)
                .outcome(Outcome.COMPLAINED)
                .category("COMPLAINT")
                .make();
    }

    static Acceptance delivery(String id, long time) {
        return new Acceptance(id, time, 0);
    }

    static Command add(String id, long time, Long expires) {
        return command(id, time, SuppressionAction.ADD, expires);
    }

    static Command extend(String id, long time, Long expires) {
        return command(id, time, SuppressionAction.EXTEND, expires);
    }

    static Command remove(String id, long time) {
        return command(id, time, SuppressionAction.REMOVE, null);
    }

    /** Takes an addition or an extension back. */
    static Command retract(String id, long time, Command taken) {
        return new Command(
                id,
                time,
                SuppressionAction.RETRACT,
                taken.reason(),
                null,
                null,
                taken.expires(),
                SuppressionSource.OPERATOR,
                "operator",
                "a test",
                null,
                new Command.Place(taken.id(), taken.time()));
    }

    static Command command(String id, long time, SuppressionAction action, Long expires) {
        return new Command(
                id,
                time,
                action,
                action == SuppressionAction.ADD ? SuppressionReason.MANUAL : SuppressionReason.UNKNOWN,
                null,
                null,
                expires == null ? null : Instant.ofEpochMilli(expires),
                SuppressionSource.OPERATOR,
                "operator",
                "a test",
                null);
    }

    static History history(Item... items) {
        return history(List.of(items));
    }

    static History history(Collection<? extends Item> items) {
        History history = History.EMPTY;
        for (Item item : items) {
            history = history.with(item);
        }
        return history;
    }

    /** Failures of any kind count, one is enough, for an hour, whatever is delivered. */
    static Rules rule(String id) {
        return new Rules(id);
    }

    /** Deliveries settle in a day. */
    static Policy policy(Rule... rules) {
        return Policy.of("test", Duration.ofHours(24), List.of(rules));
    }

    static Condition anyFailure() {
        return condition(List.of(), null);
    }

    static Condition anyComplaint() {
        return condition(List.of(Outcome.COMPLAINED), null);
    }

    static Condition condition(List<Outcome> outcomes, Boolean uncorrelated) {
        return new Condition(
                new TreeSet<>(outcomes),
                null,
                new TreeSet<>(),
                new TreeSet<>(),
                new TreeSet<>(),
                List.of(),
                new TreeSet<>(),
                null,
                uncorrelated);
    }

    /** Asks for categories and scopes. */
    static Condition about(List<String> categories, List<Scope> scopes) {
        return new Condition(
                new TreeSet<>(),
                null,
                new TreeSet<>(categories),
                new TreeSet<>(scopes),
                new TreeSet<>(),
                List.of(),
                new TreeSet<>(),
                null,
                null);
    }

    /** Evidence in the making. */
    static final class Failure {
        private final String id;
        private final long time;
        private Outcome outcome = Outcome.BOUNCED;
        private String category = "MAILBOX_FULL";
        private boolean uncorrelated;
        private boolean asynchronous;
        private long message;
        private String stream;

        private Failure(String id, long time) {
            this.id = id;
            this.time = time;
        }

        Failure outcome(Outcome value) {
            outcome = value;
            return this;
        }

        Failure category(String value) {
            category = value;
            return this;
        }

        Failure uncorrelated(boolean value) {
            uncorrelated = value;
            return this;
        }

        Failure asynchronous() {
            return asynchronous(true);
        }

        Failure asynchronous(boolean value) {
            asynchronous = value;
            return this;
        }

        Failure message(long value) {
            message = value;
            return this;
        }

        Failure stream(String value) {
            stream = value;
            return this;
        }

        Evidence make() {
            return new Evidence(
                    id,
                    time,
                    outcome,
                    outcome == Outcome.COMPLAINED ? BounceType.NONE : BounceType.SOFT,
                    category,
                    false,
                    4,
                    "4.2.2",
                    "example",
                    uncorrelated,
                    asynchronous,
                    message,
                    stream,
                    "452 4.2.2 mailbox full",
                    "delivery-events",
                    0,
                    time);
        }
    }

    /** A rule in the making. */
    static final class Rules {
        private final String id;
        private Condition when = anyFailure();
        private int failures = 1;
        private Duration apart = Duration.ZERO;
        private Duration within;
        private Duration spanning = Duration.ZERO;
        private boolean consecutive;
        private List<Duration> lasts = List.of(Duration.ofHours(1));
        private Rule.OnDelivery delivery = Rule.OnDelivery.IGNORED;
        private Rule.Level level = Rule.Level.TENANT;

        private Rules(String id) {
            this.id = id;
        }

        Rules when(Condition value) {
            when = value;
            return this;
        }

        Rules failures(int value) {
            failures = value;
            return this;
        }

        Rules apart(Duration value) {
            apart = value;
            return this;
        }

        Rules within(Duration value) {
            within = value;
            return this;
        }

        Rules spanning(Duration value) {
            spanning = value;
            return this;
        }

        Rules consecutive(boolean value) {
            consecutive = value;
            return this;
        }

        Rules lasts(Duration... values) {
            lasts = List.of(values);
            return this;
        }

        Rules delivery(Rule.OnDelivery value) {
            delivery = value;
            return this;
        }

        Rules level(Rule.Level value) {
            level = value;
            return this;
        }

        Rule make() {
            return new Rule(
                    id, List.of(when), failures, apart, within, spanning, consecutive, lasts, delivery, level, "");
        }
    }
}
