package dev.rebound.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rebound.config.ReboundConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ClusterOptionsTest {

    @TempDir
    private Path directory;

    private static ReboundConfig config(String... arguments) {
        ClusterOptions options = new ClusterOptions();
        new CommandLine(CommandLine.Model.CommandSpec.create()
                        .addMixin("cluster", CommandLine.Model.CommandSpec.forAnnotatedObject(options)))
                .parseArgs(arguments);
        return options.config();
    }

    @Test
    void withoutOptionsTheLocalStackIsMeant() {
        assertThat(config().bootstrapServers()).isEqualTo("127.0.0.1:19092");
        assertThat(config().schemaRegistryUrl()).isEqualTo("http://127.0.0.1:18081/apis/ccompat/v7");
    }

    @Test
    void halfAClusterIsRefused() {
        assertThatThrownBy(() -> config("--bootstrap-server", "prod:9092"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("--schema-registry is missing");
        assertThatThrownBy(() -> config("--schema-registry", "http://prod"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("--bootstrap-server is missing");
    }

    @Test
    void optionsOverrideTheFile() throws Exception {
        Path file = Files.writeString(
                directory.resolve("c.properties"), "bootstrap.servers=a:1\nschema.registry.url=http://a\n");
        assertThat(config("--config", file.toString(), "--bootstrap-server", "b:2")
                        .bootstrapServers())
                .isEqualTo("b:2");
    }
}
