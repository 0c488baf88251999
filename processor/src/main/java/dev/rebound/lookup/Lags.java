package dev.rebound.lookup;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.streams.LagInfo;

/**
 * How far copies of the state lag. Finding out asks the brokers, which can take long: it is done once for all who ask at the same
 * time, and nobody waits for it longer than a second.
 */
final class Lags {

    private static final Duration KEPT = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Supplier<Map<String, Map<Integer, LagInfo>>> source;
    private CompletableFuture<Map<String, Map<Integer, LagInfo>>> asked;
    private long askedAt;

    /** @param source asks the brokers; gives lags by store and partition */
    Lags(Supplier<Map<String, Map<Integer, LagInfo>>> source) {
        this.source = source;
    }

    /** Number of changes that the copy of a partition of a store lacks; empty when that could not be found out in time. */
    OptionalLong of(String store, int partition) {
        try {
            LagInfo lag = ask().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .getOrDefault(store, Map.of())
                    .get(partition);
            return lag == null ? OptionalLong.empty() : OptionalLong.of(lag.offsetLag());
        } catch (ExecutionException | TimeoutException e) {
            return OptionalLong.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OptionalLong.empty();
        }
    }

    private synchronized CompletableFuture<Map<String, Map<Integer, LagInfo>>> ask() {
        boolean old = asked != null && asked.isDone() && System.nanoTime() - askedAt > KEPT.toNanos();
        if (asked == null || old) {
            askedAt = System.nanoTime();
            asked = CompletableFuture.supplyAsync(source, task -> {
                Thread thread = new Thread(task, "lookup-lags");
                thread.setDaemon(true);
                thread.start();
            });
        }
        return asked;
    }
}
