package dev.rebound.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.HttpConnection;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes connections on which no request begins or ends for some time. An idle timeout alone is no bound: a client that
 * sends or takes a byte now and then is never idle.
 */
final class SlowConnections implements Connection.Listener {

    private final Scheduler scheduler;
    private final Duration patience;
    private final Map<HttpConnection, Scheduler.Task> watched = new ConcurrentHashMap<>();

    SlowConnections(Scheduler scheduler, Duration patience) {
        this.scheduler = scheduler;
        this.patience = patience;
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

    private static long progress(HttpConnection connection) {
        return connection.getMessagesIn() + connection.getMessagesOut();
    }
}
