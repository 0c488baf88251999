package dev.rebound.lookup;

import dev.rebound.address.EmailAddress;
import dev.rebound.address.InvalidAddressException;
import dev.rebound.event.Tenants;
import dev.rebound.json.NearestName;
import dev.rebound.json.Shown;
import dev.rebound.lookup.InvalidLookupException.Mistake;
import dev.rebound.schema.Scope;
import dev.rebound.schema.Suppression;
import dev.rebound.schema.SuppressionReason;
import dev.rebound.schema.SuppressionSource;
import dev.rebound.suppress.Evidence;
import dev.rebound.suppress.SuppressionKey;
import dev.rebound.suppress.SuppressionList;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * Which suppressions are wanted. What is null is not asked for; all the rest must hold.
 *
 * @param list exactly this list
 * @param tenant the lists of this tenant: its own, and those of its streams
 * @param domain addresses of this domain, in A-label form, and the suppression of the domain itself
 * @param category category of the last failure
 * @param scope RECIPIENT or DOMAIN
 * @param reason why, in the broadest terms
 * @param source what put the address on the list
 * @param provider host of the receiving domain
 * @param rule id of the policy's rule
 * @param sinceFrom suppressed since then or later
 * @param sinceTo suppressed since before then
 */
public record SuppressionFilter(
        SuppressionList list,
        String tenant,
        String domain,
        String category,
        Scope scope,
        SuppressionReason reason,
        SuppressionSource source,
        String provider,
        String rule,
        Instant sinceFrom,
        Instant sinceTo) {

    /** Lets everything pass. */
    public static final SuppressionFilter ALL =
            new SuppressionFilter(null, null, null, null, null, null, null, null, null, null, null);

    /** Names of the parameters that describe a filter. */
    public static final List<String> PARAMETERS = List.of(
            "list",
            "tenant",
            "domain",
            "category",
            "scope",
            "reason",
            "source",
            "provider",
            "rule",
            "since.from",
            "since.to");

    /**
     * The filter that parameters describe. Letter case does not matter in names that Rebound gives, such as categories.
     *
     * @param parameters values by name, of {@link #PARAMETERS}; others are passed over
     * @throws InvalidLookupException when values cannot be used; it tells of all of them
     */
    public static SuppressionFilter of(Map<String, String> parameters) throws InvalidLookupException {
        Reader reader = new Reader(parameters);
        SuppressionFilter filter = new SuppressionFilter(
                reader.read("list", SuppressionFilter::list),
                reader.read("tenant", SuppressionFilter::tenant),
                reader.read("domain", SuppressionFilter::domain),
                reader.read("category", SuppressionFilter::category),
                reader.read("scope", text -> oneOf(text, EnumSet.copyOf(Evidence.SCOPES))),
                reader.read("reason", text -> oneOf(text, EnumSet.complementOf(EnumSet.of(SuppressionReason.UNKNOWN)))),
                reader.read("source", text -> oneOf(text, EnumSet.complementOf(EnumSet.of(SuppressionSource.UNKNOWN)))),
                reader.read("provider", text -> text.toLowerCase(Locale.ROOT)),
                reader.read("rule", Function.identity()),
                reader.read("since.from", SuppressionFilter::time),
                reader.read("since.to", SuppressionFilter::time));
        if (!reader.mistakes.isEmpty()) {
            throw new InvalidLookupException(reader.mistakes);
        }
        return filter;
    }

    /** Reads parameters one by one and collects what is wrong with them. */
    private static final class Reader {

        private final Map<String, String> parameters;
        private final List<Mistake> mistakes = new ArrayList<>();

        Reader(Map<String, String> parameters) {
            this.parameters = parameters;
        }

        <T> T read(String name, Function<String, T> reading) {
            String text = parameters.get(name);
            if (text == null) {
                return null;
            }
            try {
                return reading.apply(text);
            } catch (IllegalArgumentException e) {
                mistakes.add(new Mistake(name, e.getMessage()));
                return null;
            }
        }
    }

    private static SuppressionList list(String text) {
        try {
            return SuppressionList.parse(text);
        } catch (IllegalArgumentException e) {
            throw wrong(text, "*, a tenant, or tenant/stream");
        }
    }

    private static String tenant(String text) {
        if (!Tenants.isValid(text)) {
            throw wrong(text, Tenants.EXPECTED);
        }
        return text;
    }

    private static String domain(String text) {
        try {
            return EmailAddress.domain(text.startsWith("@") ? text.substring(1) : text);
        } catch (InvalidAddressException e) {
            throw wrong(text, "a domain, such as example.org");
        }
    }

    private static String category(String text) {
        String name = text.toUpperCase(Locale.ROOT);
        if (!Evidence.isPossible(name)) {
            throw new IllegalArgumentException(Shown.text(text)
                    + " (expected: a category of scope RECIPIENT or DOMAIN; did you mean "
                    + NearestName.of(name, Evidence.CATEGORIES) + "?)");
        }
        return name;
    }

    private static <E extends Enum<E>> E oneOf(String text, Collection<E> allowed) {
        for (E value : allowed) {
            if (value.name().equalsIgnoreCase(text)) {
                return value;
            }
        }
        throw wrong(
                text,
                "one of " + String.join(", ", allowed.stream().map(Enum::name).toList()));
    }

    private static Instant time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw wrong(text, "a time with an offset, such as 2026-01-02T03:04:05Z; a + in it has to be written %2B");
        }
    }

    private static IllegalArgumentException wrong(String text, String expected) {
        return new IllegalArgumentException(Shown.text(text) + " (expected: " + expected + ")");
    }

    /** The parameters that describe this filter, in the order of {@link #PARAMETERS}. */
    public Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        put(parameters, "list", list == null ? null : list.text());
        put(parameters, "tenant", tenant);
        put(parameters, "domain", domain);
        put(parameters, "category", category);
        put(parameters, "scope", scope);
        put(parameters, "reason", reason);
        put(parameters, "source", source);
        put(parameters, "provider", provider);
        put(parameters, "rule", rule);
        put(parameters, "since.from", sinceFrom);
        put(parameters, "since.to", sinceTo);
        return parameters;
    }

    private static void put(Map<String, String> parameters, String name, Object value) {
        if (value != null) {
            parameters.put(name, value.toString());
        }
    }

    /** What the key of every row begins with that can pass; empty when nothing is known of it. */
    String prefix() {
        if (list != null) {
            return list.text() + '|';
        }
        return tenant == null ? "" : SuppressionList.of(tenant).text();
    }

    /** Whether a suppression with this key can pass. */
    boolean mayPass(SuppressionKey key) {
        return (list == null || list.equals(key.list()))
                && (tenant == null || tenant.equals(key.list().tenant()))
                && (domain == null || key.address().endsWith('@' + domain));
    }

    /** Whether a suppression passes. */
    boolean passes(Suppression suppression) {
        return (category == null || category.equals(suppression.getCategory()))
                && (scope == null || scope == suppression.getScope())
                && (reason == null || reason == suppression.getReason())
                && (source == null || source == suppression.getSource())
                && (provider == null || provider.equals(suppression.getProvider()))
                && (rule == null || rule.equals(suppression.getRule()))
                && (sinceFrom == null || !suppression.getSince().isBefore(sinceFrom))
                && (sinceTo == null || suppression.getSince().isBefore(sinceTo));
    }
}
