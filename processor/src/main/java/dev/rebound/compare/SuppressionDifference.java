package dev.rebound.compare;

import dev.rebound.schema.Suppression;
import dev.rebound.suppress.SuppressionKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A recipient whom the sides suppress differently.
 *
 * @param key list and address
 * @param before what the first side says, with its evidence; null: may be written to
 * @param after what the second side says, with its evidence; null: may be written to
 * @param later what the first side has learnt after the second one's end, so that they cannot be compared; null when they can
 */
public record SuppressionDifference(SuppressionKey key, Suppression before, Suppression after, Later later) {

    /** Of sides that can be compared. */
    public SuppressionDifference(SuppressionKey key, Suppression before, Suppression after) {
        this(key, before, after, null);
    }

    /** What a promotion of the second side would do. */
    public enum Kind {
        /** Only the second side suppresses the recipient. */
        ADDED,
        /** Only the first side does. */
        LIFTED,
        /** Both do, in different ways. */
        CHANGED
    }

    /** Fields by which suppressions differ: not those that name the policy, the provider or where the evidence stands. */
    private static final List<String> COMPARED = List.of(
            "reason",
            "category",
            "scope",
            "rule",
            "occurrence",
            "since",
            "expires",
            "source",
            "commandId",
            "by",
            "why");

    /** Which of the three it is. */
    public Kind kind() {
        return before == null ? Kind.ADDED : after == null ? Kind.LIFTED : Kind.CHANGED;
    }

    /** Names of the fields in which two suppressions differ; empty when one is missing. */
    public List<String> fields() {
        return before == null || after == null ? List.of() : fields(before, after);
    }

    /** The same suppression, or none on both sides. */
    static boolean isSame(Suppression before, Suppression after) {
        return before == null || after == null
                ? before == after
                : fields(before, after).isEmpty();
    }

    private static List<String> fields(Suppression before, Suppression after) {
        List<String> fields = new ArrayList<>();
        for (String field : COMPARED) {
            if (!Objects.equals(before.get(field), after.get(field))) {
                fields.add(field);
            }
        }
        return fields;
    }
}
