package dev.rebound.topology;

import dev.rebound.suppress.Erasure;
import dev.rebound.suppress.SuppressionKey;
import java.util.Optional;
import org.apache.kafka.streams.state.KeyValueStore;

/** Recognises addresses that were erased: of these nothing is to be kept as long as their stand-in suppresses them. */
final class StandIns {

    private final KeyValueStore<byte[], byte[]> addresses;
    private final Optional<Erasure> erasure;
    private final boolean replayed;

    /** @param replayed all commands are read before any event, so that what they say holds from the first event on */
    StandIns(KeyValueStore<byte[], byte[]> addresses, Optional<Erasure> erasure, boolean replayed) {
        this.addresses = addresses;
        this.erasure = erasure;
        this.replayed = replayed;
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

    /** Whether a row is that of a stand-in in force; in a replay that was given, whatever time it is there. */
    boolean stands(StoredAddress standIn) {
        return standIn.told() != 0
                || replayed && !standIn.history().standing(Long.MAX_VALUE).isEmpty();
    }

    private boolean suppresses(SuppressionKey standIn) {
        return stands(StoredAddress.fromBytes(addresses.get(standIn.bytes())));
    }
}
