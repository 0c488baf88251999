package dev.rebound.classify;

import dev.rebound.schema.BounceType;
import dev.rebound.schema.Outcome;
import dev.rebound.schema.ReplySource;

/** Hard, soft or none: a fact of the protocol, not a decision about the address. */
final class BounceTypes {

    private BounceTypes() {}

    /**
     * The bounce type of an outcome.
     *
     * @param outcome what became of the attempt
     * @param codes the codes of the evidence
     * @param replySource who spoke the reply
     * @param text the text rule that decided, which may set the type; null when none did
     * @param row the code's row, which may set the type for its own class; null when there is none
     */
    static BounceType of(Outcome outcome, Codes codes, ReplySource replySource, TextRule text, CodeRow row) {
        return switch (outcome) {
            case UNKNOWN, DELIVERED, DEFERRED, COMPLAINED, SUPPRESSED -> BounceType.NONE;
            case BOUNCED -> byTextOrRowOrClass(codes, text, row);
            case EXPIRED ->
                codes.receiverRefusedForGood() && replySource != ReplySource.LOCAL
                        ? byTextOrRowOrClass(codes, text, row)
                        : BounceType.SOFT;
        };
    }

    private static BounceType byTextOrRowOrClass(Codes codes, TextRule text, CodeRow row) {
        if (text != null && text.bounceType() != null) {
            return text.bounceType();
        }
        if (row != null && row.bounceType() != null && row.id().firstDigit() == codes.firstDigit()) {
            return row.bounceType();
        }
        return codes.firstDigit() == 5 ? BounceType.HARD : BounceType.SOFT;
    }
}
