package dev.rebound.lookup;

/**
 * A row of the state as it is stored.
 *
 * @param key {@code list|address}
 * @param value what {@link dev.rebound.topology.AddressRows} reads
 */
record Row(String key, byte[] value) {}
