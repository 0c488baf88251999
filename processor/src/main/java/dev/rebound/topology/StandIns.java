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

    /** Whether an address can have a stand-in at all. */
    boolean canStandFor(SuppressionKey key) {
        return erasure.isPresent() && !key.isErased() && !key.isDomain();
    }

    /** Whether a stand-in suppresses an address, on its list or on that of the whole tenant. */
    boolean isErased(SuppressionKey key) {
        return canStandFor(key)
                && (suppresses(key(key))
                        || suppresses(key(new SuppressionKey(key.list().wholeTenant(), key.address()))));
    }

    /** The key of an address's stand-in on the same list. @throws java.util.NoSuchElementException when it cannot have one */
    SuppressionKey key(SuppressionKey key) {
        return new SuppressionKey(key.list(), erasure.orElseThrow().standIn(key.address()));
    }

    private boolean suppresses(SuppressionKey standIn) {
        return StoredAddress.fromBytes(addresses.get(standIn.bytes())).told() != 0;
    }
}
