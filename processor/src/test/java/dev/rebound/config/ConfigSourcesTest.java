package dev.rebound.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigSourcesTest {

    @TempDir
    private Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("rebound.properties"), text);
    }

    @Test
    void aFileOfPropertiesIsRead() throws IOException {
        Path file = file("# a comment\nbootstrap.servers = a:1,b:2  \nrebound.topics.prefix=é.\n\n");

        assertThat(ConfigSources.read(file, Map.of()))
                .isEqualTo(Map.of("bootstrap.servers", "a:1,b:2", "rebound.topics.prefix", "é."));
    }

    @Test
    void theEnvironmentOverridesTheFileAndAddsToIt() throws IOException {
        Path file = file("rebound.http.port=1\nrebound.http.host=0.0.0.0\n");
        Map<String, String> environment = Map.of(
                "REBOUND_CONF_REBOUND_HTTP_PORT", "2",
                "REBOUND_CONF_SCHEMA_REGISTRY_URL", "http://r:1",
                "REBOUND_OTHER", "x",
                "HTTP_PORT", "3",
                "PATH", "/bin");

        assertThat(ConfigSources.read(file, environment))
                .isEqualTo(Map.of(
                        "rebound.http.port", "2",
                        "rebound.http.host", "0.0.0.0",
                        "schema.registry.url", "http://r:1"));
    }

    @Test
    void underscoresAndHyphensOfAKeyHaveAWayToBeWritten() {
        assertThat(ConfigSources.read(
                        null,
                        Map.of(
                                "REBOUND_CONF_PLUGIN_MY__KEY", "1",
                                "REBOUND_CONF_PLUGIN_MY___KEY", "2",
                                "REBOUND_CONF_plugin_Other_key", "3")))
                .isEqualTo(Map.of("plugin.my_key", "1", "plugin.my-key", "2", "plugin.other.key", "3"));
    }

    @Test
    void theEnvironmentAloneWillDo() {
        assertThat(ConfigSources.read(null, Map.of("REBOUND_CONF_BOOTSTRAP_SERVERS", "a:1")))
                .isEqualTo(Map.of("bootstrap.servers", "a:1"));
        assertThat(ConfigSources.read(null, Map.of())).isEmpty();
    }

    @Test
    void aFileThatCannotBeReadIsNamedWithTheReason() throws IOException {
        Path missing = folder.resolve("missing.properties");
        assertThatThrownBy(() -> ConfigSources.read(missing, Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("cannot read configuration file " + missing)
                .hasMessageContaining("NoSuchFile");

        Path broken = file("key=\\u00zz");
        assertThatThrownBy(() -> ConfigSources.read(broken, Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(broken.toString());

        Path latin = Files.write(folder.resolve("latin.properties"), "key=é".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> ConfigSources.read(latin, Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(latin.toString());
    }
}
