package dev.rebound.classify;

import java.util.List;

/**
 * What the text of a reply says.
 *
 * @param id name of the rule, unique
 * @param provider host of the receiving domain that the rule is for; null for any
 * @param when what else has to hold
 * @param phrases any of them
 * @param category why, when the rule matches
 * @param gone the text says that the mailbox will not come back; true only where the category leaves that to texts
 * @param explanation what the text means in practice; empty for none
 * @param source where that is known from; empty for none
 */
record TextRule(
        String id,
        String provider,
        RuleConditions when,
        List<Phrase> phrases,
        Category category,
        boolean gone,
        String explanation,
        String source) {

    private static final int MOST_PHRASES = 200;

    /**
     * @throws InvalidRowException when the parts do not go together
     */
    TextRule {
        if (!id.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
            throw new InvalidRowException("id", id, "lower case letters and digits with hyphens between words");
        }
        if (phrases.isEmpty() || phrases.size() > MOST_PHRASES) {
            throw new InvalidRowException("phrases", phrases.size() + " of " + id, "1 to " + MOST_PHRASES);
        }
        if (gone && category.gone() != Category.RecipientGone.BY_TEXT) {
            throw new InvalidRowException(
                    "gone",
                    "yes for " + category.name(),
                    "yes only where the category leaves it to the text, as MAILBOX_DISABLED does");
        }
        phrases = List.copyOf(phrases);
    }

    /** Whether a match means that the recipient will not take mail again. */
    boolean saysGone() {
        return gone || category.gone() == Category.RecipientGone.ALWAYS;
    }
}
