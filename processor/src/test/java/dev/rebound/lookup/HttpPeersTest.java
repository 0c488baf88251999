package dev.rebound.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rebound.http.Access;
import dev.rebound.http.HttpServer;
import dev.rebound.http.HttpSettings;
import dev.rebound.http.HttpSettings.Limits;
import dev.rebound.http.ProblemException;
import dev.rebound.http.ProblemType;
import dev.rebound.http.Route;
import dev.rebound.http.SuppressionRoutes;
import dev.rebound.lookup.Peers.PeerException;
import dev.rebound.statistics.Subject;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.streams.state.HostInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Instances ask each other over HTTP, by the rules that hold for clients, too. */
class HttpPeersTest {

    private static final Password TOKEN = new Password("0123456789abcdef0123456789abcdef");
    private static final Question QUESTION = new Question.Keys(0, List.of("default|kim@example.org"));

    private static HttpServer start(FakeCluster cluster, int instance) {
        Limits limits = new Limits(10_000, 8_192, 50, Duration.ofSeconds(20), 8);
        return HttpServer.start(
                new HttpSettings("0.0.0.0", 0, TOKEN, null, limits), SuppressionRoutes.of(cluster.lookups(instance)));
    }

    private static HttpPeers peers(Password token) {
        return new HttpPeers(new PeerSettings("http", token, 10_000), SuppressionLookups.PEER_PATH);
    }

    private static HostInfo at(HttpServer server) {
        return new HostInfo("127.0.0.1", server.port());
    }

    @Test
    void theOtherAnswersFromWhatItHolds() throws Exception {
        FakeCluster cluster = new FakeCluster(2, 2);
        cluster.gone("default", "kim@example.org");
        int partition = cluster.partition("kim@example.org");
        Question question = new Question.Keys(partition, List.of("default|kim@example.org", "default|jo@example.org"));
        try (HttpServer holder = start(cluster, partition);
                HttpServer other = start(cluster, 1 - partition)) {
            Answer answer = peers(TOKEN).ask(at(holder), question, false);

            assertThat(answer.rows()).extracting(Row::key).containsExactly("default|kim@example.org");
            assertThat(answer.staleness()).isEmpty();
            assertThatThrownBy(() -> peers(TOKEN).ask(at(other), question, true))
                    .isInstanceOf(PeerException.class)
                    .hasMessageContaining("does not have the partition");
        }
    }

    @Test
    void whatIsTooMuchForTheOtherIsTooMuchForEveryone() throws Exception {
        Route refuses = new Route(HandlerType.POST, StatisticsLookups.PEER_PATH, Access.READ, context -> {
            throw ProblemException.of(ProblemType.TOO_LONG, "it takes too long");
        });
        Limits limits = new Limits(10_000, 8_192, 50, Duration.ofSeconds(20), 8);
        try (HttpServer server =
                HttpServer.start(new HttpSettings("127.0.0.1", 0, null, null, limits), List.of(refuses))) {
            HttpPeers peers = new HttpPeers(new PeerSettings("http", null, 10_000), StatisticsLookups.PEER_PATH);
            Question latest = new Question.Latest(0, Subject.Kind.PROVIDER, 0);

            assertThatThrownBy(() -> peers.ask(at(server), latest, true))
                    .isInstanceOfSatisfying(UnavailableException.class, e -> assertThat(e.why())
                            .isEqualTo(UnavailableException.Why.TOO_MUCH));
        }
    }

    @Test
    void withAnotherTokenItIsRefused() {
        try (HttpServer server = start(new FakeCluster(1, 1), 0)) {
            for (Password wrong : new Password[] {null, new Password("another token than that one")}) {
                assertThatThrownBy(() -> peers(wrong).ask(at(server), QUESTION, true))
                        .isInstanceOf(PeerException.class)
                        .hasMessageContaining("rebound.http.token has to be the same everywhere");
            }
        }
    }

    @Test
    void whoDoesNotAnswerIsNotAskedAgainAtOnce() {
        HttpPeers peers = peers(TOKEN);
        HostInfo nobody = new HostInfo("127.0.0.1", 1);

        assertThatThrownBy(() -> peers.ask(nobody, QUESTION, true)).hasMessage("it cannot be reached");
        assertThatThrownBy(() -> peers.ask(nobody, QUESTION, true)).hasMessage("it did not answer a moment ago");
    }

    @Test
    void whoTakesTheQuestionAndSaysNothingIsGivenUp() throws Exception {
        try (ServerSocket silent = new ServerSocket(0)) {
            assertThatThrownBy(() -> peers(TOKEN).ask(new HostInfo("127.0.0.1", silent.getLocalPort()), QUESTION, true))
                    .hasMessage("it did not answer in time");
        }
    }

    @Test
    @Timeout(30)
    void whoStopsInMidAnswerIsGivenUpAndNotAskedAgainAtOnce() throws Exception {
        HttpPeers peers = peers(TOKEN);
        try (HalfAnswers stalling = new HalfAnswers("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"rows\":[")) {
            assertThatThrownBy(() -> peers.ask(stalling.instance(), QUESTION, true))
                    .hasMessage("it did not answer in time");
            assertThatThrownBy(() -> peers.ask(stalling.instance(), QUESTION, true))
                    .hasMessage("it did not answer a moment ago");
        }
    }

    @Test
    @Timeout(30)
    void anAnswerHasALargestSize() throws Exception {
        try (HalfAnswers large = new HalfAnswers("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n" + "x".repeat(99))) {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + large.instance().port()))
                    .build();
            assertThatThrownBy(
                            () -> BoundedExchange.send(HttpClient.newHttpClient(), request, Duration.ofSeconds(20), 50))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("larger than 50 bytes");
        }
    }

    @Test
    void whatIsNoAddressIsTold() {
        assertThatThrownBy(() -> peers(TOKEN).ask(new HostInfo("no host", 80), QUESTION, true))
                .isInstanceOf(PeerException.class)
                .hasMessageContaining("application.server");
    }
}
