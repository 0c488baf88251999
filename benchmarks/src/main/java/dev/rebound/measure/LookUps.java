package dev.rebound.measure;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.StringJoiner;

/** Asks an instance about addresses over HTTP, one request after the other. */
final class LookUps {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String url;
    private final String pattern;
    private final int recipients;
    private final Random random = new Random(1);

    /**
     * Look-ups of made-up addresses.
     *
     * @param pattern format of an address, by its number and the number of its domain
     * @param recipients numbers are below this
     */
    LookUps(String url, String pattern, int recipients) {
        this.url = url;
        this.pattern = pattern;
        this.recipients = recipients;
    }

    /** Times of single look-ups, and of a bulk check. */
    Map<String, String> measure(int single, int atOnce) throws Exception {
        long[] nanos = new long[single];
        for (int i = -single / 10; i < single; i++) {
            long begin = System.nanoTime();
            expect(check(address()), "\"suppressed\":true");
            if (i >= 0) {
                nanos[i] = System.nanoTime() - begin;
            }
        }
        Arrays.sort(nanos);
        bulk(atOnce);
        long begin = System.nanoTime();
        for (int i = 0; i < 10; i++) {
            expect(bulk(atOnce), "\"suppressed\":true");
        }
        Map<String, String> figures = new LinkedHashMap<>();
        figures.put(
                "look-up of one address over HTTP, p50 / p99",
                String.format("%.2f ms / %.2f ms", nanos[single / 2] / 1e6, nanos[single * 99 / 100] / 1e6));
        figures.put(
                String.format("bulk check of %,d addresses, mean", atOnce),
                String.format("%.0f ms", (System.nanoTime() - begin) / 10 / 1e6));
        return figures;
    }

    /** Waits until an instance answers for all of a sample. */
    void awaitAllAnswered() throws Exception {
        await("\"suppressed\":true");
    }

    /** Waits until it does so from up to date state. */
    void awaitAllFresh() throws Exception {
        await("\"stale\":false");
    }

    private void await(String part) throws Exception {
        while (true) {
            try {
                HttpResponse<String> answer = bulk(1_000);
                if (answer.statusCode() == 200
                        && answer.body().contains(part)
                        && !answer.body().contains("\"suppressed\":false")) {
                    return;
                }
            } catch (IOException e) {
                // Asked again: the other instance has just been killed.
            }
            Thread.sleep(50);
        }
    }

    private static void expect(HttpResponse<String> answer, String part) {
        if (answer.statusCode() != 200 || !answer.body().contains(part)) {
            throw new IllegalStateException("answered " + answer.statusCode() + ": " + answer.body());
        }
    }

    private String address() {
        int number = random.nextInt(recipients);
        return String.format(pattern, number, number % 500);
    }

    private HttpResponse<String> check(String address) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(
                url + "/api/v1/suppressions/check?address=" + URLEncoder.encode(address, StandardCharsets.UTF_8))));
    }

    private HttpResponse<String> bulk(int addresses) throws IOException, InterruptedException {
        StringJoiner all = new StringJoiner("\",\"", "{\"addresses\":[\"", "\"]}");
        for (int i = 0; i < addresses; i++) {
            all.add(address());
        }
        return send(HttpRequest.newBuilder(URI.create(url + "/api/v1/suppressions/check"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(all.toString())));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(request.timeout(Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
