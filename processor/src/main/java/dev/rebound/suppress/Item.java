package dev.rebound.suppress;

import java.util.Comparator;

/** Something that is known of an address: what an event says, or what somebody decided. */
public sealed interface Item permits Evidence, Acceptance, Contradiction, Command {

    /** By time, and by id where that is the same: the order in which items count, however they arrive. */
    Comparator<Item> ORDER = Comparator.comparingLong(Item::time).thenComparing(Item::id);

    /** Id of the event or command; the same one counts once. */
    String id();

    /** When it happened, in milliseconds since 1970. */
    long time();
}
