package dev.rebound.http;

import io.javalin.http.Context;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.HttpChannel;
import org.eclipse.jetty.server.HttpConnection;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes connections on which no request begins or ends for some time. An idle timeout alone is no bound: a client that
 * sends or takes a byte now and then is never idle. An answer that is long by nature can take longer, as long as it says that a
 * part of it is through.
 */
final class SlowConnections implements Connection.Listener {

    private final Scheduler scheduler;
    private final Duration patience;
    private final Map<HttpConnection, Scheduler.Task> watched = new ConcurrentHashMap<>();
    private final Map<HttpConnection, AtomicLong> partsOut = new ConcurrentHashMap<>();

    SlowConnections(Scheduler scheduler, Duration patience) {
        this.scheduler = scheduler;
        this.patience = patience;
    }

    /** What the answer to a request has to run for each part of it that the client has taken. */
    static Runnable partOut(Context context) {
        HttpChannel channel = Request.getBaseRequest(context.req()).getHttpChannel();
        SlowConnections watcher = channel.getConnector().getBean(SlowConnections.class);
        if (watcher == null || !(channel.getConnection() instanceof HttpConnection connection)) {
            return () -> {};
        }
        return watcher.partsOut.computeIfAbsent(connection, first -> new AtomicLong())::incrementAndGet;
    }

    @Override
    public void onOpened(Connection connection) {
        if (connection instanceof HttpConnection http) {
            watch(http, progress(http));
        }
    }

    @Override
    public void onClosed(Connection connection) {
        if (connection instanceof HttpConnection http) {
            partsOut.remove(http);
            Scheduler.Task check = watched.remove(http);
            if (check != null) {
                check.cancel();
            }
        }
    }

    private void watch(HttpConnection connection, long progress) {
        watched.put(
                connection,
                scheduler.schedule(() -> check(connection, progress), patience.toMillis(), TimeUnit.MILLISECONDS));
    }

    private void check(HttpConnection connection, long before) {
        long now = progress(connection);
        if (!connection.getEndPoint().isOpen()) {
            watched.remove(connection);
        } else if (now == before) {
            watched.remove(connection);
            connection.getEndPoint().close();
        } else {
            watch(connection, now);
        }
    }

    private long progress(HttpConnection connection) {
        AtomicLong parts = partsOut.get(connection);
        return connection.getMessagesIn() + connection.getMessagesOut() + (parts == null ? 0 : parts.get());
    }
}
