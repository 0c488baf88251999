package dev.rebound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class ExitCodeTest {

    @Test
    void theCodeIsThatOfWhatLiesBehind() {
        assertThat(ExitCode.of(new ConfigException("rebound.http.port"))).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(ExitCode.of(new KafkaException("cannot", new ConfigException("sasl.mechanism"))))
                .isEqualTo(ExitCode.CONFIGURATION);
        assertThat(ExitCode.of(new KafkaException("cannot", new TimeoutException("no answer"))))
                .isEqualTo(ExitCode.UNREACHABLE);
        assertThat(ExitCode.of(new SaslAuthenticationException("no"))).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(ExitCode.of(new KafkaException(
                        "Failed to create new KafkaAdminClient",
                        new ConfigException("No resolvable bootstrap urls given in bootstrap.servers"))))
                .as("name servers can be away as well")
                .isEqualTo(ExitCode.UNREACHABLE);
        assertThat(ExitCode.of(new KafkaException(
                        "Failed to create new KafkaAdminClient", new IllegalStateException("no such key store"))))
                .isEqualTo(ExitCode.CONFIGURATION);
        assertThat(ExitCode.of(new IllegalStateException("what else"))).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void codesDifferAlsoFromThatOfAVirtualMachineWithoutMemory() {
        assertThat(Arrays.stream(ExitCode.values()).map(ExitCode::code))
                .doesNotHaveDuplicates()
                .doesNotContain(3);
    }
}
