package dev.rebound.suppress;

import dev.rebound.schema.Outcome;
import dev.rebound.schema.SuppressionAction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/**
 * What can be known of an address, in few moments, of few messages: so that items meet in one moment, contradict each other, and
 * stand on the edge of what is kept. No two have the same id.
 */
public final class AnyItems {

    /** Items happen from 0 up to this, in milliseconds. */
    public static final int LATEST = 24;

    private static final int MONTHS = 3 * 30 * 24 / 7;

    private static final String[] CATEGORIES = {"MAILBOX_FULL", "BAD_MAILBOX", "DOMAIN_NOT_FOUND"};
    private static final String[] STREAMS = {null, "news"};

    private AnyItems() {}

    /** From one seed each, because arbitraries of so many parts are slow to make and to shrink. */
    public static Arbitrary<List<Item>> items(int most) {
        return Arbitraries.longs()
                .flatMap(seed ->
                        Arbitraries.integers().between(0, most).map(size -> items(new Random(seed), size, LATEST, 1)));
    }

    /** Items of some months, hours apart: more days than are kept. */
    static Arbitrary<List<Item>> itemsOfMonths(int most) {
        return Arbitraries.longs().flatMap(seed -> Arbitraries.integers()
                .between(0, most)
                .map(size -> items(new Random(seed), size, MONTHS, Given.hour(7))));
    }

    private static List<Item> items(Random random, int size, int moments, long apart) {
        List<Item> items = new ArrayList<>();
        // Sometimes one kind only, to go beyond what is kept of it.
        int onlyKind = random.nextInt(3) == 0 ? random.nextInt(5) : -1;
        int latest = 1 + random.nextInt(moments);
        int removals = random.nextInt(3);
        for (int id : random.ints(0, 10_000).distinct().limit(size).toArray()) {
            int kind = onlyKind < 0 || random.nextInt(10) == 0 ? random.nextInt(5) : onlyKind;
            items.add(item(random, kind, "i" + id, apart * random.nextInt(latest + 1), removals));
        }
        retract(random, items, latest, apart);
        return items;
    }

    /** Puts what takes some of the commands back in the place of other items; also more than once, and what is not among them. */
    private static void retract(Random random, List<Item> items, int latest, long apart) {
        List<Command> commands = items.stream()
                .filter(Command.class::isInstance)
                .map(Command.class::cast)
                .filter(command -> command.action() != SuppressionAction.REMOVE)
                .toList();
        if (commands.isEmpty() || random.nextInt(3) == 0) {
            return;
        }
        for (int i = random.nextInt(1 + items.size() / 2); i > 0; i--) {
            Command taken = commands.get(random.nextInt(commands.size()));
            int place = random.nextInt(items.size());
            items.set(place, Given.retract(items.get(place).id() + "r", apart * random.nextInt(latest + 1), taken));
        }
    }

    /** Failures of one kind and deliveries, of no known message: these have the most to do with each other. */
    static Arbitrary<List<Item>> failuresAndDeliveries(int most) {
        return Arbitraries.longs().map(seed -> {
            Random random = new Random(seed);
            List<Item> items = new ArrayList<>();
            for (int i = random.nextInt(most + 1); i > 0; i--) {
                long time = random.nextInt(LATEST);
                items.add(
                        random.nextInt(3) == 0
                                ? Given.delivery("i" + i, time)
                                : Given.failure("i" + i, time).make());
            }
            return items;
        });
    }

    private static Item item(Random random, int kind, String id, long time, int removals) {
        long message = random.nextInt(3);
        return switch (kind) {
            case 0, 1 -> evidence(random, id, time, message);
            case 2 -> new Acceptance(id, time, message);
            case 3 -> new Contradiction(id, time, message);
            default -> command(random, id, time, removals);
        };
    }

    private static Evidence evidence(Random random, String id, long time, long message) {
        boolean complaint = random.nextInt(6) == 0;
        return Given.failure(id, time)
                .outcome(complaint ? Outcome.COMPLAINED : random.nextBoolean() ? Outcome.BOUNCED : Outcome.EXPIRED)
                .category(complaint ? "COMPLAINT" : CATEGORIES[random.nextInt(CATEGORIES.length)])
                .uncorrelated(random.nextInt(4) == 0)
                .asynchronous(random.nextInt(3) == 0)
                .message(message)
                .stream(STREAMS[random.nextInt(STREAMS.length)])
                .make();
    }

    private static Command command(Random random, String id, long time, int removals) {
        Long expires = random.nextInt(6) == 0 ? null : time + random.nextInt(12);
        if (random.nextInt(8) < removals) {
            return Given.remove(id, time);
        }
        return Given.command(
                id, time, random.nextBoolean() ? SuppressionAction.ADD : SuppressionAction.EXTEND, expires);
    }

    /** Policies of one to three rules that count by milliseconds. */
    static Arbitrary<Policy> policies() {
        return Arbitraries.longs().map(seed -> policy(new Random(seed), 10));
    }

    /** Policies under which much of what happens suppresses for longer than all {@link #items} take. */
    public static Arbitrary<Policy> lastingPolicies() {
        return Arbitraries.longs().map(seed -> policy(new Random(seed), 3 * LATEST));
    }

    private static Policy policy(Random random, int longest) {
        List<Rule> rules = new ArrayList<>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            rules.add(rule(random, "r" + i, longest));
        }
        return Policy.of("any", Duration.ofMillis(random.nextInt(8)), rules);
    }

    private static Rule rule(Random random, String id, int longest) {
        int failures = 1 + random.nextInt(4);
        int apart = random.nextBoolean() ? 0 : random.nextInt(4);
        int spanning = random.nextBoolean() ? 0 : random.nextInt(6);
        int shortest = Math.max(1, Math.max(spanning, apart * (failures - 1)));
        Duration[] lasts = new Duration[1 + random.nextInt(3)];
        for (int i = 0; i < lasts.length; i++) {
            lasts[i] = Duration.ofMillis(1 + random.nextInt(longest));
        }
        if (random.nextInt(5) == 0) {
            lasts[lasts.length - 1] = Rule.FOR_EVER;
        }
        return Given.rule(id)
                .when(condition(random))
                .failures(failures)
                .apart(Duration.ofMillis(apart))
                .within(random.nextBoolean() ? null : Duration.ofMillis(shortest + random.nextInt(6)))
                .spanning(Duration.ofMillis(spanning))
                .consecutive(random.nextInt(3) == 0)
                .lasts(lasts)
                .delivery(Rule.OnDelivery.values()[random.nextInt(3)])
                .level(random.nextInt(3) == 0 ? Rule.Level.STREAM : Rule.Level.TENANT)
                .make();
    }

    private static Condition condition(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> Given.condition(List.of(), false);
            case 1 -> Given.anyComplaint();
            default -> Given.anyFailure();
        };
    }
}
