package dev.rebound.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

    @TempDir
    private Path temporary;

    @Test
    void allPartsAreCreated() throws Exception {
        try (DataDirectory data = DataDirectory.open(temporary.resolve("new/data"))) {
            assertThat(new Path[] {
                        data.broker(), data.registry(), data.state(), data.logs(), data.ledger(), data.setAside()
                    })
                    .allSatisfy(part -> assertThat(part).isDirectory().hasParent(data.root()));
        }
    }

    @Test
    void aSecondInstanceIsToldWhoHoldsTheDirectory() throws Exception {
        try (DataDirectory first = DataDirectory.open(temporary)) {
            assertThatThrownBy(() -> DataDirectory.open(temporary))
                    .isInstanceOf(LocalStackException.class)
                    .hasMessageContaining(first.root() + " is in use")
                    .hasMessageContaining("process " + ProcessHandle.current().pid() + " ")
                    .hasMessageContaining("--data-dir");
        }
    }

    @Test
    void afterCloseItCanBeOpenedAgainWithItsContents() throws Exception {
        try (DataDirectory first = DataDirectory.open(temporary)) {
            Files.writeString(first.ledger().resolve("seen"), "kept");
        }
        try (DataDirectory second = DataDirectory.open(temporary)) {
            assertThat(second.ledger().resolve("seen")).hasContent("kept");
        }
    }

    @Test
    void tooLittleSpaceIsRefusedAndTheLockGivenBack() throws Exception {
        assertThatThrownBy(() -> DataDirectory.open(temporary, Long.MAX_VALUE))
                .isInstanceOf(LocalStackException.class)
                .hasMessageContaining("too little space")
                .hasMessageContaining("MiB free")
                .hasMessageContaining("--data-dir");

        DataDirectory.open(temporary).close();
    }

    @Test
    void aFileInTheWayIsNamed() throws Exception {
        Path file = Files.writeString(temporary.resolve("file"), "not a directory");

        assertThatThrownBy(() -> DataDirectory.open(file.resolve("data")))
                .isInstanceOf(LocalStackException.class)
                .hasMessageContaining("Data directory " + file.resolve("data") + " cannot be used")
                .hasMessageContaining("--data-dir");
    }
}
