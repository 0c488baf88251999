package dev.rebound.lookup;

import dev.rebound.schema.Suppression;
import dev.rebound.suppress.Decision;
import dev.rebound.suppress.Policies;
import dev.rebound.suppress.SuppressionKey;
import dev.rebound.topology.AddressRows;
import java.time.Clock;
import java.util.Optional;

/**
 * Decides about rows as of now, by the same policies as the topology.
 *
 * @param policies the policies in force
 * @param clock tells the time
 */
record Decider(Policies policies, Clock clock) {

    /** The suppression that is in force by a row; empty when the address may be written to. */
    Optional<Suppression> suppression(Row row) {
        SuppressionKey key = SuppressionKey.parse(row.key());
        return Optional.ofNullable(Decision.of(
                        key,
                        AddressRows.history(row.value()),
                        policies.of(key.list().tenant()),
                        clock.millis())
                .suppression());
    }
}
