package dev.rebound.http;

import dev.rebound.topology.LiveCodeTable;

/** What an instance knows of its own health. Asked at any time, also while it starts and stops. */
public interface Health {

    /** The state of an instance that waits for brokers and registry, before Kafka Streams has one of its own. */
    String WAITING_FOR_CLUSTER = "WAITING_FOR_CLUSTER";

    /** False: the instance has failed for good, and only a restart can help. */
    boolean isLive();

    /** All state is restored and events are being processed. */
    boolean isRunning();

    /** What the instance is doing: a state of Kafka Streams, such as RUNNING, or {@link #WAITING_FOR_CLUSTER}. */
    String state();

    /** The code table as the instance sees it; null while there is none yet. */
    LiveCodeTable codeTable();

    /** Running, with codes to classify by. */
    default boolean isReady() {
        LiveCodeTable table = codeTable();
        return isRunning() && table != null && table.current().size() > 0;
    }
}
