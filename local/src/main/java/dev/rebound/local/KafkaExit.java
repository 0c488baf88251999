package dev.rebound.local;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;
import org.apache.kafka.common.utils.Exit;

/**
 * Keeps Kafka from ending this JVM. A broker that cannot go on (all log directories failed, a fault in the controller)
 * calls {@link Exit}, which by default ends the process without a word. While a broker is registered here, it is told
 * instead. Kafka's procedures are global to the JVM and do not say which broker called: the calling thread does, because
 * threads belong to the group of the thread that created them.
 */
final class KafkaExit {

    private static final Map<ThreadGroup, IntConsumer> BROKERS = new ConcurrentHashMap<>();

    private KafkaExit() {}

    /**
     * @param threads group that the broker is started in
     * @param onExit gets the exit status; called on a thread of Kafka that may hold its locks, so it must not wait
     */
    static synchronized void register(ThreadGroup threads, IntConsumer onExit) {
        BROKERS.put(threads, onExit);
        Exit.setExitProcedure((status, message) -> tell(status));
        Exit.setHaltProcedure((status, message) -> tell(status));
    }

    /** The last one to leave gives Kafka its own procedures back. */
    static synchronized void unregister(ThreadGroup threads) {
        BROKERS.remove(threads);
        if (BROKERS.isEmpty()) {
            Exit.resetExitProcedure();
            Exit.resetHaltProcedure();
        }
    }

    /** A thread of no broker's group, such as one of a pool that all share, speaks for any of them. */
    private static void tell(int status) {
        ThreadGroup caller = Thread.currentThread().getThreadGroup();
        Collection<IntConsumer> concerned = BROKERS.entrySet().stream()
                .filter(broker -> broker.getKey().parentOf(caller))
                .map(Map.Entry::getValue)
                .toList();
        (concerned.isEmpty() ? BROKERS.values() : concerned).forEach(broker -> broker.accept(status));
    }
}
