package dev.rebound.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class SettingsCommandTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "commit.interval.ms | KEY=VALUE",
                "commit.interval.ms=abc | commit.interval.ms",
                "producer.linger.ms=abc | linger.ms",
                "consumer.fetch.max.bytes=-1 | fetch.max.bytes",
                "rebound.stats.flush.ms=soon | rebound.stats.flush.ms",
                "rebound.profile=fast | rebound.profile",
                "rebound.nothing=1 | rebound.nothing",
            })
    void aSettingThatCannotBeUsedIsRefusedBeforeAnythingStarts(String setting, String named) {
        StringWriter errors = new StringWriter();
        CommandLine command = new CommandLine(new Main()).setErr(new PrintWriter(errors, true));

        int code = command.execute("settings", "--set", setting);

        assertThat(code).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(errors.toString()).startsWith("--set: " + setting).contains(named);
    }
}
