package dev.rebound.promote;

import dev.rebound.schema.Suppression;
import dev.rebound.suppress.History;

/**
 * What live says of an address on a list.
 *
 * @param suppression what the feed has; null when the address may be written to
 * @param history what is known of it; {@link History#EMPTY} when nothing is
 * @param erased the address was erased, and a stand-in suppresses it
 */
record LiveAddress(Suppression suppression, History history, boolean erased) {

    /** Nothing is known. */
    static final LiveAddress UNKNOWN = new LiveAddress(null, History.EMPTY, false);
}
