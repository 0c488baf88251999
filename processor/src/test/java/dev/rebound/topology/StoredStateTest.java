package dev.rebound.topology;

import static dev.rebound.topology.ReboundDriver.FLUSH;
import static dev.rebound.topology.ReboundDriver.NOW;
import static dev.rebound.topology.ReboundDriver.bounce;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.schema.DomainStats;
import dev.rebound.schema.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * State that an older version left, in its changelogs and stores, is continued by this one. {@code state/N.tsv} holds what
 * state format version N left after the {@link #life}: store, key and value in hexadecimal digits.
 */
class StoredStateTest {

    private static final int CURRENT = 1;
    private static final Path FIXTURES =
            Path.of(System.getProperty("repository.root"), "processor", "src", "test", "resources", "state");

    private static final Duration LAID_AWAY = Duration.ofHours(8);

    private static final Instant LATER = NOW.plus(LAID_AWAY);

    /** Leaves rows in every store: minutes laid away, rows of every size and kind, a minute gathered, an event folded. */
    private static void life(ReboundDriver rebound) {
        rebound.send(bounce().setReply("550 5.1.1 no such user"));
        rebound.send(bounce().setReply("452 4.2.2 full").setRecipient("a@example.org"));
        for (Duration passed = Duration.ZERO;
                passed.compareTo(LAID_AWAY) < 0;
                passed = passed.plus(Duration.ofMinutes(30))) {
            rebound.advance(Duration.ofMinutes(30));
        }
        rebound.send(bounce().setReply("550 5.1.1 no such user"));
        rebound.send(bounce().setReply("550 what").setEventTime(LATER));
        rebound.send(bounce().setOutcome(Outcome.DELIVERED)
                .setEventTime(LATER)
                .setQueuedAt(LATER.minusSeconds(3))
                .setAttempt(2)
                .setRemoteHost("aspmx.l.google.com"));
        rebound.send(bounce().setTenant("tenant").setOutcome(Outcome.EXPIRED).setEventTime(Instant.EPOCH));
        rebound.advanceUntilCounted();
        rebound.send(bounce().setReply("421 4.7.0 [TSS04] later")
                .setOutcome(Outcome.DEFERRED)
                .setEventTime(LATER));
        rebound.advance(FLUSH);
        rebound.send(bounce().setOutcome(Outcome.COMPLAINED).setEventTime(LATER));
    }

    @Test
    void theFormatIsThatOfTheCurrentVersion() throws Exception {
        List<String> rows = new ArrayList<>();
        try (ReboundDriver rebound = ReboundDriver.withShippedCodes()) {
            life(rebound);
            for (String store : ReboundDriver.STATISTICS_STORES) {
                Map<String, byte[]> stored = rebound.stored(store);
                assertThat(stored).as("rows in " + store).isNotEmpty();
                stored.forEach((key, value) ->
                        rows.add(store + '\t' + key + '\t' + HexFormat.of().formatHex(value)));
            }
        }
        Path fixture = FIXTURES.resolve(CURRENT + ".tsv");
        if (Boolean.getBoolean("golden.update") && Files.notExists(fixture)) {
            Files.createDirectories(FIXTURES);
            Files.write(fixture, rows);
        }
        assertThat(rows)
                .as("what is stored has changed: give it a new version byte, read the old ones too, and raise CURRENT;"
                        + " golden.update writes the new fixture beside the old ones")
                .isEqualTo(Files.readAllLines(fixture));
    }

    static Stream<Path> fixtures() throws Exception {
        List<Path> all;
        try (Stream<Path> files = Files.list(FIXTURES)) {
            all = files.sorted().toList();
        }
        assertThat(all).hasSize(CURRENT);
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void eachVersionsStateIsContinued(Path fixture) throws Exception {
        try (ReboundDriver rebound = ReboundDriver.withShippedCodes()) {
            for (String line : Files.readAllLines(fixture)) {
                String[] cells = line.split("\t");
                rebound.restore(cells[0], cells[1], HexFormat.of().parseHex(cells[2]));
            }
            rebound.send(bounce().setReply("550 5.1.1 no such user"));
            rebound.send(bounce().setReply("550 5.1.1 no such user").setEventTime(LATER));
            rebound.send(
                    bounce().setTenant("tenant").setOutcome(Outcome.EXPIRED).setEventTime(Instant.EPOCH));
            rebound.send(bounce().setReply("452 4.2.2 full").setRecipient("a@example.org"));
            rebound.advanceUntilCounted();

            Map<String, DomainStats> stats = rebound.stats();
            DomainStats continued = stats.get("default|example.com|PT1M|2026-03-01T12:00:00Z|1");
            assertThat(continued.getHard()).isEqualTo(2);
            assertThat(continued.getCategories()).isEqualTo(Map.of("BAD_MAILBOX", 2L));
            assertThat(stats.get("default|example.com|PT1H|2026-03-01T12:00:00Z")
                            .getHard())
                    .isEqualTo(3);
            for (String window : List.of("PT1M|2026-03-01T20:00:00Z", "PT1H|2026-03-01T20:00:00Z")) {
                DomainStats later = stats.get("default|example.com|" + window);
                assertThat(later.getHard()).isEqualTo(2);
                assertThat(later.getUnclassified()).isEqualTo(1);
                assertThat(later.getDelivered()).isEqualTo(1);
                assertThat(later.getDeferred()).as("was gathered and waited").isEqualTo(1);
                assertThat(later.getComplained()).as("was folded and waited").isEqualTo(1);
                assertThat(later.getProvider()).isEqualTo("google");
            }
            DomainStats day = stats.get("default|example.com|P1D|2026-03-01T00:00:00Z");
            assertThat(CountedWindows.counters(day)).containsEntry(CountedWindows.EVENTS, 8L);
            assertThat(day.getTimeToDeliver().getCount()).isEqualTo(1);
            assertThat(day.getRecipients()).isEqualTo(1);
            assertThat(stats.get("tenant|example.com|PT1M|1970-01-01T00:00:00Z").getExpired())
                    .isEqualTo(2);
            assertThat(stats.get("default|example.org|PT1M|2026-03-01T12:00:00Z|1")
                            .getSoft())
                    .as("a window of an hour that was laid away begins a new part")
                    .isEqualTo(1);
            assertThat(rebound.providerStats()
                            .get("default|unknown|P1D|2026-03-01T00:00:00Z")
                            .getHard())
                    .isEqualTo(5);
        }
    }
}
