package dev.rebound.classify;

import dev.rebound.schema.StatusCodeRevision;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * Who hosts the receiving domains whose mail hosts have names with one suffix: a row of the code table at one moment, its
 * origins merged.
 *
 * @param suffix lower case, without a dot in front; stands for the host of this name and all below it
 * @param provider who that is, such as {@code google}; null when an operator says that the hosts are nobody's
 * @param name what people know the provider by, as this row has it; null when none of its origins says. Another row may have it:
 *     see {@link CodeTable#providerNames}
 * @param namedAt when the name was recorded; null when it ships, or there is none
 * @param reference where that is known from; null when no origin says
 * @param origins the origins that said something, the strongest first, separated by {@code +}
 */
public record ProviderRow(
        String suffix, String provider, String name, Instant namedAt, String reference, String origins) {

    /** What a provider has to be, for complaints. */
    public static final String PROVIDER_EXPECTED =
            "lower case letters, digits and single hyphens, at most 40, such as google; not unknown, which statistics call"
                    + " what is not recognised";

    /** What a suffix has to be, for complaints. */
    public static final String SUFFIX_EXPECTED =
            "the end of mail hosts' names, of two labels at least, lower case, in ASCII and without a dot in front, such as"
                    + " google.com";

    /** A colon stands in no code and in no name of a text rule. */
    private static final String ID_PREFIX = "mx:";

    private static final String UNKNOWN = "unknown";
    private static final int LONGEST_PROVIDER = 40;
    private static final int LONGEST_NAME = 100;
    /** Linear, as the pattern below: each character can be taken in one way only. */
    private static final Pattern PROVIDER = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    /** RFC 1123 section 2.1. One label alone would hand a whole top level domain to a provider. */
    private static final Pattern SUFFIX =
            Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+");

    /** Whether a row of the table with this id is about a provider; its suffix may still be none. False for null. */
    public static boolean isId(String id) {
        return id != null && id.startsWith(ID_PREFIX);
    }

    /** The id of the row about a suffix. */
    public static String id(String suffix) {
        return ID_PREFIX + suffix;
    }

    /** Whether this can be the suffix of a row. */
    public static boolean isSuffix(String text) {
        return text.length() <= Providers.LONGEST_HOST && SUFFIX.matcher(text).matches();
    }

    /** Whether this can be a provider, whether any row has it or not. */
    public static boolean isProvider(String text) {
        return text.length() <= LONGEST_PROVIDER && PROVIDER.matcher(text).matches() && !text.equals(UNKNOWN);
    }

    /** The suffix that a row is about. @throws InvalidRowException when the id has none */
    public static String suffixOf(String id) {
        String suffix = id.substring(ID_PREFIX.length());
        if (!isSuffix(suffix)) {
            throw new InvalidRowException("id", id, ID_PREFIX + " and " + SUFFIX_EXPECTED);
        }
        return suffix;
    }

    /**
     * Refuses what cannot be used in a row about a provider, whatever other origins say.
     *
     * @throws InvalidRowException naming field, value and what was expected
     */
    static void validate(StatusCodeRevision revision) {
        String provider = revision.getProvider();
        if (provider != null && !provider.isEmpty() && !isProvider(provider)) {
            throw new InvalidRowException("provider", provider, PROVIDER_EXPECTED + "; or empty for nobody");
        }
        String name = revision.getSummary();
        if (name != null
                && (name.isBlank()
                        || name.length() > LONGEST_NAME
                        || name.chars().anyMatch(Character::isISOControl))) {
            throw new InvalidRowException(
                    "summary", name, "the name of the provider, in a line of at most " + LONGEST_NAME + " characters");
        }
        if (revision.getCategory() != null
                || revision.getBounceType() != null
                || revision.getDescription() != null
                || revision.getExplanation() != null
                || revision.getPhrases() != null
                || revision.getCondition() != null
                || revision.getRecipientGone() != null) {
            throw new InvalidRowException(
                    "category, bounceType, description, explanation, phrases, condition, recipientGone",
                    "set for a provider",
                    "provider, summary and reference only");
        }
    }

    /** What origins say together; null when none says whose the hosts are. */
    static ProviderRow merge(String suffix, Timeline.InForce inForce) {
        String provider = inForce.first(StatusCodeRevision::getProvider);
        if (provider == null) {
            return null;
        }
        StatusCodeRevision naming = inForce.first(revision -> isNameOf(provider, revision) ? revision : null);
        return new ProviderRow(
                suffix,
                provider.isEmpty() ? null : provider,
                naming == null ? null : naming.getSummary(),
                naming == null ? null : naming.getRecordedAt(),
                inForce.first(revision -> isAbout(provider, revision) ? revision.getReference() : null),
                inForce.origins());
    }

    private static boolean isNameOf(String provider, StatusCodeRevision revision) {
        return !provider.isEmpty() && revision.getSummary() != null && isAbout(provider, revision);
    }

    /** What a weaker origin says of another provider must not show through beside this one. */
    private static boolean isAbout(String provider, StatusCodeRevision revision) {
        return revision.getProvider() == null || revision.getProvider().equals(provider);
    }
}
