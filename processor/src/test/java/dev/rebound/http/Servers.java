package dev.rebound.http;

import dev.rebound.http.HttpSettings.Limits;
import dev.rebound.http.HttpSettings.Tls;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.config.types.Password;

/** Servers with a route of each kind, and requests to them. */
final class Servers {

    static final String TOKEN = "0123456789abcdef0123456789abcdef";
    static final Limits LIMITS = new Limits(10_000, 4_096, 50, Duration.ofSeconds(20), 8);
    static final String LOOPBACK = "127.0.0.1";
    static final String EVERYWHERE = "0.0.0.0";
    static final String UNTOLD = "what went wrong inside";

    private Servers() {}

    static HttpServer start(String host, String token) {
        return start(host, token, null, LIMITS);
    }

    static HttpServer start(String host, String token, Tls tls, Limits limits) {
        Password password = token == null ? null : new Password(token);
        return HttpServer.start(
                new HttpSettings(host, 0, password, tls, limits),
                List.of(
                        Route.get("/open", Access.OPEN, context -> context.result("open")),
                        Route.get("/read", Access.READ, context -> context.result("read")),
                        Route.get("/read/{name}", Access.READ, context -> context.result(context.pathParam("name"))),
                        Route.get("/broken", Access.OPEN, context -> {
                            throw new IllegalStateException(UNTOLD);
                        }),
                        new Route(
                                HandlerType.POST,
                                "/change",
                                Access.CHANGE,
                                context -> context.result("changed with " + context.bodyAsBytes().length)),
                        new Route(
                                HandlerType.POST,
                                "/open",
                                Access.OPEN,
                                context -> context.result(
                                        "" + context.bodyInputStream().readAllBytes().length))));
    }

    static HttpResponse<String> get(HttpServer server, String path, String... headers)
            throws IOException, InterruptedException {
        return send(server, path, request -> request.GET(), headers);
    }

    static HttpResponse<String> post(HttpServer server, String path, String body, String... headers)
            throws IOException, InterruptedException {
        return send(server, path, request -> request.POST(HttpRequest.BodyPublishers.ofString(body)), headers);
    }

    static HttpResponse<String> send(
            HttpServer server, String path, UnaryOperator<HttpRequest.Builder> method, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://" + LOOPBACK + ":" + server.port() + path))
                .timeout(Duration.ofSeconds(20));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HttpClient.newHttpClient().send(method.apply(request).build(), HttpResponse.BodyHandlers.ofString());
    }
}
