package dev.rebound.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.classify.CodeTable;
import dev.rebound.config.ReboundConfig;
import dev.rebound.http.Access;
import dev.rebound.http.DashboardRoutes;
import dev.rebound.http.Health;
import dev.rebound.http.HttpServer;
import dev.rebound.http.HttpSettings;
import dev.rebound.http.HttpSettings.Limits;
import dev.rebound.http.OpenApiContract;
import dev.rebound.http.OpenApiContract.Operation;
import dev.rebound.http.ReplaysInMemory;
import dev.rebound.http.Route;
import dev.rebound.lookup.PeerSettings;
import dev.rebound.lookup.StatisticsLookups;
import dev.rebound.lookup.SuppressionLookups;
import dev.rebound.metrics.Metrics;
import dev.rebound.suppressions.SuppressionChanges;
import dev.rebound.topology.LiveCodeTable;
import dev.rebound.topology.Suppressing;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The OpenAPI document describes what an instance answers to, all and no more, and who may ask. */
class OpenApiRoutesTest {

    private record Starting(boolean isLive, boolean isRunning, String state, LiveCodeTable codeTable)
            implements Health {}

    private static final ReboundConfig NOWHERE =
            new ReboundConfig(Map.of("bootstrap.servers", "127.0.0.1:1", "schema.registry.url", "http://127.0.0.1:1"));

    private final Metrics metrics = new Metrics(Clock.systemUTC(), List.of());
    private final Connections connections = new Connections(NOWHERE, Duration.ofSeconds(1));
    private final SuppressionChanges changes =
            SuppressionChanges.of(NOWHERE, connections.writerSchemas(), connections.schemas());
    private final StatisticsLookups statistics = new StatisticsLookups(
            () -> null, new PeerSettings("http", null, 10_000), NOWHERE.statistics(), Clock.systemUTC());
    private final SuppressionLookups suppressions = new SuppressionLookups(
            () -> null, new PeerSettings("http", null, 10_000), Suppressing.nothing(), Clock.systemUTC());

    @AfterEach
    void close() {
        metrics.close();
        changes.close();
        connections.close();
        suppressions.close();
        statistics.close();
    }

    @Test
    void everyRouteIsDocumentedWithWhoMayAskAndNoOthersAre() {
        List<String> documented = OpenApiContract.operations().stream()
                .map(operation -> operation + " "
                        + operation.description().path("security").toString())
                .toList();

        assertThat(documented)
                .containsExactlyInAnyOrderElementsOf(documentedRoutes().stream()
                        .map(route -> route.method() + " " + route.path() + " " + security(route.access()))
                        .toList());
    }

    /** Pages and their scripts are for browsers, and change as they please: they are no part of the documented interface. */
    private List<Route> documentedRoutes() {
        List<String> pages = DashboardRoutes.of().stream().map(Route::path).toList();
        List<Route> routes = routes();
        assertThat(routes).extracting(Route::path).containsAll(pages);
        return routes.stream().filter(route -> !pages.contains(route.path())).toList();
    }

    private List<Route> routes() {
        return ReboundApp.routes(
                new Starting(true, false, Health.WAITING_FOR_CLUSTER, null),
                metrics,
                CodeTable::empty,
                statistics,
                suppressions,
                changes,
                ReplaysInMemory.unreachable().routes(Duration.ofSeconds(30)),
                Duration.ofSeconds(30));
    }

    /** An empty requirement among several makes a token optional (OpenAPI 3.1 section 4.8.30). */
    private static String security(Access access) {
        return switch (access) {
            case OPEN -> "[]";
            case READ -> "[{},{\"bearer\":[]}]";
            case CHANGE -> "[{\"bearer\":[]}]";
        };
    }

    /** An instance that still waits for its cluster knows nothing yet, and says that as documented, too. */
    @Test
    void whatShowsSomethingAnswersAsDocumentedFromTheStart() throws Exception {
        Limits limits = new Limits(10_000, 4_096, 50, Duration.ofSeconds(20), 8);
        try (HttpServer server = HttpServer.start(new HttpSettings("127.0.0.1", 0, null, null, limits), routes())) {
            List<Operation> shown = OpenApiContract.operations().stream()
                    .filter(operation -> operation.method().equals("GET"))
                    .filter(operation -> !operation.path().contains("{"))
                    .toList();
            assertThat(shown).isNotEmpty();
            for (Operation operation : shown) {
                OpenApiContract.check(get("http://127.0.0.1:" + server.port() + operation.path()));
            }
        }
    }

    private static HttpResponse<String> get(String uri) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(uri)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
