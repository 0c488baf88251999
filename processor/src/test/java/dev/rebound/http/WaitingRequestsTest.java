package dev.rebound.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.lookup.PeerSettings;
import dev.rebound.lookup.SuppressionLookups;
import dev.rebound.topology.Suppressing;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class WaitingRequestsTest {

    private static final String PATH = "/api/v1/suppressions";

    private static HttpServer start(Duration patience, List<Route> routes) {
        HttpSettings.Limits limits = new HttpSettings.Limits(10_000, 4_096, 200, patience, 8);
        return HttpServer.start(new HttpSettings(Servers.LOOPBACK, 0, null, null, limits), routes);
    }

    @Test
    @Timeout(30)
    void listingsQueueInASmallPlaceAndHoldUpNothingElse() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        AtomicBoolean slow = new AtomicBoolean(true);
        SuppressionLookups lookups = new SuppressionLookups(
                () -> {
                    if (slow.get()) {
                        await(end);
                    }
                    return null;
                },
                new PeerSettings("http", null, 10_000),
                Suppressing.nothing(),
                Clock.systemUTC());
        try (HttpServer server = start(Duration.ofSeconds(20), SuppressionRoutes.of(lookups))) {
            HttpClient client = HttpClient.newHttpClient();
            HttpRequest list = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + PATH))
                    .build();
            Semaphore busy = new Semaphore(0);
            IntStream.range(0, 4 + 64 + 7).forEach(i -> client.sendAsync(list, HttpResponse.BodyHandlers.ofString())
                    .thenAccept(answer -> {
                        if (answer.body().contains("/problems/busy")) {
                            busy.release();
                        }
                    }));
            assertThat(busy.tryAcquire(7, 15, TimeUnit.SECONDS)).isTrue();
            slow.set(false);
            assertThat(Servers.get(server, PATH + "/check?address=kim@example.org")
                            .body())
                    .contains("/problems/not-ready");
        } finally {
            end.countDown();
        }
    }

    @Test
    @Timeout(30)
    void whatNobodyWaitsForAnyMoreIsNotDone() throws Exception {
        WaitingRequests waiting = new WaitingRequests("test", 1, 5);
        CountDownLatch end = new CountDownLatch(1);
        AtomicInteger done = new AtomicInteger();
        Route route = Route.get(
                "/wait",
                Access.OPEN,
                context -> waiting.answer(context, () -> {
                    await(end);
                    done.incrementAndGet();
                }));
        try (HttpServer server = start(Duration.ofMillis(300), List.of(route));
                RawClient first = new RawClient(server.port());
                RawClient second = new RawClient(server.port())) {
            for (RawClient client : List.of(first, second)) {
                client.send("GET /wait HTTP/1.1\r\nHost: localhost\r\n\r\n");
            }
            assertThat(first.answer()).isEmpty();
            assertThat(second.answer()).isEmpty();
            end.countDown();
            try (RawClient third = new RawClient(server.port())) {
                third.send("GET /wait HTTP/1.1\r\nHost: localhost\r\n\r\n");
                assertThat(third.statusLine()).contains("200");
            }
            assertThat(done).as("the first and the third").hasValue(2);
        }
    }

    private static void await(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
