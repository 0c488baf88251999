package dev.rebound.http;

import dev.rebound.http.HttpSettings.Limits;
import dev.rebound.http.HttpSettings.Tls;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.eclipse.jetty.server.ConnectionLimit;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An instance's HTTP server. Every route says who may ask, and one rule holds all of them to it; a request that is refused,
 * malformed or too large gets a {@link Problem}.
 */
public final class HttpServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

    /** Smallest number of threads that the server can run with: one each accepts and selects, and one must be left. */
    public static final int MIN_THREADS = 4;

    private final Javalin server;
    private final boolean tls;

    private HttpServer(Javalin server, boolean tls) {
        this.server = server;
        this.tls = tls;
    }

    /**
     * Starts to listen.
     *
     * @throws IllegalStateException when it cannot listen where it should, or the key store cannot be used
     */
    public static HttpServer start(HttpSettings settings, List<Route> routes) {
        boolean onLoopback = address(settings.host()).isLoopbackAddress();
        AccessRule rule = new AccessRule(Token.of(settings.token()), onLoopback);
        BodyLimit bodyLimit = new BodyLimit(settings.limits().bodyBytes());
        Javalin server = Javalin.create(config -> configure(config, settings))
                .before(bodyLimit::watch)
                .beforeMatched(rule::check)
                .exception(HttpResponseException.class, ProblemAnswers::refused)
                .exception(Exception.class, ProblemAnswers::failed);
        routes.forEach(route -> add(route, server));
        try {
            HttpServer started = new HttpServer(server.start(), settings.tls() != null);
            warnOfExposure(settings, onLoopback);
            return started;
        } catch (RuntimeException e) {
            server.stop();
            throw new IllegalStateException(
                    "cannot listen on " + settings.host() + ":" + settings.port() + " (" + innermost(e)
                            + "); choose another address with rebound.http.host and rebound.http.port",
                    e);
        }
    }

    /** What can be had can also be asked for without its body, as watchdogs do. */
    private static void add(Route route, Javalin server) {
        server.addHttpHandler(route.method(), route.path(), route.handler(), route.access());
        if (route.method() == HandlerType.GET) {
            server.addHttpHandler(HandlerType.HEAD, route.path(), route.handler(), route.access());
        }
    }

    private static void configure(JavalinConfig config, HttpSettings settings) {
        Limits limits = settings.limits();
        QueuedThreadPool threads = new QueuedThreadPool(limits.threads(), Math.min(MIN_THREADS, limits.threads()));
        threads.setName("http");
        // A thread kept in reserve is one less to serve with.
        threads.setReservedThreads(0);
        SslContextFactory.Server keys = settings.tls() == null ? null : keys(settings.tls());
        config.showJavalinBanner = false;
        config.startupWatcherEnabled = false;
        config.http.maxRequestSize = limits.bodyBytes();
        config.jetty.threadPool = threads;
        config.jetty.modifyServer(server -> server.setErrorHandler(new ProblemAnswers()));
        config.jetty.modifyHttpConfiguration(http -> {
            http.setSendServerVersion(false);
            http.setRequestHeaderSize(limits.headerBytes());
        });
        config.jetty.addConnector((server, http) -> connector(server, http, settings, keys));
    }

    private static Connector connector(
            Server server, HttpConfiguration http, HttpSettings settings, SslContextFactory.Server keys) {
        HttpConnectionFactory plain = new HttpConnectionFactory(http);
        ServerConnector connector;
        if (keys == null) {
            connector = new ServerConnector(server, 1, 1, plain);
        } else {
            // A client may name the host by its address, which no certificate is picked by.
            http.addCustomizer(new SecureRequestCustomizer(false));
            connector = new ServerConnector(server, 1, 1, new SslConnectionFactory(keys, plain.getProtocol()), plain);
        }
        connector.setHost(settings.host());
        connector.setPort(settings.port());
        connector.setIdleTimeout(settings.limits().request().toMillis());
        connector.addBean(new ConnectionLimit(settings.limits().connections(), connector));
        connector.addBean(
                new SlowConnections(connector.getScheduler(), settings.limits().request()));
        return connector;
    }

    private static SslContextFactory.Server keys(Tls tls) {
        SslContextFactory.Server keys = new SslContextFactory.Server();
        keys.setKeyStorePath(tls.keyStore().toString());
        keys.setKeyStoreType(tls.type());
        keys.setKeyStorePassword(tls.password().value());
        keys.setIncludeProtocols("TLSv1.3", "TLSv1.2");
        try {
            keys.start();
        } catch (Exception e) {
            throw new IllegalStateException(
                    "cannot use key store " + tls.keyStore() + " of type " + tls.type() + " (" + innermost(e)
                            + "); check rebound.http.tls.keystore.path, .password and .type",
                    e);
        }
        return keys;
    }

    private static InetAddress address(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(
                    "rebound.http.host: " + host + " (expected: an address or name of this machine)", e);
        }
    }

    private static void warnOfExposure(HttpSettings settings, boolean onLoopback) {
        if (!onLoopback && settings.token() == null) {
            LOG.warn(
                    "HTTP can be reached from other machines and no token is configured: only health and metrics answer;"
                            + " set rebound.http.token.file or rebound.http.token");
        }
        if (!onLoopback && settings.token() != null && settings.tls() == null) {
            LOG.warn("HTTP can be reached from other machines without encryption, and so can its token;"
                    + " set rebound.http.tls.keystore.path");
        }
    }

    private static String innermost(Throwable problem) {
        Throwable cause = problem;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    /** Port that it listens on. */
    public int port() {
        return server.port();
    }

    /** Scheme that it speaks: http or https. */
    public String scheme() {
        return tls ? "https" : "http";
    }

    /** Stops listening; requests being served are cut off. */
    @Override
    public void close() {
        server.stop();
    }
}
