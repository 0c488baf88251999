package dev.rebound.suppress;

import dev.rebound.classify.Categories;
import dev.rebound.classify.Category;
import dev.rebound.schema.BounceType;
import dev.rebound.schema.Outcome;
import dev.rebound.schema.Scope;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A final failure or a complaint that can count against an address. None can be made of what is the sender's own trouble: no
 * policy, however it is written, ever sees such an event.
 *
 * @param id id of the event
 * @param time when it happened, in milliseconds since 1970
 * @param outcome BOUNCED, EXPIRED or COMPLAINED
 * @param bounceType as classified
 * @param category as classified; of scope RECIPIENT or DOMAIN
 * @param gone the address will not accept mail again
 * @param statusClass 4 or 5; 0 when there is no code
 * @param code enhanced code, else basic code; null when there is none
 * @param provider host of the receiving domain; null when it is not recognised
 * @param uncorrelated a delivery report for which nobody vouches: anyone can have written it
 * @param asynchronous the server had accepted the message
 * @param message stands for the Message-ID; 0 when it is not known. See {@link Items}
 * @param stream kind of mail within the tenant; null when not told apart
 * @param reply beginning of the reply, addresses masked; null when none was given
 * @param topic topic that the event was read from
 * @param partition its partition
 * @param offset its offset
 */
public record Evidence(
        String id,
        long time,
        Outcome outcome,
        BounceType bounceType,
        String category,
        boolean gone,
        int statusClass,
        String code,
        String provider,
        boolean uncorrelated,
        boolean asynchronous,
        long message,
        String stream,
        String reply,
        String topic,
        int partition,
        long offset)
        implements Item {

    /** The scopes of which evidence can be. */
    public static final Set<Scope> SCOPES = Set.of(Scope.RECIPIENT, Scope.DOMAIN);

    /** The categories of which evidence can be, in the order of their table. */
    public static final Set<String> CATEGORIES = categories();

    private static final Set<Outcome> OUTCOMES = EnumSet.of(Outcome.BOUNCED, Outcome.EXPIRED, Outcome.COMPLAINED);

    /**
     * Evidence.
     *
     * @throws IllegalArgumentException when its category is the trouble of the sender, the content, the infrastructure, or nobody's
     *     that is known, or its outcome is not final
     */
    public Evidence {
        if (!isPossible(category) || !OUTCOMES.contains(outcome)) {
            throw new IllegalArgumentException(outcome + " " + category + " is no evidence against a recipient");
        }
    }

    private static Set<String> categories() {
        Set<String> names = new LinkedHashSet<>();
        for (Category category : Categories.shipped().all()) {
            if (SCOPES.contains(category.scope())) {
                names.add(category.name());
            }
        }
        return Collections.unmodifiableSet(names);
    }

    /** Whether evidence can be of a category: whether it is the recipient's or its domain's own trouble. */
    public static boolean isPossible(String category) {
        return CATEGORIES.contains(category);
    }

    /** Whose trouble it is: RECIPIENT or DOMAIN. */
    public Scope scope() {
        return scope(category);
    }

    /** Somebody reported the message as spam. */
    public boolean isComplaint() {
        return outcome == Outcome.COMPLAINED;
    }

    /** Scope of a category; UNKNOWN for a name that is none. */
    static Scope scope(String category) {
        return Categories.shipped().byName(category).map(Category::scope).orElse(Scope.UNKNOWN);
    }
}
