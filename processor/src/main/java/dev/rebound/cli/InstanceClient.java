package dev.rebound.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rebound.lookup.BoundedExchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Asks an instance over HTTP, and says what to do when it does not answer as it should. */
final class InstanceClient {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int LARGEST_REFUSAL = 1 << 20;

    private final URI url;
    private final String token;
    private final Duration most;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();

    /** @param token null for none */
    InstanceClient(URI url, String token) {
        this(url, token, ANSWER);
    }

    /** @param most how long an answer may take; of a stream, how long nothing may come */
    InstanceClient(URI url, String token, Duration most) {
        this.url = url;
        this.token = token;
        this.most = most;
    }

    /**
     * What it answers to GET.
     *
     * @param query parameters by name, which this encodes
     * @throws UnreachableInstanceException when it cannot be reached or refuses the token
     * @throws IllegalArgumentException when it refuses what is asked for
     */
    JsonNode get(String path, Map<String, String> query) throws IOException {
        return whole(request(path, query).GET().build());
    }

    /** As {@link #get}; empty when it knows nothing of what the path names. */
    Optional<JsonNode> find(String path, Map<String, String> query) throws IOException {
        HttpResponse<byte[]> response = send(request(path, query).GET().build());
        if (response.statusCode() == NOT_FOUND) {
            return Optional.empty();
        }
        return Optional.of(read(response));
    }

    /** What it answers to POST; see {@link #get}. */
    JsonNode post(String path, JsonNode body) throws IOException {
        return whole(request(path, Map.of())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build());
    }

    /** The bytes that it answers to GET, as they come; no more than a minute may pass without any. See {@link #get}. */
    InputStream stream(String path, Map<String, String> query) throws IOException {
        HttpRequest request = request(path, query).timeout(most).GET().build();
        HttpResponse<InputStream> response = answer(() -> client.send(request, BodyHandlers.ofInputStream()));
        InputStream body = new StallGuard(response.body(), most);
        if (response.statusCode() != OK) {
            try (body) {
                throw refusal(response.statusCode(), body.readNBytes(LARGEST_REFUSAL));
            }
        }
        return body;
    }

    private HttpRequest.Builder request(String path, Map<String, String> query) {
        String text = query.entrySet().stream()
                .map(parameter ->
                        parameter.getKey() + '=' + URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url + path + (text.isEmpty() ? "" : "?" + text)));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return request;
    }

    private JsonNode whole(HttpRequest request) throws IOException {
        return read(send(request));
    }

    private HttpResponse<byte[]> send(HttpRequest request) {
        return answer(() -> BoundedExchange.send(client, request, most));
    }

    private JsonNode read(HttpResponse<byte[]> response) throws IOException {
        if (response.statusCode() != OK) {
            throw refusal(response.statusCode(), response.body());
        }
        return JSON.readTree(response.body());
    }

    /** A request and its answer. */
    @FunctionalInterface
    private interface Exchange<T> {
        HttpResponse<T> send() throws IOException, InterruptedException;
    }

    private <T> HttpResponse<T> answer(Exchange<T> exchange) {
        try {
            return exchange.send();
        } catch (IOException e) {
            throw new UnreachableInstanceException(
                    "no instance answers at " + url + " (" + e
                            + "); name one with --url, or start one with: rebound run",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnreachableInstanceException("interrupted", e);
        }
    }

    private RuntimeException refusal(int status, byte[] body) {
        String detail = detail(status, body);
        return switch (status) {
            case 401, 403 ->
                new UnreachableInstanceException(
                        url + " refuses: " + detail + "; give the token of rebound.http.token with --token-file", null);
            case 503 -> new UnreachableInstanceException(url + ": " + detail, null);
            case 400, 413 -> new IllegalArgumentException(detail);
            case 404 ->
                new UnreachableInstanceException(url + " is no instance of Rebound, or of another version", null);
            default -> new UnreachableInstanceException(url + " answers with " + status + ": " + detail, null);
        };
    }

    private static String detail(int status, byte[] body) {
        try {
            String detail = JSON.readTree(body).path("detail").asText();
            return detail.isEmpty() ? "HTTP status " + status : detail;
        } catch (IOException e) {
            return "HTTP status " + status;
        }
    }
}
