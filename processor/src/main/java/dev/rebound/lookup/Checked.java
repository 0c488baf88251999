package dev.rebound.lookup;

import dev.rebound.schema.Suppression;
import java.util.List;

/**
 * What stands against writing to an address.
 *
 * @param address the address, in normal form
 * @param entries suppressions of the address, of its domain, and of what stands for it since it was erased, on all lists that were
 *     asked for; the strongest first. Empty: it may be written to
 * @param staleness why the answer may be stale; empty when it is current
 */
public record Checked(String address, List<Suppression> entries, List<Staleness> staleness) {

    /** Copies the lists. */
    public Checked {
        entries = List.copyOf(entries);
        staleness = List.copyOf(staleness);
    }
}
