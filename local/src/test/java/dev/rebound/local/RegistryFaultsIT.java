package dev.rebound.local;

import static dev.rebound.local.TestCluster.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The registry is away or broken for a while: good events wait for it when they must, and become no dead letters. */
@ExtendWith(FaultBench.Extension.class)
class RegistryFaultsIT {

    @TempDir
    private Path directory;

    private RegistryProxy registry;
    private FaultRun run;

    @BeforeEach
    void connect(FaultBench bench) throws Exception {
        registry = new RegistryProxy(bench.stack().schemaRegistryUrl());
        run = new FaultRun(bench, bench.stack(), directory, Map.of("schema.registry.url", registry.url()));
    }

    @AfterEach
    void close() {
        run.close();
        registry.close();
    }

    @Test
    void awayAtTheStart() throws Exception {
        Instance instance = run.start("a");
        run.feed().allow(run.size() / 2);
        await("the instance to have asked", () -> instance.log().contains("trying again"));
        assertThat(instance.health()).contains("WAITING_FOR_CLUSTER");
        registry.work();
        instance.awaitReady();
        run.assertSameAsWithoutFaults();
    }

    @Test
    void awayWhileAllSchemasAreKnown(FaultBench bench) throws Exception {
        registry.work();
        run.start("a");
        run.awaitShare(0.3);
        registry.vanish();
        // Goes on without it, up to the first record that it has to be asked for.
        run.feed().allow(bench.workload().firstOfNewSchema());
        run.awaitAccountedFor(bench.workload().firstOfNewSchema());
        registry.work();
        run.assertSameAsWithoutFaults();
    }

    @Test
    void awayAndThenBrokenWhenANewSchemaComes(FaultBench bench) throws Exception {
        registry.work();
        Instance instance = run.start("a");
        run.awaitShare(0.4);
        registry.vanish();
        run.feed().allow((bench.workload().firstOfNewSchema() + run.size()) / 2);
        await("a thread to wait in vain and to be replaced", () -> instance.log()
                .contains("another takes over"));
        registry.fail();
        int before = registry.failures();
        await("the registry to be asked again and again", () -> registry.failures() > before + 3);
        assertThat(instance.isAlive()).isTrue();
        registry.work();
        run.assertSameAsWithoutFaults();
    }
}
