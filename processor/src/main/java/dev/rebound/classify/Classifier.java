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

/** Says why a delivery attempt ended as it did. */
public final class Classifier {

    /** The {@code ingestSource} of events that were read from words for people; of them, confidence is {@code MEDIUM} at most. */
    public static final String FREE_TEXT = "free-text";

    /** From the very code to its group. */
    private static final int STEPS = 6;

    private Classifier() {}

    /**
     * Classifies an event. A pure function: the same event and table give the same answer; it does not throw, whatever the
     * texts hold, and its time is linear in their length.
     *
     * @param event the event; its recipient may be empty, which leaves the receiving domain empty
     * @param table what codes, words and hosts mean; of each row the revision in force at the event's time counts
     */
    public static Classification classify(DeliveryEvent event, CodeTable table) {
        Codes codes = Codes.settle(event.getReply(), event.getStatus());
        String provider = provider(event, table);
        CodeRow nearest = lookUp(codes, table, event.getEventTime(), false);
        CodeRow explaining = nearest == null || nearest.category() != null
                ? nearest
                : lookUp(codes, table, event.getEventTime(), true);
        Evidence evidence = evidence(event, codes, provider);
        TextRules.Best best = bestText(event, evidence, table, explaining);
        TextRule text = best == null ? null : best.rule();
        BounceType type = BounceTypes.of(event.getOutcome(), codes, event.getReplySource(), text, nearest);
        Verdict verdict = Verdict.of(event.getOutcome(), type, codes, best, explaining);
        return new Classification(
                statusClass(codes),
                type,
                verdict.category().name(),
                verdict.category().scope(),
                verdict.recipientGone() && !evidence.isAboutSender(),
                believed(event, verdict.confidence()),
                codes.enhanced(),
                codes.basic(),
                codes.found(),
                verdict.layer(),
                verdict.rule(),
                table.position(),
                receivingDomain(event.getRecipient()),
                provider);
    }

    /** Who hosts the receiving domain, by the receiving server's name; null when no row says. */
    private static String provider(DeliveryEvent event, CodeTable table) {
        ProviderRow row = table.providerOf(event.getRemoteHost(), event.getEventTime());
        return row == null ? null : row.provider();
    }

    /** Whoever reads words that were meant for people may have taken the wrong ones. */
    private static Confidence believed(DeliveryEvent event, Confidence confidence) {
        return confidence == Confidence.HIGH && FREE_TEXT.equals(event.getIngestSource())
                ? Confidence.MEDIUM
                : confidence;
    }

    /**
     * Classifies an event as {@link #classify} does, and tells all that led to it. Takes longer.
     *
     * @param event as for {@link #classify}
     * @param table as for {@link #classify}
     */
    public static Explanation explain(DeliveryEvent event, CodeTable table) {
        Codes codes = Codes.settle(event.getReply(), event.getStatus());
        Evidence evidence = evidence(event, codes, provider(event, table));
        CodeRow row = lookUp(codes, table, event.getEventTime(), true);
        List<TextRules.Match> matches = wordsMatter(event) ? table.texts().matching(evidence) : List.of();
        List<Explanation.RuleFound> rules = new ArrayList<>();
        TextRule decides = matches.isEmpty() || yields(matches.get(0).rule(), row)
                ? null
                : matches.get(0).rule();
        for (TextRules.Match match : matches) {
            rules.add(
                    new Explanation.RuleFound(match.rule(), match.words(), overruled(match, matches.get(0), decides)));
        }
        Classification classification = classify(event, table);
        return new Explanation(
                classification,
                evidence.command(),
                rules,
                row,
                Categories.shipped().require(classification.getCategory()));
    }

    private static String overruled(TextRules.Match match, TextRules.Match best, TextRule decides) {
        if (match.rule() == decides) {
            return null;
        }
        if (decides == null) {
            return "its words are weak, and the code says why";
        }
        if (match.rule().when().weak() && !decides.when().weak()) {
            return "its words are weak: they stand beside many reasons";
        }
        if (match.rule().provider() == null && decides.provider() != null) {
            return "rule " + decides.id() + " is for the receiving provider";
        }
        return "rule " + decides.id()
                + (best.weight() > match.weight() ? " names more of the reply" : " goes before it");
    }

    private static Evidence evidence(DeliveryEvent event, Codes codes, String provider) {
        return new Evidence(event.getReply(), codes, provider, event.getSmtpCommand(), event.getEventTime());
    }

    /** Of other outcomes, what became of the attempt says it all. */
    private static boolean wordsMatter(DeliveryEvent event) {
        return switch (event.getOutcome()) {
            case DELIVERED, COMPLAINED, SUPPRESSED -> false;
            case BOUNCED, DEFERRED, EXPIRED, UNKNOWN -> true;
        };
    }

    /** The best rule about the text that matches and need not yield to the codes; null when there is none. */
    private static TextRules.Best bestText(DeliveryEvent event, Evidence evidence, CodeTable table, CodeRow row) {
        TextRules.Best best = wordsMatter(event) ? table.texts().best(evidence) : null;
        return best == null || yields(best.rule(), row) ? null : best;
    }

    /** Words say more than codes: 5.7.1 alone stands for fourteen reasons. Only weak words yield to a code that says why. */
    private static boolean yields(TextRule rule, CodeRow row) {
        return rule.when().weak() && Verdict.isOwnCode(row) && Verdict.saysWhy(row);
    }

    /** The most specific row that knows the codes, of all or of those with a category; null when none does. */
    private static CodeRow lookUp(Codes codes, CodeTable table, Instant at, boolean withCategory) {
        for (int step = 0; step < STEPS; step++) {
            String id = id(codes, step);
            CodeRow row = id == null ? null : table.row(id, at);
            if (row != null && (!withCategory || row.category() != null)) {
                return row;
            }
        }
        return null;
    }

    /** Ids of rows, the most specific first; null where the codes have none. */
    private static String id(Codes codes, int step) {
        String enhanced = codes.enhanced();
        return switch (step) {
            case 0 -> codes.basic() != null && saysMoreThanEnhanced(codes) ? codes.basic() : null;
            case 1 -> enhanced;
            case 2 -> enhanced == null ? null : CodeNames.subjectRow(enhanced);
            case 3 -> codes.basic();
            case 4 -> enhanced == null ? null : CodeNames.classRow(codes.firstDigit());
            default -> codes.firstDigit() == 0 ? null : CodeNames.groupRow(codes.firstDigit());
        };
    }

    /** RFC 7504 section 4: 521 and 556 are a host and a domain that never take mail; X.3.2 alone is one that is closed for now. */
    private static boolean saysMoreThanEnhanced(Codes codes) {
        return codes.enhanced() != null
                && codes.enhanced().endsWith(".3.2")
                && (codes.basic().equals("521") || codes.basic().equals("556"));
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

        static Verdict of(Outcome outcome, BounceType type, Codes codes, TextRules.Best text, CodeRow row) {
            return switch (outcome) {
                case DELIVERED ->
                    row != null && isCategory(row, Categories.DELIVERED)
                            ? delivered(row)
                            : byOutcome(Categories.DELIVERED);
                case COMPLAINED -> byOutcome(Categories.COMPLAINT);
                case SUPPRESSED -> byOutcome(Categories.LOCAL_REJECTED);
                case EXPIRED ->
                    text != null || saysWhy(row)
                            ? expired(byTextOrRow(codes, text, row), type)
                            : byOutcome(Categories.EXPIRED);
                case BOUNCED, DEFERRED, UNKNOWN -> byTextOrRow(codes, text, row);
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

        private static Verdict byTextOrRow(Codes codes, TextRules.Best text, CodeRow row) {
            return text == null ? byRow(codes, row) : byText(text, row);
        }

        private static Verdict byText(TextRules.Best best, CodeRow row) {
            TextRule text = best.rule();
            return new Verdict(
                    text.category(),
                    text.saysGone(),
                    confidence(best, row),
                    text.provider() == null ? Layer.TEXT : Layer.PROVIDER_TEXT,
                    text.id());
        }

        private static Confidence confidence(TextRules.Best best, CodeRow row) {
            TextRule text = best.rule();
            if (text.category().name().equals(Categories.UNDETERMINED)) {
                return Confidence.NONE;
            }
            if (text.when().weak()) {
                return Confidence.LOW;
            }
            boolean contradicted = row != null
                    && row.id().layer() == Layer.EXACT
                    && saysWhy(row)
                    && row.category().scope() != text.category().scope();
            return contradicted || best.contested() ? Confidence.MEDIUM : Confidence.HIGH;
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
            return new Verdict(
                    category,
                    isOwnCode(row) && category.gone() == Category.RecipientGone.ALWAYS,
                    known ? confidence(layer, codes) : Confidence.NONE,
                    layer,
                    row.id().text());
        }

        /** A row of the very code, and not of a group that the code is in. */
        private static boolean isOwnCode(CodeRow row) {
            return row != null && (row.id().layer() == Layer.EXACT || row.id().layer() == Layer.BASIC);
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
                case NONE, OUTCOME, TEXT, PROVIDER_TEXT -> Confidence.NONE;
            };
        }
    }
}
