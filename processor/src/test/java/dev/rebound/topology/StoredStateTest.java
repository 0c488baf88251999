package dev.rebound.topology;

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
 * state format version N left after the {@link #life}: store, key, value in hexadecimal digits.
 */
class StoredStateTest {

    private static final int CURRENT = 1;
    private static final List<String> STORES = List.of(Steps.DELTA_STORE, Steps.TOTALS_STORE, Steps.LAID_AWAY_STORE);
    private static final Path FIXTURES =
            Path.of(System.getProperty("repository.root"), "processor", "src", "test", "resources", "state");

    /** What is in the totals, and not in a part that was laid away, after the {@link #life}. */
    private static final int IN_TOTALS = 4;

    /** What is folded, and not yet added up, after the {@link #life}. */
    private static final int PENDING = 1;

    private static final Duration LAID_AWAY = Duration.ofHours(8);

    private static final Instant LATER = NOW.plus(LAID_AWAY);

    /** Leaves rows in every store: two events laid away, four added up, one folded. */
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
        rebound.send(bounce().setOutcome(Outcome.DELIVERED).setEventTime(LATER));
        rebound.send(bounce().setTenant("tenant").setOutcome(Outcome.EXPIRED).setEventTime(Instant.EPOCH));
        rebound.advance(Duration.ofSeconds(2));
        rebound.send(bounce().setOutcome(Outcome.COMPLAINED).setEventTime(LATER));
    }

    @Test
    void theFormatIsThatOfTheCurrentVersion() throws Exception {
        List<String> rows = new ArrayList<>();
        try (ReboundDriver rebound = ReboundDriver.withShippedCodes()) {
            life(rebound);
            for (String store : STORES) {
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
            rebound.restoredCounts(IN_TOTALS + PENDING);
            rebound.send(bounce().setReply("550 5.1.1 no such user"));
            rebound.send(bounce().setReply("550 5.1.1 no such user").setEventTime(LATER));
            rebound.send(
                    bounce().setTenant("tenant").setOutcome(Outcome.EXPIRED).setEventTime(Instant.EPOCH));
            rebound.send(bounce().setReply("452 4.2.2 full").setRecipient("a@example.org"));
            rebound.advance(Duration.ofSeconds(2));

            Map<String, DomainStats> stats = rebound.stats();
            DomainStats continued = stats.get("default|example.com|PT1M|2026-03-01T12:00:00Z|1");
            assertThat(continued.getHard()).isEqualTo(2);
            assertThat(continued.getCategories()).isEqualTo(Map.of("BAD_MAILBOX", 2L));
            DomainStats later = stats.get("default|example.com|PT1M|2026-03-01T20:00:00Z");
            assertThat(later.getHard()).isEqualTo(2);
            assertThat(later.getUnclassified()).isEqualTo(1);
            assertThat(later.getDelivered()).isEqualTo(1);
            assertThat(later.getComplained()).as("was folded and waited").isEqualTo(1);
            assertThat(stats.get("tenant|example.com|PT1M|1970-01-01T00:00:00Z").getExpired())
                    .isEqualTo(2);
            assertThat(stats.get("default|example.org|PT1M|2026-03-01T12:00:00Z|1")
                            .getSoft())
                    .as("a window of an hour that was laid away begins a new part")
                    .isEqualTo(1);
        }
    }
}
