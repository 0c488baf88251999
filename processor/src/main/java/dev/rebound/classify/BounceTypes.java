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
     * @param row the row that decided, which may set the type for its own class; null when none did
     */
    static BounceType of(Outcome outcome, Codes codes, ReplySource replySource, CodeRow row) {
        return switch (outcome) {
            case UNKNOWN, DELIVERED, DEFERRED, COMPLAINED, SUPPRESSED -> BounceType.NONE;
            case BOUNCED -> byRowOrClass(codes, row);
            case EXPIRED ->
                codes.receiverRefusedForGood() && replySource != ReplySource.LOCAL
                        ? byRowOrClass(codes, row)
                        : BounceType.SOFT;
        };
    }

    private static BounceType byRowOrClass(Codes codes, CodeRow row) {
        if (row != null && row.bounceType() != null && row.id().firstDigit() == codes.firstDigit()) {
            return row.bounceType();
        }
        return codes.firstDigit() == 5 ? BounceType.HARD : BounceType.SOFT;
    }
}
