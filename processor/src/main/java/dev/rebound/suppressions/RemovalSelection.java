package dev.rebound.suppressions;

import dev.rebound.address.EmailAddress;
import dev.rebound.address.InvalidAddressException;
import dev.rebound.classify.Categories;
import dev.rebound.classify.ProviderRow;
import dev.rebound.schema.Scope;
import dev.rebound.schema.Suppression;
import dev.rebound.schema.SuppressionSource;
import dev.rebound.suppress.SuppressionKey;
import dev.rebound.suppress.SuppressionList;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;

/**
 * Which suppressions are removed in bulk. All that is named must hold; null is not asked for. At least one of provider, category,
 * rule and domain is named, and the span always, so that nobody empties a list by a slip. Stand-ins of erased addresses are never
 * among them.
 *
 * @param provider host of the receiving domain, by the last failure in the evidence
 * @param category category of that failure
 * @param rule id of the policy's rule that decided
 * @param domain domain of the addresses, any letter case; its subdomains are others
 * @param tenant any list of this tenant
 * @param list this list and no other; not together with a tenant
 * @param from earliest moment since which the address is suppressed
 * @param to latest such moment, not included
 * @param sources what put the address on the list
 */
public record RemovalSelection(
        String provider,
        String category,
        String rule,
        String domain,
        String tenant,
        SuppressionList list,
        Instant from,
        Instant to,
        Set<SuppressionSource> sources) {

    /** What policies put on lists: evidence that an outage gave, and nothing that somebody decided. */
    public static final Set<SuppressionSource> BY_POLICY = Set.of(SuppressionSource.POLICY);

    /** Anything. */
    public static final Set<SuppressionSource> BY_ANYTHING = Set.of(SuppressionSource.values());

    /**
     * A selection; copies the set.
     *
     * @throws IllegalArgumentException when a value cannot be meant or too little is named; where it is about one field, the message
     *     begins with its name and a colon
     */
    public RemovalSelection {
        sources = Set.copyOf(sources);
        category = category == null ? null : category.toUpperCase(Locale.ROOT);
        domain = domain == null ? null : normalised(domain);
        requireCategory(category);
        if (provider != null && !ProviderRow.isProvider(provider)) {
            throw new IllegalArgumentException(
                    "provider: not a name of one (expected: " + ProviderRow.PROVIDER_EXPECTED + ")");
        }
        if (tenant != null && list != null) {
            throw new IllegalArgumentException("list: given beside a tenant (expected: one of the two)");
        }
        if (provider == null && category == null && rule == null && domain == null) {
            throw new IllegalArgumentException(
                    "nothing says which suppressions are meant (expected: at least one of provider, category, rule and"
                            + " domain)");
        }
        if (from == null || to == null) {
            throw new IllegalArgumentException((from == null ? "from" : "to")
                    + ": missing (expected: the moments between which the suppressions began)");
        }
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("to: not after from (expected: the end of the span)");
        }
    }

    private static String normalised(String domain) {
        try {
            return EmailAddress.domain(domain.startsWith("@") ? domain.substring(1) : domain);
        } catch (InvalidAddressException e) {
            throw new IllegalArgumentException("domain: " + e.getMessage(), e);
        }
    }

    /** Nothing is suppressed for what is not the recipient's or the domain's trouble: another category is a slip. */
    private static void requireCategory(String category) {
        boolean possible = category == null
                || Categories.shipped()
                        .byName(category)
                        .filter(known -> known.scope() == Scope.RECIPIENT || known.scope() == Scope.DOMAIN)
                        .isPresent();
        if (!possible) {
            throw new IllegalArgumentException(
                    "category: not one for which addresses are suppressed (expected: a category of scope RECIPIENT or"
                            + " DOMAIN; see topology-docs/codes.md)");
        }
    }

    /** Whether this suppression is meant. */
    boolean holds(Suppression entry) {
        return sources.contains(entry.getSource())
                && isOrAny(provider, entry.getProvider())
                && isOrAny(category, entry.getCategory())
                && isOrAny(rule, entry.getRule())
                && (domain == null || entry.getAddress().endsWith('@' + domain))
                && isOnLists(entry.getList())
                && !entry.getSince().isBefore(from)
                && entry.getSince().isBefore(to)
                && !new SuppressionKey(SuppressionList.ALL, entry.getAddress()).isErased();
    }

    private static boolean isOrAny(String wanted, String found) {
        return wanted == null || wanted.equals(found);
    }

    private boolean isOnLists(String found) {
        if (list != null) {
            return list.text().equals(found);
        }
        return tenant == null || tenant.equals(SuppressionList.parse(found).tenant());
    }
}
