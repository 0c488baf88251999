package dev.rebound.classify;

import dev.rebound.schema.BounceType;
import dev.rebound.schema.Outcome;

/** For every row that ships a reply for which just that row decides. */
public final class SeedReplies {

    private SeedReplies() {}

    /** A reply whose codes lead to the row of this id and to no finer one. */
    public static String replyFor(String id) {
        return switch (CodeId.parse(id).layer()) {
            case EXACT -> id.charAt(0) + "99 " + id + " in words";
            case SUBJECT -> id.charAt(0) + "99 " + id + ".999 in words";
            case BASIC -> id + " in words";
            case CLASS -> "in words " + id.charAt(0) + ".9.9";
            case GROUP -> id.charAt(0) + "99 in words";
            case NONE, OUTCOME, TEXT, PROVIDER_TEXT -> throw new IllegalArgumentException(id + " is no code");
        };
    }

    /** The outcome of an attempt that such a code ends, so that the row's default bounce type can show. */
    public static Outcome outcomeFor(String id, BounceType type) {
        if (type != BounceType.NONE) {
            return Outcome.BOUNCED;
        }
        return id.startsWith("2") ? Outcome.DELIVERED : Outcome.DEFERRED;
    }
}
