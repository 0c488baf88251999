package dev.rebound.lookup;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.streams.state.HostInfo;

/** Asks the other instances over HTTP, at the addresses that they give as {@code application.server}. */
final class HttpPeers implements Peers {

    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration ANSWER = Duration.ofSeconds(5);

    /** So long an instance that did not answer is not asked again: many questions would wait for it one after the other. */
    private static final Duration REST = Duration.ofSeconds(1);

    /** Type of the problem that whoever holds the rows would have, too. */
    private static final String TOO_LONG = "/problems/too-long";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final PeerSettings settings;
    private final String path;
    private final Map<HostInfo, Long> silentAt = new ConcurrentHashMap<>();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /** @param path where they answer */
    HttpPeers(PeerSettings settings, String path) {
        this.settings = settings;
        this.path = path;
    }

    @Override
    public Answer ask(HostInfo instance, Question question, boolean copies) throws PeerException {
        Long silent = silentAt.get(instance);
        if (silent != null && System.nanoTime() - silent < REST.toNanos()) {
            throw new PeerException("it did not answer a moment ago");
        }
        HttpResponse<byte[]> response = send(instance, question, request(instance, Wire.question(question, copies)));
        switch (response.statusCode()) {
            case 200 -> {}
            case 401, 403 ->
                throw new PeerException(
                        "it refuses this instance's token: rebound.http.token has to be the same everywhere");
            case 503 -> throw refusal(response.body());
            default -> throw new PeerException("it answers with HTTP status " + response.statusCode());
        }
        try {
            return Wire.answer(question.partition(), response.body());
        } catch (IOException | IllegalArgumentException e) {
            throw new PeerException("its answer cannot be read");
        }
    }

    /** @throws UnavailableException when whoever is asked will not answer */
    private static PeerException refusal(byte[] problem) {
        try {
            if (JSON.readTree(problem).path("type").asText().equals(TOO_LONG)) {
                throw UnavailableException.tooMuch();
            }
        } catch (IOException e) {
            // Not from an instance: what stands in front of it does not reach it.
        }
        return new PeerException("it does not have the partition, or is not ready");
    }

    private HttpRequest request(HostInfo instance, String question) throws PeerException {
        String host = instance.host().contains(":") ? "[" + instance.host() + "]" : instance.host();
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(
                            URI.create(settings.scheme() + "://" + host + ":" + instance.port() + path))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(question));
            if (settings.token() != null) {
                request.header("Authorization", "Bearer " + settings.token().value());
            }
            return request.build();
        } catch (IllegalArgumentException e) {
            throw new PeerException("its application.server is no host and port");
        }
    }

    private HttpResponse<byte[]> send(HostInfo instance, Question question, HttpRequest request) throws PeerException {
        try {
            HttpResponse<byte[]> response = BoundedExchange.send(client, request, ANSWER);
            silentAt.remove(instance);
            return response;
        } catch (IOException e) {
            // Adding up many rows can take too long at an instance that answers everything else.
            if (!(question instanceof Question.Sums && e instanceof HttpTimeoutException)) {
                silentAt.put(instance, System.nanoTime());
            }
            throw new PeerException(reason(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PeerException("this instance is stopping");
        }
    }

    private static String reason(IOException problem) {
        if (problem instanceof HttpTimeoutException) {
            return "it did not answer in time";
        }
        return problem instanceof ConnectException ? "it cannot be reached" : "the connection to it failed";
    }
}
