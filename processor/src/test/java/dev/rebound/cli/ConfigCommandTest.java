package dev.rebound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.docs.ConfigurationPage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCommandTest {

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int rebound(String... arguments) {
        return Rebound.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    private String file(String text) throws IOException {
        return Files.writeString(directory.resolve("rebound.properties"), text).toString();
    }

    @Test
    void docsPrintsThePage() {
        assertThat(rebound("config", "docs")).isZero();
        assertThat(out).hasToString(ConfigurationPage.text());
    }

    @Test
    void everyMisspeltKeyIsNamedWithTheOneThatWasMeant() throws IOException {
        String file = file("bootstrap.server=a:1\nrebound.http.prot=1\nrebound.topics.partitions=many\n"
                + "schema.registry.url=http://a\n");

        assertThat(rebound("config", "check", "--config", file)).isEqualTo(1);
        assertThat(out.toString())
                .contains("knows the key bootstrap.server", "-> did you mean bootstrap.servers?")
                .contains("unknown key rebound.http.prot", "-> did you mean rebound.http.port?")
                .contains("Invalid value many for configuration rebound.topics.partitions")
                .contains("Missing required configuration \"bootstrap.servers\"")
                .contains("SKIPPED  brokers");
        assertThat(err).hasToString("");
    }

    @Test
    void otherCommandsRefuseAnUnknownKeyInTheSameWords() throws IOException {
        String file = file("bootstrap.servers=a:1\nrebound.http.prot=1\nschema.registry.url=http://a\n");

        assertThat(rebound("topics", "check", "--config", file)).isEqualTo(ExitCode.CONFIGURATION.code());
        assertThat(err.toString().strip())
                .isEqualTo("rebound: configuration: unknown key rebound.http.prot; did you mean rebound.http.port?");
    }

    @Test
    void aPasswordAtTheWrongPlaceIsNotQuoted() throws IOException {
        String file = file("bootstrap.servers=localhost:1\nschema.registry.url=http://a\n"
                + "security.protocol=SASL_PLAINTEXT\nsasl.mechanism=PLAIN\n"
                + "sasl.jaas.config=PlainLoginModule required password=forgotten quotes;\n");

        assertThat(rebound("topics", "check", "--config", file)).isNotZero();
        assertThat(err.toString()).contains("rebound config check").doesNotContain("quotes", "forgotten");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThat(rebound("config", "check", "--config", "nowhere.properties"))
                .isEqualTo(ExitCode.CONFIGURATION.code());
        assertThat(err.toString()).contains("nowhere.properties").doesNotContain("\tat ");
    }
}
