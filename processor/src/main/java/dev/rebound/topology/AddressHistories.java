package dev.rebound.topology;

import dev.rebound.suppress.History;

/** What an application knows of addresses, as its changelog has it: for readers that compare. */
public final class AddressHistories {

    private AddressHistories() {}

    /**
     * Name of the compacted topic; the key of a record is {@code list|address} in UTF-8, as in the feed. It has as many partitions as
     * {@code delivery-events}, and an address stands in the one that its events are in.
     *
     * @param applicationId of the application whose state it is
     */
    public static String changelog(String applicationId) {
        return ReboundTopology.changelog(applicationId, Steps.ADDRESS_STORE);
    }

    /**
     * Reads the value of a record.
     *
     * @param value null when nothing is known any more
     * @throws IllegalArgumentException when it was written by a version with another form
     */
    public static History parse(byte[] value) {
        return StoredAddress.fromBytes(value).history();
    }
}
