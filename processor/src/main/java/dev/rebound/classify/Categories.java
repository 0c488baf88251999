package dev.rebound.classify;

import dev.rebound.schema.Scope;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The closed taxonomy of categories, in the order of its table. */
public final class Categories {

    /** The evidence does not carry a judgement. */
    public static final String UNDETERMINED = "UNDETERMINED";

    static final String DELIVERED = "DELIVERED";

    /** Somebody reported the message as spam. */
    public static final String COMPLAINT = "COMPLAINT";

    static final String LOCAL_REJECTED = "LOCAL_REJECTED";

    static final String EXPIRED = "EXPIRED";

    private static final Categories SHIPPED = load();

    private final Map<String, Category> byName = new LinkedHashMap<>();

    private Categories(List<Category> categories) {
        categories.forEach(category -> byName.put(category.name(), category));
    }

    /** The categories that ship with the product; there are no others. */
    public static Categories shipped() {
        return SHIPPED;
    }

    /** Finds a category by its exact name; empty when there is none. */
    public Optional<Category> byName(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** All categories, in the order of the table. */
    public Collection<Category> all() {
        return List.copyOf(byName.values());
    }

    /** All names, in the order of the table. */
    public Collection<String> names() {
        return List.copyOf(byName.keySet());
    }

    /** The category of this name. @throws IllegalArgumentException when there is none */
    Category require(String name) {
        return byName(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "category: " + name + " (expected: one of " + String.join(", ", byName.keySet()) + ")"));
    }

    private static Categories load() {
        return new Categories(ShippedTable.read("categories.tsv").rows().stream()
                .map(row -> new Category(
                        row.get("category"),
                        Scope.valueOf(row.get("scope")),
                        Category.RecipientGone.valueOf(
                                row.get("recipient_gone").replace('-', '_').toUpperCase(Locale.ROOT)),
                        row.get("meaning"),
                        row.get("what_to_do")))
                .toList());
    }
}
