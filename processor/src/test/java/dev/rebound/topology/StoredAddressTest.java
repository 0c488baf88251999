package dev.rebound.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rebound.schema.BounceType;
import dev.rebound.schema.Outcome;
import dev.rebound.schema.SuppressionAction;
import dev.rebound.schema.SuppressionReason;
import dev.rebound.schema.SuppressionSource;
import dev.rebound.suppress.Acceptance;
import dev.rebound.suppress.Command;
import dev.rebound.suppress.Contradiction;
import dev.rebound.suppress.Decision;
import dev.rebound.suppress.Evidence;
import dev.rebound.suppress.History;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StoredAddressTest {

    private static final Path FIXTURE = Path.of(
            System.getProperty("repository.root"), "processor", "src", "test", "resources", "stored-address-1.hex");

    @Test
    void aRowIsReadAsItWasWritten() throws Exception {
        Evidence full = new Evidence(
                "e1",
                -5,
                Outcome.EXPIRED,
                BounceType.SOFT,
                "MAILBOX_FULL",
                true,
                4,
                "4.2.2",
                "google",
                true,
                true,
                77,
                "news",
                "452 4.2.2 full",
                "delivery-events",
                3,
                99);
        Evidence bare = new Evidence(
                "e2",
                6,
                Outcome.COMPLAINED,
                BounceType.NONE,
                "COMPLAINT",
                false,
                0,
                null,
                null,
                false,
                false,
                0,
                null,
                null,
                "t",
                0,
                0);
        Command add = new Command(
                "c1",
                9,
                SuppressionAction.ADD,
                SuppressionReason.UNSUBSCRIBE,
                "BAD_MAILBOX",
                Instant.ofEpochMilli(1),
                Instant.ofEpochMilli(2),
                SuppressionSource.IMPORT,
                "ann",
                "asked",
                "old list");
        Command removal = new Command(
                "c0",
                8,
                SuppressionAction.REMOVE,
                SuppressionReason.UNKNOWN,
                null,
                null,
                null,
                SuppressionSource.OPERATOR,
                "bob",
                "outage",
                null);
        Command retraction = new Command(
                "c2",
                10,
                SuppressionAction.RETRACT,
                SuppressionReason.UNSUBSCRIBE,
                null,
                null,
                Instant.ofEpochMilli(2),
                SuppressionSource.REPLAY,
                "ann",
                "rolled back",
                null,
                new Command.Place("c1", 9));
        StoredAddress row = new StoredAddress(
                new History(
                        List.of(full, bare),
                        List.of(new Acceptance("d1", 3, 4)),
                        List.of(new Contradiction("x1", 5, 6)),
                        List.of(add, retraction),
                        removal),
                12,
                34,
                56);
        assertThat(StoredAddress.fromBytes(row.toBytes())).isEqualTo(row);
        String stored = HexFormat.of().formatHex(row.toBytes());
        if (Boolean.getBoolean("golden.update") && Files.notExists(FIXTURE)) {
            Files.writeString(FIXTURE, stored + "\n");
        }
        assertThat(stored)
                .as("what is stored has changed: give it a new version byte, and read the old one too")
                .isEqualTo(Files.readString(FIXTURE).strip());
        assertThat(StoredAddress.fromBytes(StoredAddress.NONE.toBytes())).isEqualTo(StoredAddress.NONE);
        assertThat(StoredAddress.fromBytes(null)).isEqualTo(StoredAddress.NONE);
    }

    /** The store has numbers for them: symbols may be added to the end of a schema, and never between. */
    @Test
    void symbolsKeepTheirNumbers() {
        assertThat(Arrays.toString(Outcome.values()))
                .startsWith("[UNKNOWN, DELIVERED, DEFERRED, BOUNCED, EXPIRED, COMPLAINED, SUPPRESSED");
        assertThat(Arrays.toString(BounceType.values())).startsWith("[NONE, HARD, SOFT");
        assertThat(Arrays.toString(SuppressionAction.values()))
                .startsWith("[UNKNOWN, ADD, REMOVE, EXTEND, ERASE, RETRACT");
        assertThat(Arrays.toString(SuppressionReason.values()))
                .startsWith("[UNKNOWN, BOUNCE, COMPLAINT, UNSUBSCRIBE, MANUAL");
        assertThat(Arrays.toString(SuppressionSource.values()))
                .startsWith("[UNKNOWN, POLICY, OPERATOR, IMPORT, REPLAY");
    }

    /** A release can move a category to another scope; rows of before must not stop it. */
    @Test
    void evidenceOfACategoryThatIsNoneAnyMoreIsPassedOver() {
        Evidence full = new Evidence(
                "e1",
                5,
                Outcome.BOUNCED,
                BounceType.HARD,
                "BAD_MAILBOX",
                true,
                5,
                null,
                null,
                false,
                false,
                0,
                null,
                null,
                "t",
                0,
                0);
        byte[] row = new StoredAddress(
                        new History(List.of(full), List.of(), List.of(), List.of(), null), 0, Decision.NEVER, 0)
                .toBytes();
        String renamed = new String(row, StandardCharsets.ISO_8859_1).replace("BAD_MAILBOX", "NOT_MAILBOX");

        StoredAddress read = StoredAddress.fromBytes(renamed.getBytes(StandardCharsets.ISO_8859_1));

        assertThat(read.history()).isEqualTo(History.EMPTY);
    }

    /** An address that fails day by day must not make each of its events dearer than the one before. */
    @Test
    void whatRecursInAHistoryIsStoredOnce() {
        String reply = "550 5.1.1 no such user here";
        List<Evidence> failures = IntStream.range(0, History.MAX_EVIDENCE)
                .mapToObj(day -> new Evidence(
                        "e" + day,
                        day,
                        Outcome.BOUNCED,
                        BounceType.HARD,
                        "BAD_MAILBOX",
                        true,
                        5,
                        "5.1.1",
                        "google",
                        false,
                        false,
                        0,
                        "news",
                        reply,
                        "delivery-events",
                        0,
                        day))
                .toList();
        StoredAddress row =
                new StoredAddress(new History(failures, List.of(), List.of(), List.of(), null), 0, Decision.NEVER, 0);

        assertThat(new String(row.toBytes(), StandardCharsets.ISO_8859_1))
                .containsOnlyOnce(reply)
                .containsOnlyOnce("BAD_MAILBOX")
                .containsOnlyOnce("delivery-events");
        assertThat(StoredAddress.fromBytes(row.toBytes())).isEqualTo(row);
    }

    @Test
    void aRowThatCannotBeReadIsRefusedAndSaysWhy() {
        byte[] row = StoredAddress.NONE.toBytes();
        byte[] newer = row.clone();
        newer[0] = 2;

        assertThatThrownBy(() -> StoredAddress.fromBytes(newer))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(Steps.ADDRESS_STORE)
                .hasMessageContaining("version 2 (expected: 1)");
        assertThatThrownBy(() -> StoredAddress.fromBytes(Arrays.copyOf(row, row.length - 1)))
                .hasMessageContaining("it ends too early");
        assertThatThrownBy(() -> StoredAddress.fromBytes(Arrays.copyOf(row, row.length + 1)))
                .hasMessageContaining("bytes are left over");
    }
}
