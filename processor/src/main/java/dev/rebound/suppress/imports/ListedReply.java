package dev.rebound.suppress.imports;

import dev.rebound.classify.Categories;
import dev.rebound.classify.Category;
import dev.rebound.classify.Classifier;
import dev.rebound.classify.ShippedCodes;
import dev.rebound.schema.Classification;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.schema.Outcome;
import dev.rebound.schema.Scope;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the reply says that a provider lists with a bounce, by the shipped codes and text rules.
 *
 * @param category why the mail came back
 * @param statusClass first digit of the code that decides; null when there is no code
 * @param status the code as the provider lists it; empty when there is none
 */
record ListedReply(Category category, Integer statusClass, String status) {

    private static final Set<Scope> RECIPIENTS_OWN = EnumSet.of(Scope.RECIPIENT, Scope.DOMAIN);
    private static final Pattern BASIC_CODE = Pattern.compile("[245]\\d\\d");

    /** RFC 3463 section 3.2, and its code for a mailbox that is disabled. */
    private static final Pattern ABOUT_RECIPIENT = Pattern.compile("5\\.(1\\.\\d{1,3}|2\\.1)");

    private static final int TEMPORARY = 4;

    /**
     * Judges a reply.
     *
     * @param code a basic or an enhanced code; null when there is none
     * @param text the server's words, which may begin with the code; null when there are none
     */
    static ListedReply of(String code, String text) {
        String status = code == null ? "" : code.strip();
        String words = text == null ? "" : text.strip();
        boolean basic = BASIC_CODE.matcher(status).matches();
        Classification classification = Classifier.classify(
                DeliveryEvent.newBuilder()
                        .setEventId("")
                        // Shipped rows are in force at all times.
                        .setEventTime(Instant.EPOCH)
                        .setTenant("default")
                        .setRecipient("")
                        .setOutcome(Outcome.BOUNCED)
                        .setStatus(basic || status.isEmpty() ? null : status)
                        .setReply(basic && !words.startsWith(status) ? status + " " + words : words)
                        .build(),
                ShippedCodes.table());
        return new ListedReply(
                Categories.shipped().byName(classification.getCategory()).orElseThrow(),
                classification.getStatusClass(),
                status);
    }

    /** Name of the category; null when the reply does not say why, or whose trouble it is. */
    String categoryName() {
        return category.scope() == Scope.UNKNOWN ? null : category.name();
    }

    /** Name of the category if it is the recipient's or the domain's trouble; else null. */
    String recipientsCategoryName() {
        return RECIPIENTS_OWN.contains(category.scope()) ? category.name() : null;
    }

    /** Refuses what is somebody else's trouble. What the reply does not explain passes: the provider had its reason. */
    void refuseOthersTrouble() throws BadRowException {
        if (category.scope() != Scope.UNKNOWN && !RECIPIENTS_OWN.contains(category.scope())) {
            throw BadRowException.likeBlock("reply is not about the recipient: " + category.name() + ", scope "
                    + category.scope().name().toLowerCase(Locale.ROOT)
                    + " (expected: a trouble of the recipient or its domain; to suppress the address all the same, put it"
                    + " in a plain list)");
        }
    }

    /** Refuses all that is not for certain a lasting trouble of the recipient or its domain. */
    void refuseDoubtful() throws BadRowException {
        refuseOthersTrouble();
        if (Integer.valueOf(TEMPORARY).equals(statusClass)) {
            throw BadRowException.likeBlock("status is temporary, class 4, as SendGrid's blocks are " + remedy());
        }
        boolean aboutRecipient = RECIPIENTS_OWN.contains(category.scope())
                || ABOUT_RECIPIENT.matcher(status).matches();
        if (!aboutRecipient) {
            throw BadRowException.likeBlock(
                    "neither status nor reason says that it is a bounce, and not one of SendGrid's blocks " + remedy());
        }
    }

    private static String remedy() {
        return "(if the file is the export of bounces, say format " + ImportFormat.SENDGRID_BOUNCES.text() + ")";
    }
}
