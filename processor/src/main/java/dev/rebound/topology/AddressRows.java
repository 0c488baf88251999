package dev.rebound.topology;

import dev.rebound.suppress.History;

/** The rows in which the topology keeps what is known of addresses, for whoever looks them up from outside. */
public final class AddressRows {

    /** Name of the store; its keys are those of {@link dev.rebound.suppress.SuppressionKey#bytes()}. */
    public static final String STORE = Steps.ADDRESS_STORE;

    private AddressRows() {}

    /**
     * What a row says.
     *
     * @throws IllegalArgumentException when it cannot be read, as when a newer version wrote it
     */
    public static History history(byte[] row) {
        return StoredAddress.fromBytes(row).history();
    }
}
