package dev.rebound.classify;

import dev.rebound.schema.BounceType;
import dev.rebound.schema.StatusCode;
import dev.rebound.schema.StatusCodeRevision;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What the words of a reply say: one rule at one moment, its origins merged field by field.
 *
 * @param id name of the rule, unique; lower case letters, digits and hyphens, beginning with a letter
 * @param provider host of the receiving domain that the rule is for, such as {@code google}; null for any
 * @param when what else has to hold
 * @param phrases any of them; empty matches nothing
 * @param category why, when the rule matches
 * @param gone the text says that the mailbox will not come back; counts only where the category leaves that to texts
 * @param bounceType {@code HARD} or {@code SOFT} for final failures; null leaves it to codes
 * @param explanation what the text means in practice; null when no origin has one
 * @param reference where that is known from; null when no origin says
 * @param origins the origins that said something, the strongest first, separated by {@code +}
 */
public record TextRule(
        String id,
        String provider,
        RuleConditions when,
        List<Phrase> phrases,
        Category category,
        boolean gone,
        BounceType bounceType,
        String explanation,
        String reference,
        String origins) {

    /** What an id has to be, for complaints. */
    public static final String ID_EXPECTED =
            "lower case letters, digits and single hyphens, beginning with a letter, at most 80";

    private static final int MOST_PHRASES = 200;
    private static final int LONGEST_ID = 80;
    /** Linear: each character can be taken in one way only. */
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    /** Copies the phrases. */
    public TextRule {
        phrases = List.copyOf(phrases);
    }

    /** Whether a row of the table with this id is a text rule: codes begin with a digit, and suffixes stand behind a colon. */
    public static boolean isId(String id) {
        return id != null && id.length() <= LONGEST_ID && ID.matcher(id).matches();
    }

    /** Whether a match means that the recipient will not take mail again. */
    public boolean saysGone() {
        return switch (category.gone()) {
            case ALWAYS -> true;
            case BY_TEXT -> gone;
            case NEVER -> false;
        };
    }

    /**
     * Refuses what cannot be used in a text rule, whatever other origins say. The category is not looked at.
     *
     * @throws InvalidRowException naming field, value and what was expected
     */
    static void validate(StatusCodeRevision revision) {
        List<String> phrases = revision.getPhrases();
        if (phrases != null) {
            if (phrases.size() > MOST_PHRASES) {
                throw new InvalidRowException("phrases", phrases.size() + " of them", "at most " + MOST_PHRASES);
            }
            phrases.forEach(Phrase::parse);
        }
        RuleConditions.parse(revision.getCondition());
        String provider = revision.getProvider();
        // Whether a row has the provider is not asked: rows are read one by one, and its row may come later, or go.
        if (provider != null && !provider.isEmpty() && !ProviderRow.isProvider(provider)) {
            throw new InvalidRowException("provider", provider, "empty for any, or " + ProviderRow.PROVIDER_EXPECTED);
        }
        if (Boolean.TRUE.equals(revision.getRecipientGone()) && revision.getCategory() != null) {
            Category category = Categories.shipped().require(revision.getCategory());
            if (category.gone() == Category.RecipientGone.NEVER) {
                throw new InvalidRowException(
                        "recipientGone",
                        "true for " + category.name(),
                        "true only where the category leaves it to the text, as MAILBOX_DISABLED does");
            }
        }
    }

    /**
     * Refuses what an operator cannot say of a rule.
     *
     * @param beneath the rule without what the operator says; null when there is none
     * @throws InvalidRowException naming field, value and what was expected
     */
    public static void validateOver(TextRule beneath, String id, StatusCodeRevision says) {
        StatusCodeRevision merged = says.getCategory() != null || beneath == null
                ? says
                : StatusCodeRevision.newBuilder(says)
                        .setCategory(beneath.category().name())
                        .build();
        CodeTable.validate(new StatusCode(id, Origin.OPERATOR.text(), List.of(merged)));
    }

    /** What origins say together; null when they do not say what to look for and what it means. */
    static TextRule merge(String id, Timeline.InForce inForce) {
        List<String> phrases = inForce.first(StatusCodeRevision::getPhrases);
        String category = inForce.first(StatusCodeRevision::getCategory);
        if (phrases == null || category == null) {
            return null;
        }
        String provider = inForce.first(StatusCodeRevision::getProvider);
        return new TextRule(
                id,
                provider == null || provider.isEmpty() ? null : provider,
                RuleConditions.parse(inForce.first(StatusCodeRevision::getCondition)),
                phrases.stream().map(Phrase::parse).toList(),
                Categories.shipped().require(category),
                Boolean.TRUE.equals(inForce.first(StatusCodeRevision::getRecipientGone)),
                CodeTable.bounceType(inForce),
                inForce.first(StatusCodeRevision::getExplanation),
                inForce.first(StatusCodeRevision::getReference),
                inForce.origins());
    }
}
