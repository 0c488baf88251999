package dev.rebound.suppress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.schema.SuppressionAction;
import dev.rebound.schema.SuppressionReason;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** A history is a function of the set of its items. */
class HistoryPropertyTest {

    /** So many have 120 orders. */
    private static final int FEW = 5;

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void aFewItemsGiveTheSameHistoryInEveryOrder(@ForAll("few") List<Item> items) {
        History expected = expected(items);

        permutations(items, order -> assertThat(Given.history(order)).isEqualTo(expected));
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void soTheyDoBeforeAndAfterManyOthers(@ForAll("few") List<Item> few, @ForAll long seed) {
        List<Item> base = almostFull(new Random(seed));
        List<Item> all = new ArrayList<>(base);
        all.addAll(few);
        History expected = expected(all);
        History before = Given.history(base);

        permutations(few, order -> {
            assertThat(with(before, order)).isEqualTo(expected);
            assertThat(with(Given.history(order), base)).isEqualTo(expected);
        });
    }

    @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void manyItemsGiveTheSameHistoryShuffledAndRepeated(@ForAll("many") List<Item> items, @ForAll long seed) {
        History expected = expected(items);
        Random random = new Random(seed);

        for (int i = 0; i < 10; i++) {
            assertThat(Given.history(shuffled(items, random))).isEqualTo(expected);
        }
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void soDoTheItemsOfMonths(@ForAll("months") List<Item> items, @ForAll long seed) {
        manyItemsGiveTheSameHistoryShuffledAndRepeated(items, seed);
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void henceTheSameRecordAtAnyTime(
            @ForAll("many") List<Item> items, @ForAll("policies") Policy policy, @ForAll long seed) {
        History one = Given.history(items);
        History other = Given.history(shuffled(items, new Random(seed)));

        for (long now = -1; now <= AnyItems.LATEST + 12; now++) {
            for (SuppressionKey key : List.of(Given.TENANT, Given.STREAM)) {
                assertThat(Decision.of(key, other, policy, now)).isEqualTo(Decision.of(key, one, policy, now));
            }
        }
    }

    /** What is taken back leaves no trace in what is decided, however much else is known. */
    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void whatIsTakenBackWasNeverGiven(
            @ForAll("many") List<Item> items, @ForAll("policies") Policy policy, @ForAll long seed) {
        Random random = new Random(seed);
        SuppressionAction action = random.nextBoolean() ? SuppressionAction.ADD : SuppressionAction.EXTEND;
        Command given =
                Given.command("given", random.nextInt(AnyItems.LATEST), action, random.nextBoolean() ? null : 30L);
        List<Item> more = new ArrayList<>(fewOfAKind(items));
        History without = Given.history(more);
        more.add(given);
        more.add(Given.retract("back", random.nextInt(AnyItems.LATEST), given));
        History with = Given.history(shuffled(more, random));

        for (long now = AnyItems.LATEST; now <= AnyItems.LATEST + 12; now++) {
            for (SuppressionKey key : List.of(Given.TENANT, Given.STREAM)) {
                assertThat(Decision.of(key, with, policy, now).suppression())
                        .isEqualTo(Decision.of(key, without, policy, now).suppression());
            }
        }
    }

    /** So few commands that none is pushed out. */
    private static List<Item> fewOfAKind(List<Item> items) {
        List<Item> commands = items.stream().filter(Command.class::isInstance).toList();
        List<Item> few = new ArrayList<>(items);
        few.removeAll(commands.subList(Math.min(commands.size(), History.MAX_COMMANDS - 1), commands.size()));
        return few;
    }

    /** However much is given and taken back afterwards, of whatever kind: there is no way back but another command. */
    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void whatIsTakenBackStaysSo(@ForAll("many") List<Item> items, @ForAll long seed) {
        Random random = new Random(seed);
        List<Item> all = new ArrayList<>(items);
        List<Command> taken = new ArrayList<>();
        for (int i = 0; i < 3 * History.MAX_COMMANDS; i++) {
            Command given = Given.command(
                    "given" + i,
                    random.nextInt(AnyItems.LATEST),
                    random.nextBoolean() ? SuppressionAction.ADD : SuppressionAction.EXTEND,
                    random.nextBoolean() ? null : 40L);
            taken.add(given);
            all.add(given);
            all.add(Given.retract("back" + i, random.nextInt(AnyItems.LATEST), given));
        }

        assertThat(Given.history(shuffled(all, random)).standing(AnyItems.LATEST))
                .doesNotContainAnyElementsOf(taken);
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void commandsAreBounded(@ForAll("many") List<Item> items) {
        Map<Object, Long> kept = Given.history(items).commands().stream()
                .collect(Collectors.groupingBy(
                        it -> List.of(kind(it), it.action() == SuppressionAction.RETRACT), Collectors.counting()));

        assertThat(kept.values()).allMatch(count -> count <= History.MAX_COMMANDS);
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void whatIsKnownChangesNothing(@ForAll("months") List<Item> items) {
        History history = Given.history(items);

        assertThat(items).allSatisfy(item -> assertThat(history.with(item)).isSameAs(history));
    }

    /** Replaying what an operator saw and decided about must not bring it back. */
    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void nothingFromBeforeARemovalIsKept(@ForAll("many") List<Item> items, @ForAll("moments") long time) {
        History history = with(Given.history(items).with(Given.remove("the-last", time)), items);

        assertThat(events(history)).allMatch(item -> item.time() > time);
        assertThat(history.commands()).allMatch(command -> command.place().time() >= time);
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void theLatestEvidenceIsThatOfAllThatIsKept(@ForAll("many") List<Item> items) {
        History history = Given.history(items);
        List<Item> kept = new ArrayList<>(history.evidence());
        kept.addAll(history.contradictions());

        assertThat(history.latestEvidence())
                .isEqualTo(kept.stream().mapToLong(Item::time).max().orElse(Long.MIN_VALUE));
    }

    /** The history as its documentation says it, from all items at once. */
    private static History expected(List<Item> items) {
        List<Command> commands = all(items, Command.class, command -> true);
        Command removal = commands.stream()
                .filter(command -> command.action() == SuppressionAction.REMOVE)
                .reduce(null, (earlier, later) -> later);
        Predicate<Item> counts = item -> removal == null || item.time() > removal.time();
        Predicate<Command> decides =
                command -> removal == null || Command.Place.ORDER.compare(command.place(), removal.place()) > 0;
        List<Evidence> evidence = all(items, Evidence.class, counts);
        return new History(
                inOrder(evidence.stream()
                        .map(HistoryPropertyTest::kind)
                        .distinct()
                        .map(kind -> recent(evidence, it -> kind(it).equals(kind), History.MAX_EVIDENCE))
                        .toList()),
                recent(all(items, Acceptance.class, counts), it -> true, History.MAX_ACCEPTANCES),
                recent(all(items, Contradiction.class, counts), it -> true, History.MAX_CONTRADICTIONS),
                inOrder(commands.stream()
                        .filter(it -> it.action() != SuppressionAction.REMOVE)
                        .map(HistoryPropertyTest::kind)
                        .distinct()
                        .map(kind -> latestPlaces(commands.stream()
                                .filter(decides.and(it -> kind(it).equals(kind)))
                                .toList()))
                        .toList()),
                removal);
    }

    private static List<Object> kind(Command command) {
        SuppressionAction action = command.action() != SuppressionAction.RETRACT
                ? command.action()
                : command.reason() == SuppressionReason.UNKNOWN ? SuppressionAction.EXTEND : SuppressionAction.ADD;
        return List.of(action, command.reason(), command.expires() == null);
    }

    /** All in the latest places, and of what takes back the same the first. */
    private static List<Command> latestPlaces(List<Command> all) {
        Map<Command.Place, Map<Boolean, Command>> places = new TreeMap<>(Command.Place.ORDER);
        all.forEach(command -> places.computeIfAbsent(command.place(), place -> new TreeMap<>())
                .putIfAbsent(command.action() == SuppressionAction.RETRACT, command));
        return places.values().stream()
                .skip(Math.max(0, places.size() - History.MAX_COMMANDS))
                .flatMap(place -> place.values().stream())
                .toList();
    }

    private static List<Object> kind(Evidence found) {
        return List.of(
                found.category(), found.gone(), found.uncorrelated(), found.isComplaint() && found.stream() == null);
    }

    private static <T extends Item> List<T> all(List<Item> items, Class<T> kind, Predicate<? super T> counts) {
        return items.stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .filter(counts)
                .sorted(Item.ORDER)
                .toList();
    }

    private static <T extends Item> List<T> latest(List<T> all, Predicate<? super T> counts, int most) {
        List<T> found = all.stream().filter(counts).toList();
        return found.subList(Math.max(0, found.size() - most), found.size());
    }

    /** The latest, and the last of each of the latest days. */
    private static <T extends Item> List<T> recent(List<T> all, Predicate<? super T> counts, int most) {
        Map<Long, T> lastOfDays = new TreeMap<>();
        all.stream().filter(counts).forEach(item -> lastOfDays.put(Math.floorDiv(item.time(), Given.hour(24)), item));
        return inOrder(List.of(
                latest(all, counts, most), latest(List.copyOf(lastOfDays.values()), item -> true, History.MAX_DAYS)));
    }

    private static <T extends Item> List<T> inOrder(List<List<T>> parts) {
        return parts.stream()
                .flatMap(List::stream)
                .distinct()
                .sorted(Item.ORDER)
                .toList();
    }

    private static List<Item> events(History history) {
        List<Item> events = new ArrayList<>(history.evidence());
        events.addAll(history.acceptances());
        events.addAll(history.contradictions());
        return events;
    }

    /** One or two less of each kind than are kept, in moments among those of other items. */
    private static List<Item> almostFull(Random random) {
        List<Item> items = new ArrayList<>();
        int less = 1 + random.nextInt(2);
        fill(items, History.MAX_EVIDENCE - less, i -> Given.failure("b" + i, random.nextInt(6))
                .make());
        fill(items, History.MAX_ACCEPTANCES - less, i -> Given.delivery("d" + i, random.nextInt(6)));
        fill(items, History.MAX_CONTRADICTIONS - less, i -> new Contradiction("c" + i, random.nextInt(6), 0));
        fill(items, History.MAX_COMMANDS - less, i -> Given.add("a" + i, random.nextInt(6), null));
        return items;
    }

    private static void fill(List<Item> items, int size, IntFunction<Item> made) {
        IntStream.range(0, size).mapToObj(made).forEach(items::add);
    }

    private static List<Item> shuffled(List<Item> items, Random random) {
        List<Item> order = new ArrayList<>(items);
        for (Item item : items) {
            for (int copies = random.nextInt(4) - 1; copies > 0; copies--) {
                order.add(item);
            }
        }
        Collections.shuffle(order, random);
        return order;
    }

    private static History with(History history, List<Item> items) {
        History now = history;
        for (Item item : items) {
            now = now.with(item);
        }
        return now;
    }

    private static void permutations(List<Item> items, Consumer<List<Item>> use) {
        permutations(new ArrayList<>(items), 0, use);
    }

    private static void permutations(List<Item> items, int from, Consumer<List<Item>> use) {
        if (from >= items.size()) {
            use.accept(items);
        }
        for (int i = from; i < items.size(); i++) {
            Collections.swap(items, from, i);
            permutations(items, from + 1, use);
            Collections.swap(items, from, i);
        }
    }

    @Provide
    Arbitrary<List<Item>> few() {
        return AnyItems.items(FEW);
    }

    @Provide
    Arbitrary<List<Item>> many() {
        return AnyItems.items(80);
    }

    @Provide
    Arbitrary<List<Item>> months() {
        return AnyItems.itemsOfMonths(160);
    }

    @Provide
    Arbitrary<Policy> policies() {
        return AnyItems.policies();
    }

    @Provide
    Arbitrary<Long> moments() {
        return Arbitraries.longs().between(0, AnyItems.LATEST);
    }
}
