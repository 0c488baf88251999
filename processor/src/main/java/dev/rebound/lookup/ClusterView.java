package dev.rebound.lookup;

import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** Where the partitions of the state are, as far as this instance knows. */
interface ClusterView {

    /**
     * Number of partitions.
     *
     * @throws UnavailableException while it is not known
     */
    int partitions();

    /**
     * Rows of a partition on this instance.
     *
     * @param store name of the store that they are in
     * @param copies also from a standby, or while they are being restored
     * @throws org.apache.kafka.streams.errors.InvalidStateStoreException now or when it is read: they are not here
     */
    ReadOnlyKeyValueStore<byte[], byte[]> rows(String store, int partition, boolean copies);

    /** How stale the copy on this instance may be. */
    Staleness staleness(String store, int partition);

    /** Who else has a partition of a store. */
    Others others(String store, int partition);

    /**
     * The instances beside this one that have a partition.
     *
     * @param active the one that processes it; empty when that is this one, or is not known
     * @param standbys those that have a copy
     */
    record Others(Optional<HostInfo> active, List<HostInfo> standbys) {

        /** Nobody, or nobody who is known. */
        static final Others NONE = new Others(Optional.empty(), List.of());

        /** Copies the list. */
        public Others {
            standbys = List.copyOf(standbys);
        }
    }
}
