package dev.rebound.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.app.SchemasForTests;
import dev.rebound.topology.LiveCodeTable;
import dev.rebound.topology.Topics;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class HealthRoutesTest {

    private record Said(boolean isLive, boolean isRunning, String state, LiveCodeTable codeTable) implements Health {}

    @Test
    void beforeAnythingIsKnownItIsLiveAndNotReady() throws Exception {
        try (HttpServer server = start(new Said(true, false, Health.WAITING_FOR_CLUSTER, null))) {
            HttpResponse<String> live = Servers.get(server, "/health/live");
            assertThat(live.statusCode()).isEqualTo(200);
            OpenApiContract.check("GET", "/health/live", live);
            HttpResponse<String> ready = Servers.get(server, "/health/ready");
            assertThat(ready.statusCode()).isEqualTo(503);
            OpenApiContract.check("GET", "/health/ready", ready);
            assertThat(ready.body()).isEqualTo("{\"ready\":false,\"state\":\"WAITING_FOR_CLUSTER\"}");
        }
    }

    @Test
    void withoutCodesItIsNotReady() throws Exception {
        LiveCodeTable empty = new LiveCodeTable(new SchemasForTests(Topics.unprefixed()).writerSchemas());
        try (HttpServer server = start(new Said(true, true, "RUNNING", empty))) {
            HttpResponse<String> ready = Servers.get(server, "/health/ready");

            assertThat(ready.statusCode()).isEqualTo(503);
            OpenApiContract.check("GET", "/health/ready", ready);
            assertThat(ready.body()).contains("\"ready\":false", "\"rows\":0");
        }
    }

    @Test
    void afterAFailureForGoodItIsNotLive() throws Exception {
        try (HttpServer server = start(new Said(false, false, "ERROR", null))) {
            HttpResponse<String> live = Servers.get(server, "/health/live");

            assertThat(live.statusCode()).isEqualTo(503);
            OpenApiContract.check("GET", "/health/live", live);
            assertThat(live.body()).isEqualTo("{\"live\":false}");
        }
    }

    private static HttpServer start(Health health) {
        return HttpServer.start(
                new HttpSettings(Servers.LOOPBACK, 0, null, null, Servers.LIMITS), HealthRoutes.of(health));
    }
}
