package dev.rebound.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateDirectoryTest {

    @TempDir
    private Path temporary;

    @Test
    void anInstanceKeepsItsNameOverRestarts() {
        Path directory = temporary.resolve("made/when/missing");
        String first;
        try (StateDirectory state = StateDirectory.open(directory, "rebound")) {
            first = state.instanceId();
        }
        try (StateDirectory state = StateDirectory.open(directory, "rebound")) {
            assertThat(state.instanceId()).isEqualTo(first).startsWith("rebound-");
        }
        try (StateDirectory state = StateDirectory.open(temporary.resolve("another"), "rebound")) {
            assertThat(state.instanceId()).isNotEqualTo(first);
        }
    }

    @Test
    void anIdThatWasNeverWrittenOutIsMadeAnew() throws Exception {
        Files.writeString(temporary.resolve("rebound-instance-id"), "");

        try (StateDirectory state = StateDirectory.open(temporary, "rebound")) {
            assertThat(state.instanceId()).startsWith("rebound-");
        }
    }

    @Test
    void aDirectoryInUseIsRefusedWithTheRemedy() {
        try (StateDirectory first = StateDirectory.open(temporary, "rebound");
                StateDirectory other = StateDirectory.open(temporary, "another-application")) {
            assertThat(first.instanceId()).isEqualTo(other.instanceId());
            assertThatThrownBy(() -> StateDirectory.open(temporary, "rebound"))
                    .isInstanceOf(StateDirectoryException.class)
                    .hasMessageContainingAll("another instance of rebound", temporary.toString(), "state.dir");
        }
        StateDirectory.open(temporary, "rebound").close();
    }

    @Test
    void aDirectoryThatCannotBeWrittenIsNamed() throws Exception {
        Path file = Files.writeString(temporary.resolve("file"), "");

        assertThatThrownBy(() -> StateDirectory.open(file.resolve("below"), "rebound"))
                .isInstanceOf(StateDirectoryException.class)
                .hasMessageContainingAll(file.toString(), "name another one with state.dir");
    }
}
