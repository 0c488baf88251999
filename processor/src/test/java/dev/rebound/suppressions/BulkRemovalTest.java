package dev.rebound.suppressions;

import static dev.rebound.suppressions.ChangesInMemory.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rebound.ingest.Progress;
import dev.rebound.schema.Suppression;
import dev.rebound.schema.SuppressionAction;
import dev.rebound.schema.SuppressionCommand;
import dev.rebound.schema.SuppressionSource;
import dev.rebound.suppress.SuppressionList;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

class BulkRemovalTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Issued ISSUED = new Issued("ops", "outage", Instant.parse("2026-03-02T00:00:00Z"));

    private final ChangesInMemory topics = new ChangesInMemory();
    private final BulkRemoval removal = topics.changes().removal();

    private static RemovalSelection google() {
        return new RemovalSelection(
                "google", null, null, null, null, null, NOON, NOON.plusSeconds(60), RemovalSelection.BY_POLICY);
    }

    @Test
    void aDryRunCountsAndWritesNothing() {
        topics.suppress(entry("default", "jo@example.org"));
        topics.suppress(entry("default", "kim@example.org"));
        topics.suppress(entry("acme", "jo@example.org").setCategory("MAILBOX_FULL"));

        Removal found = removal.dryRun(google(), Watch.NONE);

        assertThat(found.found()).isEqualTo(3);
        assertThat(found.byList()).containsExactly(Map.entry("default", 2L), Map.entry("acme", 1L));
        assertThat(found.byCategory()).containsExactly(Map.entry("BAD_MAILBOX", 2L), Map.entry("MAILBOX_FULL", 1L));
        assertThat(found.byProvider()).containsExactly(Map.entry("google", 3L));
        assertThat(found.sample()).containsExactly("j***@example.org", "k***@example.org", "j***@example.org");
        assertThat(found.written()).isZero();
        assertThat(found.complete()).isTrue();
        assertThat(topics.written()).isEmpty();
    }

    @Test
    void whatIsMeantIsRemovedAndNothingElse() {
        topics.suppress(entry("default", "jo@example.org"));
        topics.suppress(entry("default", "early@example.org").setSince(NOON.minusMillis(1)));
        topics.suppress(entry("default", "late@example.org").setSince(NOON.plusSeconds(60)));
        topics.suppress(entry("default", "other@example.org").setProvider("microsoft"));
        topics.suppress(entry("default", "none@example.org").setProvider(null));
        topics.suppress(entry("default", "added@example.org").setSource(SuppressionSource.OPERATOR));
        topics.suppress(entry("default", "imported@example.org").setSource(SuppressionSource.IMPORT));

        Removal removed = removal.run(google(), ISSUED, Watch.NONE);

        assertThat(removed.written()).isOne();
        assertThat(topics.written()).singleElement().satisfies(command -> {
            assertThat(command.getAction()).isEqualTo(SuppressionAction.REMOVE);
            assertThat(command.getList()).isEqualTo("default");
            assertThat(command.getAddress()).isEqualTo("jo@example.org");
            assertThat(command.getBy()).isEqualTo("ops");
            assertThat(command.getWhy()).isEqualTo("outage");
            assertThat(command.getIssuedAt()).isEqualTo(ISSUED.at());
        });
    }

    @Test
    void removingAgainWritesTheSameCommands() {
        topics.suppress(entry("default", "jo@example.org"));
        removal.run(google(), ISSUED, Watch.NONE);
        removal.run(google(), new Issued("ops", "outage", ISSUED.at().plusSeconds(5)), Watch.NONE);
        topics.suppress(entry("default", "jo@example.org").setSince(NOON.plusSeconds(1)));
        removal.run(google(), ISSUED, Watch.NONE);

        assertThat(topics.written()).hasSize(3);
        assertThat(topics.written())
                .extracting(SuppressionCommand::getCommandId)
                .satisfies(ids -> {
                    assertThat(ids.get(1)).isEqualTo(ids.get(0));
                    assertThat(ids.get(2)).isNotEqualTo(ids.get(0));
                });
    }

    @Test
    void eachFieldOfASelectionCounts() {
        Suppression jo = entry("acme/news", "jo@example.org").build();
        assertThat(selection(null, "bad_mailbox", null, null, null, null).holds(jo))
                .isTrue();
        assertThat(selection(null, "MAILBOX_FULL", null, null, null, null).holds(jo))
                .isFalse();
        assertThat(selection(null, null, "gone", null, null, null).holds(jo)).isTrue();
        assertThat(selection(null, null, "full", null, null, null).holds(jo)).isFalse();
        assertThat(selection(null, null, null, "@Example.ORG", null, null).holds(jo))
                .isTrue();
        assertThat(selection(null, null, null, "ample.org", null, null).holds(jo))
                .isFalse();
        assertThat(selection("google", null, null, null, "acme", null).holds(jo))
                .isTrue();
        assertThat(selection("google", null, null, null, "acm", null).holds(jo)).isFalse();
        assertThat(selection("google", null, null, null, null, "acme/news").holds(jo))
                .isTrue();
        assertThat(selection("google", null, null, null, null, "acme").holds(jo))
                .isFalse();
        Suppression standIn = entry("acme", "hash:" + "0".repeat(64)).build();
        assertThat(selection("google", null, null, null, null, null).holds(standIn))
                .isFalse();
    }

    private static RemovalSelection selection(
            String provider, String category, String rule, String domain, String tenant, String list) {
        return new RemovalSelection(
                provider,
                category,
                rule,
                domain,
                tenant,
                list == null ? null : SuppressionList.parse(list),
                NOON,
                NOON.plusSeconds(1),
                RemovalSelection.BY_ANYTHING);
    }

    @Test
    void aSelectionThatSaysTooLittleOrWhatCannotBeIsRefused() {
        assertThatThrownBy(() -> selection(null, null, null, null, "acme", null))
                .hasMessageContaining("at least one of provider, category, rule and domain");
        assertThatThrownBy(() -> selection("Google", null, null, null, null, null))
                .hasMessageStartingWith("provider: not a name of one (expected: lower case letters");
        assertThatThrownBy(() -> selection(null, "SPAM_CONTENT", null, null, null, null))
                .hasMessageStartingWith("category: not one for which addresses are suppressed");
        assertThatThrownBy(() -> selection(null, null, null, "a b", null, null)).hasMessageStartingWith("domain: ");
        assertThatThrownBy(() -> selection("google", null, null, null, "acme", "acme"))
                .hasMessageStartingWith("list: given beside a tenant");
        assertThatThrownBy(() -> new RemovalSelection(
                        "google", null, null, null, null, null, NOON, NOON, RemovalSelection.BY_POLICY))
                .hasMessageStartingWith("to: not after from");
        assertThatThrownBy(() -> new RemovalSelection(
                        "google", null, null, null, null, null, null, NOON, RemovalSelection.BY_POLICY))
                .hasMessageStartingWith("from: missing");
    }

    @Test
    void whatWasWrittenBeforeAStopStays() {
        for (int i = 0; i < 5; i++) {
            topics.suppress(entry("default", "jo" + i + "@example.org"));
        }
        AtomicInteger asked = new AtomicInteger();

        Removal removed = removal.run(google(), ISSUED, new Watch(Progress.none(), () -> asked.incrementAndGet() > 3));

        assertThat(removed.complete()).isFalse();
        assertThat(removed.written()).isEqualTo(3);
        assertThat(topics.written()).hasSize(3);
    }

    @Test
    void aFailureSaysHowMuchWasWritten() {
        topics.suppress(entry("default", "jo@example.org"));
        topics.failWith(new KafkaException("away"));

        assertThatThrownBy(() -> removal.run(google(), ISSUED, Watch.NONE))
                .isInstanceOf(KafkaException.class)
                .hasMessage("away; 0 commands were written before, and running it again continues");
    }
}
