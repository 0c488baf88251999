package dev.rebound.topology;

import dev.rebound.suppress.Erasure;
import dev.rebound.suppress.SuppressionKey;
import java.util.Optional;
import org.apache.kafka.streams.state.KeyValueStore;

/** Recognises addresses that were erased: of these nothing is to be kept as long as their stand-in suppresses them. */
final class StandIns {

    private final KeyValueStore<byte[], byte[]> addresses;
    private final Optional<Erasure> erasure;

    StandIns(KeyValueStore<byte[], byte[]> addresses, Optional<Erasure> erasure) {
        this.addresses = addresses;
        this.erasure = erasure;
    }

    /** Whether a stand-in suppresses an address, on its list or on that of the whole tenant. */
    boolean isErased(SuppressionKey key) {
        if (erasure.isEmpty() || key.isErased() || key.isDomain()) {
            return false;
        }
        SuppressionKey whole = new SuppressionKey(key.list().wholeTenant(), key.address());
        return of(key).isPresent() || of(whole).isPresent();
    }

    /** The stand-in that suppresses an address on its own list; empty when none does. */
    Optional<SuppressionKey> of(SuppressionKey key) {
        return erasure.map(hash -> new SuppressionKey(key.list(), hash.standIn(key.address())))
                .filter(standIn ->
                        StoredAddress.fromBytes(addresses.get(standIn.bytes())).told() != 0);
    }
}
