package dev.rebound.classify;

import dev.rebound.address.EmailAddress;
import dev.rebound.address.InvalidAddressException;
import dev.rebound.schema.BounceType;
import dev.rebound.schema.Classification;
import dev.rebound.schema.Confidence;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.schema.Layer;
import dev.rebound.schema.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Says why a delivery attempt ended as it did. */
public final class Classifier {

    private Classifier() {}

    /**
     * Classifies an event. A pure function: the same event and table give the same answer; it does not throw, whatever the
     * texts hold, and its time is linear in their length.
     *
     * @param event the event; its recipient may be empty, which leaves the receiving domain empty
     * @param table what the codes mean; of each row the revision in force at the event's time counts
     */
    public static Classification classify(DeliveryEvent event, CodeTable table) {
        Codes codes = Codes.settle(event.getReply(), event.getStatus());
        CodeRow nearest = lookUp(codes, table, event.getEventTime(), row -> true);
        CodeRow explaining = lookUp(codes, table, event.getEventTime(), row -> row.category() != null);
        BounceType type = BounceTypes.of(event.getOutcome(), codes, event.getReplySource(), nearest);
        Verdict verdict = Verdict.of(event.getOutcome(), type, codes, explaining);
        return new Classification(
                statusClass(codes),
                type,
                verdict.category().name(),
                verdict.category().scope(),
                verdict.recipientGone(),
                verdict.confidence(),
                codes.enhanced(),
                codes.basic(),
                codes.found(),
                verdict.layer(),
                verdict.rule(),
                table.position(),
                receivingDomain(event.getRecipient()),
                Providers.shipped().of(event.getRemoteHost()));
    }

    /** The most specific row of those wanted that knows the codes; null when none does. */
    private static CodeRow lookUp(Codes codes, CodeTable table, Instant at, Predicate<CodeRow> wanted) {
        for (String id : mostSpecificFirst(codes)) {
            CodeRow row = table.row(id, at);
            if (row != null && wanted.test(row)) {
                return row;
            }
        }
        return null;
    }

    private static List<String> mostSpecificFirst(Codes codes) {
        List<String> ids = new ArrayList<>(5);
        if (codes.enhanced() != null) {
            ids.add(codes.enhanced());
            ids.add(CodeId.subjectRow(codes.enhanced()));
        }
        if (codes.basic() != null) {
            ids.add(codes.basic());
        }
        if (codes.enhanced() != null) {
            ids.add(CodeId.classRow(codes.firstDigit()));
        }
        if (codes.firstDigit() != 0) {
            ids.add(CodeId.groupRow(codes.firstDigit()));
        }
        return ids;
    }

    private static Integer statusClass(Codes codes) {
        int digit = codes.firstDigit();
        return digit == 2 || digit == 4 || digit == 5 ? digit : null;
    }

    private static String receivingDomain(String recipient) {
        try {
            return EmailAddress.parse(recipient).domain();
        } catch (InvalidAddressException e) {
            return "";
        }
    }

    /** Category, what follows from it, and what decided it. */
    private record Verdict(Category category, boolean recipientGone, Confidence confidence, Layer layer, String rule) {

        static Verdict of(Outcome outcome, BounceType type, Codes codes, CodeRow row) {
            return switch (outcome) {
                case DELIVERED ->
                    row != null && isCategory(row, Categories.DELIVERED)
                            ? delivered(row)
                            : byOutcome(Categories.DELIVERED);
                case COMPLAINED -> byOutcome(Categories.COMPLAINT);
                case SUPPRESSED -> byOutcome(Categories.LOCAL_REJECTED);
                case EXPIRED -> saysWhy(row) ? expired(byRow(codes, row), type) : byOutcome(Categories.EXPIRED);
                case BOUNCED, DEFERRED, UNKNOWN -> byRow(codes, row);
            };
        }

        /** After deferrals only the receiver's own refusal for good says that the recipient is gone, not the queue's words. */
        private static Verdict expired(Verdict verdict, BounceType type) {
            return new Verdict(
                    verdict.category,
                    verdict.recipientGone && type == BounceType.HARD,
                    verdict.confidence,
                    verdict.layer,
                    verdict.rule);
        }

        private static Verdict byOutcome(String category) {
            return new Verdict(Categories.shipped().require(category), false, Confidence.HIGH, Layer.OUTCOME, null);
        }

        /** The outcome carries the verdict; the row that says the same is named beside it. */
        private static Verdict delivered(CodeRow row) {
            return new Verdict(
                    row.category(),
                    false,
                    Confidence.HIGH,
                    row.id().layer(),
                    row.id().text());
        }

        private static Verdict byRow(Codes codes, CodeRow row) {
            if (row == null) {
                return new Verdict(undetermined(), false, Confidence.NONE, Layer.NONE, null);
            }
            // A success code on something that failed proves nothing.
            Category category =
                    row.category() == null || isCategory(row, Categories.DELIVERED) ? undetermined() : row.category();
            Layer layer = row.id().layer();
            boolean known = !category.name().equals(Categories.UNDETERMINED);
            boolean ownCode = layer == Layer.EXACT || layer == Layer.BASIC;
            return new Verdict(
                    category,
                    ownCode && category.gone() == Category.RecipientGone.ALWAYS,
                    known ? confidence(layer, codes) : Confidence.NONE,
                    layer,
                    row.id().text());
        }

        private static boolean saysWhy(CodeRow row) {
            return row != null
                    && row.category() != null
                    && !isCategory(row, Categories.UNDETERMINED)
                    && !isCategory(row, Categories.DELIVERED);
        }

        private static boolean isCategory(CodeRow row, String name) {
            return row.category() != null && row.category().name().equals(name);
        }

        private static Category undetermined() {
            return Categories.shipped().require(Categories.UNDETERMINED);
        }

        private static Confidence confidence(Layer layer, Codes codes) {
            return switch (layer) {
                case EXACT -> codes.disputed() ? Confidence.MEDIUM : Confidence.HIGH;
                case SUBJECT, BASIC -> Confidence.MEDIUM;
                case CLASS, GROUP -> Confidence.LOW;
                case NONE, OUTCOME -> Confidence.NONE;
            };
        }
    }
}
