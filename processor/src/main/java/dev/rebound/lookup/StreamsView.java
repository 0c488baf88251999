package dev.rebound.lookup;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.LagInfo;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** What Kafka Streams knows. */
final class StreamsView implements ClusterView {

    /** Keys of metadata look-ups are partitions: what is where is asked for partitions, not for addresses. */
    private static final StreamPartitioner<Integer, Object> ITSELF =
            (topic, partition, value, partitions) -> Optional.of(Set.of(partition));

    private static final String WAITING = "WAITING_FOR_CLUSTER";

    private final Supplier<RunningStreams> running;
    private final Lags lags;

    /**
     * A view.
     *
     * @param running what to ask; gives null while there is nothing
     */
    StreamsView(Supplier<RunningStreams> running) {
        this.running = running;
        this.lags = new Lags(this::askForLags);
    }

    @Override
    public int partitions() {
        return now().partitions();
    }

    private RunningStreams now() {
        RunningStreams now = running.get();
        if (now == null) {
            throw UnavailableException.notReady(WAITING);
        }
        if (!now.streams().state().isRunningOrRebalancing()) {
            throw UnavailableException.notReady(now.streams().state().name());
        }
        return now;
    }

    @Override
    public ReadOnlyKeyValueStore<byte[], byte[]> rows(String store, int partition, boolean copies) {
        StoreQueryParameters<ReadOnlyKeyValueStore<byte[], byte[]>> wanted = StoreQueryParameters.fromNameAndType(
                        store, QueryableStoreTypes.<byte[], byte[]>keyValueStore())
                .withPartition(partition);
        KafkaStreams streams = now().streams();
        try {
            return streams.store(copies ? wanted.enableStaleStores() : wanted);
        } catch (IllegalStateException e) {
            throw new InvalidStateStoreException("stopped meanwhile", e);
        }
    }

    @Override
    public Staleness staleness(String store, int partition) {
        boolean elsewhere = others(store, partition).active().isPresent();
        return new Staleness(
                partition,
                elsewhere ? Staleness.Reason.STANDBY : Staleness.Reason.RESTORING,
                lags.of(store, partition));
    }

    @Override
    public Others others(String store, int partition) {
        RunningStreams now = now();
        KeyQueryMetadata known;
        try {
            known = now.streams().queryMetadataForKey(store, partition, ITSELF);
        } catch (IllegalStateException | InvalidStateStoreException e) {
            return Others.NONE;
        }
        if (known == null || known.equals(KeyQueryMetadata.NOT_AVAILABLE)) {
            return Others.NONE;
        }
        List<HostInfo> standbys =
                known.standbyHosts().stream().filter(host -> isOther(host, now)).toList();
        return new Others(Optional.of(known.activeHost()).filter(host -> isOther(host, now)), standbys);
    }

    private static boolean isOther(HostInfo host, RunningStreams now) {
        return !host.equals(HostInfo.unavailable())
                && (now.address() == null || !host.equals(HostInfo.buildFromEndpoint(now.address())));
    }

    private Map<String, Map<Integer, LagInfo>> askForLags() {
        return now().streams().allLocalStorePartitionLags();
    }
}
