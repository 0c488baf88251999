package dev.rebound.suppress;

import dev.rebound.classify.Categories;
import dev.rebound.classify.Category;
import dev.rebound.classify.ProviderRow;
import dev.rebound.schema.BounceType;
import dev.rebound.schema.Outcome;
import dev.rebound.schema.Scope;
import dev.rebound.yaml.YamlNode;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/** A condition as a policy file has it. Refuses what cannot be, and values of which one rules out the other. */
final class ConditionEntry {

    private static final String OUTCOME = "outcome";
    private static final String BOUNCE = "bounce";
    private static final String CATEGORY = "category";
    private static final String SCOPE = "scope";
    private static final String CLASS = "class";
    private static final String CODE = "code";
    private static final String PROVIDER = "provider";
    private static final String GONE = "gone";
    private static final String UNCORRELATED = "uncorrelated";
    private static final String NO_CLASS = "none";

    private final Entry entry;
    private final Condition condition;

    private ConditionEntry(Entry entry) {
        this.entry = entry;
        this.condition = entry.placed(() -> new Condition(
                set(OUTCOME, node -> symbol(node, Outcome.class)),
                entry.value(BOUNCE, node -> symbol(node, BounceType.class), null),
                set(CATEGORY, ConditionEntry::category),
                set(SCOPE, node -> symbol(node, Scope.class)),
                set(CLASS, ConditionEntry::statusClass),
                List.copyOf(set(CODE, YamlNode::text)),
                set(PROVIDER, ConditionEntry::provider),
                entry.value(GONE, YamlNode::truth, null),
                entry.value(UNCORRELATED, YamlNode::truth, null)));
    }

    static Condition read(YamlNode node) {
        Entry entry = new Entry(
                node, node.fields(OUTCOME, BOUNCE, CATEGORY, SCOPE, CLASS, CODE, PROVIDER, GONE, UNCORRELATED));
        if (entry.fields().isEmpty()) {
            throw node.invalid("at least one key, such as category");
        }
        ConditionEntry read = new ConditionEntry(entry);
        read.refuseContradictions();
        return read.condition;
    }

    private <T extends Comparable<T>> SortedSet<T> set(String key, Function<YamlNode, T> reader) {
        SortedSet<T> values = new TreeSet<>();
        if (entry.has(key)) {
            entry.field(key).oneOrMore().forEach(node -> values.add(reader.apply(node)));
        }
        return values;
    }

    private static <E extends Enum<E>> E symbol(YamlNode node, Class<E> type) {
        List<String> names =
                Arrays.stream(type.getEnumConstants()).map(Enum::name).toList();
        if (!names.contains(node.text())) {
            List<String> possible = type == Outcome.class
                    ? List.of("BOUNCED", "EXPIRED", "COMPLAINED")
                    : type == Scope.class ? List.of("RECIPIENT", "DOMAIN") : List.of("HARD", "SOFT");
            throw node.unknown(possible);
        }
        return Enum.valueOf(type, node.text());
    }

    private static String category(YamlNode node) {
        if (Categories.shipped().byName(node.text()).isEmpty()) {
            throw node.unknown(List.copyOf(Evidence.CATEGORIES));
        }
        return node.text();
    }

    private static int statusClass(YamlNode node) {
        return switch (node.text()) {
            case "4" -> 4;
            case "5" -> 5;
            case NO_CLASS -> 0;
            default -> throw node.invalid("4, 5, or none");
        };
    }

    private static String provider(YamlNode node) {
        // Operators add providers to the code table while a policy is in force, so that no list of them is closed.
        if (!ProviderRow.isProvider(node.text())) {
            throw node.invalid(ProviderRow.PROVIDER_EXPECTED);
        }
        return node.text();
    }

    private void refuseContradictions() {
        if (condition.bounceType() != null && condition.outcomes().contains(Outcome.COMPLAINED)) {
            throw entry.field(BOUNCE).invalid("no such key beside outcome COMPLAINED: a complaint is no bounce");
        }
        if (entry.has(CATEGORY)) {
            entry.field(CATEGORY).oneOrMore().forEach(this::requirePossible);
        } else if (Evidence.CATEGORIES.stream()
                .map(ConditionEntry::known)
                .allMatch(category -> objection(category) != null)) {
            throw entry.node().invalid("values that one failure or complaint can have together; no category does");
        }
        if (entry.has(CODE) && !condition.classes().isEmpty()) {
            entry.field(CODE).oneOrMore().forEach(this::requireClass);
        }
    }

    private void requirePossible(YamlNode node) {
        String objection = objection(known(node.text()));
        if (objection != null) {
            throw node.invalid(objection);
        }
    }

    /** What of the condition rules a category out; null when nothing does. */
    private String objection(Category category) {
        if (!condition.scopes().isEmpty() && !condition.scopes().contains(category.scope())) {
            return "a category of scope " + joined(condition.scopes()) + "; this one is of scope " + category.scope();
        }
        if (Boolean.TRUE.equals(condition.gone()) && category.gone() == Category.RecipientGone.NEVER) {
            return "a category that can be gone; this one never is";
        }
        if (Boolean.FALSE.equals(condition.gone()) && category.gone() == Category.RecipientGone.ALWAYS) {
            return "a category that need not be gone; this one always is";
        }
        if (category.name().equals(Categories.COMPLAINT)) {
            return condition.outcomes().contains(Outcome.COMPLAINED) ? null : "outcome: COMPLAINED beside it";
        }
        return condition.outcomes().equals(new TreeSet<>(List.of(Outcome.COMPLAINED)))
                ? "the category COMPLAINT, or no such key, beside outcome COMPLAINED"
                : null;
    }

    private void requireClass(YamlNode node) {
        int statusClass = node.text().charAt(0) - '0';
        if (!condition.classes().contains(statusClass)) {
            throw node.invalid("a code of class " + joined(condition.classes()) + ", as class says");
        }
    }

    private static Category known(String name) {
        return Categories.shipped().byName(name).orElseThrow();
    }

    private static String joined(SortedSet<?> values) {
        return values.stream()
                .sorted(Comparator.comparing(Object::toString))
                .map(value -> value.equals(0) ? NO_CLASS : value.toString())
                .reduce((left, right) -> left + " or " + right)
                .orElseThrow();
    }
}
