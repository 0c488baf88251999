package dev.rebound.suppress;

import dev.rebound.classify.Categories;
import dev.rebound.classify.CodeId;
import dev.rebound.classify.InvalidRowException;
import dev.rebound.schema.BounceType;
import dev.rebound.schema.Outcome;
import dev.rebound.schema.Scope;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which evidence a rule counts. All that is named must hold; what is null or empty is not asked for.
 *
 * @param outcomes any of BOUNCED, EXPIRED, COMPLAINED; empty: BOUNCED or EXPIRED
 * @param bounceType HARD or SOFT; null: either
 * @param categories any of these; each of scope RECIPIENT or DOMAIN
 * @param scopes any of RECIPIENT, DOMAIN
 * @param classes any of 4, 5, and 0 for no code
 * @param codes any of these codes, such as 5.1.1 or 550; one that ends in {@code .*} stands for all that begin so
 * @param providers any of these hosts of the receiving domain
 * @param gone the address will not accept mail again; null: either
 * @param uncorrelated the evidence is a delivery report for which nobody vouches; null: either
 */
public record Condition(
        SortedSet<Outcome> outcomes,
        BounceType bounceType,
        SortedSet<String> categories,
        SortedSet<Scope> scopes,
        SortedSet<Integer> classes,
        List<String> codes,
        SortedSet<String> providers,
        Boolean gone,
        Boolean uncorrelated) {

    private static final String ANY_DETAIL = ".*";

    /**
     * A condition; copies the collections.
     *
     * @throws IllegalArgumentException when it asks for failures that cannot count against a recipient, or for nothing that exists; the
     *     message begins with the key of a policy file: {@code category}, {@code scope}, {@code outcome}, {@code bounce}, {@code class}
     *     or {@code code}
     */
    public Condition {
        outcomes = sorted(outcomes);
        categories = sorted(categories);
        scopes = sorted(scopes);
        classes = sorted(classes);
        codes = List.copyOf(codes);
        providers = sorted(providers);
        outcomes.forEach(Condition::requireFinal);
        categories.forEach(Condition::requireRecipients);
        scopes.forEach(Condition::requireRecipients);
        classes.forEach(Condition::requireFailure);
        codes.forEach(Condition::requireCode);
        if (bounceType == BounceType.NONE) {
            throw new IllegalArgumentException("bounce: NONE (expected: HARD or SOFT; only final failures count)");
        }
    }

    private static <T extends Comparable<T>> SortedSet<T> sorted(Collection<T> values) {
        return java.util.Collections.unmodifiableSortedSet(new TreeSet<>(values));
    }

    private static void requireFinal(Outcome outcome) {
        switch (outcome) {
            case BOUNCED, EXPIRED, COMPLAINED -> {}
            case DELIVERED, DEFERRED, SUPPRESSED, UNKNOWN ->
                throw new IllegalArgumentException("outcome: " + outcome
                        + " (expected: BOUNCED, EXPIRED or COMPLAINED; nothing else is evidence against an address)");
        }
    }

    private static void requireRecipients(String category) {
        Scope scope = Categories.shipped()
                .byName(category)
                .map(known -> known.scope())
                .orElseThrow(() -> new IllegalArgumentException("category: " + category + " (expected: one of "
                        + String.join(", ", Evidence.CATEGORIES) + ")"));
        if (!Evidence.SCOPES.contains(scope)) {
            throw new IllegalArgumentException("category: " + category + " is of scope " + scope + ", and " + NEVER
                    + " (expected: one of " + String.join(", ", Evidence.CATEGORIES) + ")");
        }
    }

    private static final String NEVER = "what is not the recipient's or its domain's own trouble never suppresses";

    private static void requireRecipients(Scope scope) {
        if (!Evidence.SCOPES.contains(scope)) {
            throw new IllegalArgumentException("scope: " + scope + ": " + NEVER + " (expected: RECIPIENT or DOMAIN)");
        }
    }

    private static void requireFailure(int statusClass) {
        if (statusClass != 0 && statusClass != 4 && statusClass != 5) {
            throw new IllegalArgumentException("class: " + statusClass + " (expected: 4, 5, or none)");
        }
    }

    private static void requireCode(String code) {
        boolean any = code.endsWith(ANY_DETAIL);
        if (!canBe(any ? code.substring(0, code.length() - ANY_DETAIL.length()) : code, any)) {
            throw new IllegalArgumentException("code: " + code + " (expected: a code such as 5.1.1 or 550, or 5.1.*)");
        }
    }

    private static boolean canBe(String id, boolean any) {
        try {
            return switch (CodeId.parse(id).layer()) {
                case EXACT, BASIC -> !any;
                case SUBJECT -> any;
                case NONE, OUTCOME, CLASS, GROUP, TEXT, PROVIDER_TEXT -> false;
            };
        } catch (InvalidRowException e) {
            return false;
        }
    }

    /** Whether this evidence is of the kind. */
    public boolean holds(Evidence found) {
        return (bounceType == null || bounceType == found.bounceType())
                && (gone == null || gone == found.gone())
                && (uncorrelated == null || uncorrelated == found.uncorrelated())
                && (outcomes.isEmpty() ? !found.isComplaint() : outcomes.contains(found.outcome()))
                && (categories.isEmpty() || categories.contains(found.category()))
                && (scopes.isEmpty() || scopes.contains(found.scope()))
                && (classes.isEmpty() || classes.contains(found.statusClass()))
                && (codes.isEmpty() || hasCode(found.code()))
                && (providers.isEmpty() || found.provider() != null && providers.contains(found.provider()));
    }

    private boolean hasCode(String code) {
        if (code == null) {
            return false;
        }
        for (String wanted : codes) {
            boolean prefix = wanted.endsWith(ANY_DETAIL);
            if (prefix ? code.startsWith(wanted.substring(0, wanted.length() - 1)) : code.equals(wanted)) {
                return true;
            }
        }
        return false;
    }
}
