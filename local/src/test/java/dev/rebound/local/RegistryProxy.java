package dev.rebound.local;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between a processor and the registry, and can be gone or broken while the registry itself is well. */
final class RegistryProxy implements AutoCloseable {

    private static final int BROKEN = 503;

    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger failures = new AtomicInteger();
    private final URI target;
    private final int port;
    private volatile boolean broken;
    private HttpServer server;

    /** A proxy that is not there yet. */
    RegistryProxy(String registryUrl) throws IOException {
        target = URI.create(registryUrl);
        port = ServicePort.free();
    }

    /** What a processor's {@code schema.registry.url} has to be. */
    String url() {
        return "http://" + ServicePort.LOOPBACK + ":" + port + target.getPath();
    }

    /** From now on requests are answered as the registry answers them. */
    void work() throws IOException {
        broken = false;
        listen();
    }

    /** From now on requests are answered with an error of the server's. */
    void fail() throws IOException {
        broken = true;
        listen();
    }

    /** From now on connections are refused. */
    void vanish() {
        if (server != null) {
            server.stop(0);
            server = null;
        }
    }

    /** Requests answered with an error so far. */
    int failures() {
        return failures.get();
    }

    private void listen() throws IOException {
        if (server == null) {
            server = HttpServer.create(new InetSocketAddress(ServicePort.LOOPBACK, port), 0);
            server.setExecutor(threads);
            server.createContext("/", this::answer);
            server.start();
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (broken) {
                failures.incrementAndGet();
                exchange.sendResponseHeaders(BROKEN, -1);
                return;
            }
            HttpResponse<byte[]> response = client.send(
                    HttpRequest.newBuilder(target.resolve(exchange.getRequestURI()))
                            .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                            .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            response.headers().firstValue("Content-Type").ifPresent(type -> exchange.getResponseHeaders()
                    .add("Content-Type", type));
            exchange.sendResponseHeaders(
                    response.statusCode(), response.body().length == 0 ? -1 : response.body().length);
            exchange.getResponseBody().write(response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        vanish();
        threads.shutdownNow();
    }
}
