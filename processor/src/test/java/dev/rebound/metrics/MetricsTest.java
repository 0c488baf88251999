package dev.rebound.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.app.SchemasForTests;
import dev.rebound.http.Health;
import dev.rebound.topology.LiveCodeTable;
import dev.rebound.topology.Topics;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an instance shows of itself; for events see {@code MetersTest}. */
class MetricsTest {

    private final Metrics metrics = new Metrics(Clock.systemUTC(), List.of());
    private final Instance instance = new Instance();

    /** An instance whose state a test decides. */
    private static final class Instance implements Health {

        private String state = Health.WAITING_FOR_CLUSTER;
        private LiveCodeTable table;

        @Override
        public boolean isLive() {
            return true;
        }

        @Override
        public boolean isRunning() {
            return state.equals("RUNNING");
        }

        @Override
        public String state() {
            return state;
        }

        @Override
        public LiveCodeTable codeTable() {
            return table;
        }
    }

    @AfterEach
    void close() {
        metrics.close();
    }

    @Test
    void theStateFollowsTheInstance() {
        metrics.watch(instance);
        assertThat(metrics.scrape().lines())
                .contains(
                        "rebound_state{state=\"WAITING_FOR_CLUSTER\"} 1.0",
                        "rebound_state{state=\"RUNNING\"} 0.0",
                        "rebound_ready 0.0",
                        "rebound_live 1.0",
                        "rebound_code_rows NaN");

        instance.table = new LiveCodeTable(new SchemasForTests(Topics.unprefixed()).writerSchemas());
        instance.state = "RUNNING";
        assertThat(metrics.scrape().lines())
                .contains(
                        "rebound_state{state=\"WAITING_FOR_CLUSTER\"} 0.0",
                        "rebound_state{state=\"RUNNING\"} 1.0",
                        "rebound_ready 0.0",
                        "rebound_code_rows 0.0",
                        "rebound_code_bad_rows 0.0");
    }

    @Test
    void waitsAndReplacementsAreCounted() {
        metrics.watchRegistryWaits(() -> 7);
        metrics.threadReplaced();

        assertThat(metrics.scrape().lines())
                .contains("rebound_registry_waits_total 7.0", "rebound_thread_replacements_total 1.0");
    }

    @Test
    void theVirtualMachineIsMeasured() {
        assertThat(metrics.scrape())
                .contains("jvm_memory_used_bytes{area=\"heap\"", "jvm_threads_live_threads", "process_uptime_seconds");
    }
}
