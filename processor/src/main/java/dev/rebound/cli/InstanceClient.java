package dev.rebound.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.util.stream.Collectors;

/** Asks an instance over HTTP, and says what to do when it does not answer as it should. */
final class InstanceClient {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final int OK = 200;

    private final URI url;
    private final String token;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();

    /** @param token null for none */
    InstanceClient(URI url, String token) {
        this.url = url;
        this.token = token;
    }

    /**
     * What it answers to GET.
     *
     * @param query parameters by name, which this encodes
     * @throws UnreachableInstanceException when it cannot be reached or refuses the token
     * @throws IllegalArgumentException when it refuses what is asked for
     */
    JsonNode get(String path, Map<String, String> query) throws IOException {
        return JSON.readTree(send(request(path, query).GET().build()));
    }

    /** What it answers to POST; see {@link #get}. */
    JsonNode post(String path, JsonNode body) throws IOException {
        return JSON.readTree(send(request(path, Map.of())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build()));
    }

    /** The bytes that it answers to GET, as they come; see {@link #get}. */
    InputStream stream(String path, Map<String, String> query) throws IOException {
        return send(request(path, query).GET().build());
    }

    private HttpRequest.Builder request(String path, Map<String, String> query) {
        String text = query.entrySet().stream()
                .map(parameter ->
                        parameter.getKey() + '=' + URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(url + path + (text.isEmpty() ? "" : "?" + text)))
                .timeout(ANSWER);
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return request;
    }

    private InputStream send(HttpRequest request) throws IOException {
        HttpResponse<InputStream> response;
        try {
            response = client.send(request, BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new UnreachableInstanceException(
                    "no instance answers at " + url + " (" + e
                            + "); name one with --url, or start one with: rebound run",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnreachableInstanceException("interrupted", e);
        }
        if (response.statusCode() != OK) {
            throw refusal(response);
        }
        return response.body();
    }

    private RuntimeException refusal(HttpResponse<InputStream> response) {
        String detail = detail(response);
        return switch (response.statusCode()) {
            case 401, 403 ->
                new UnreachableInstanceException(
                        url + " refuses: " + detail + "; give the token of rebound.http.token with --token-file", null);
            case 503 -> new UnreachableInstanceException(url + ": " + detail, null);
            case 400, 413 -> new IllegalArgumentException(detail);
            case 404 ->
                new UnreachableInstanceException(url + " is no instance of Rebound, or of another version", null);
            default ->
                new UnreachableInstanceException(url + " answers with " + response.statusCode() + ": " + detail, null);
        };
    }

    private static String detail(HttpResponse<InputStream> response) {
        try (InputStream body = response.body()) {
            String detail = JSON.readTree(body).path("detail").asText();
            return detail.isEmpty() ? "HTTP status " + response.statusCode() : detail;
        } catch (IOException e) {
            return "HTTP status " + response.statusCode();
        }
    }
}
