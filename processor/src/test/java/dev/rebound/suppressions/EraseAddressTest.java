package dev.rebound.suppressions;

import static dev.rebound.suppressions.ChangesInMemory.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rebound.ingest.Progress;
import dev.rebound.schema.SuppressionAction;
import dev.rebound.schema.SuppressionCommand;
import dev.rebound.schema.SuppressionReason;
import dev.rebound.schema.SuppressionSource;
import dev.rebound.suppress.Erasure;
import dev.rebound.suppress.SuppressionList;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

class EraseAddressTest {

    private static final String JO = "jo@example.org";
    private static final String STAND_IN = new Erasure(ChangesInMemory.KEY).standIn(JO);
    private static final Issued ISSUED = new Issued("dpo", "Jo Doe asked", Instant.parse("2026-03-02T00:00:00Z"));

    private final ChangesInMemory topics = new ChangesInMemory();

    private ErasureReport erase(SuppressionList... more) {
        return topics.changes().erasure().run(JO, List.of(more), ISSUED, () -> Duration.ofSeconds(1), Watch.NONE);
    }

    @Test
    void aStandInComesFirstAndThenEverythingElseGoes() {
        Instant end = Instant.parse("2027-01-01T00:00:00Z");
        topics.suppress(entry("acme", JO).setExpires(end));
        topics.suppress(entry("other/news", "kim@example.org"));
        topics.changes().give(List.of(command(JO), command("xjo@example.org")));

        ErasureReport report = erase(SuppressionList.of("quiet"));

        assertThat(report.complete()).isTrue();
        assertThat(report.lists()).containsExactly("acme", "default", "other", "other/news", "quiet");
        assertThat(report.suppressed()).containsExactly("acme");
        assertThat(report.standIn()).isEqualTo(STAND_IN);
        assertThat(report.commands()).isOne();
        assertThat(report.remains()).isNotEmpty();
        SuppressionCommand standIn = topics.written().get(2);
        assertThat(standIn.getAction()).isEqualTo(SuppressionAction.ADD);
        assertThat(standIn.getList()).isEqualTo("acme");
        assertThat(standIn.getAddress()).isEqualTo(STAND_IN);
        assertThat(standIn.getReason()).isEqualTo(SuppressionReason.BOUNCE);
        assertThat(standIn.getCategory()).isEqualTo("BAD_MAILBOX");
        assertThat(standIn.getExpires()).isEqualTo(end);
        assertThat(standIn.getWhy()).isEqualTo("erased");
        assertThat(standIn.getDetail()).isNull();
        assertThat(topics.written().subList(3, 8)).allMatch(command -> command.getAction() == SuppressionAction.ERASE);
        assertThat(topics.places().subList(2, 8))
                .as("beside the state of the address")
                .allMatch(placed -> placed.address().equals(JO));
        assertThat(topics.keys())
                .containsExactlyInAnyOrder(
                        "acme|xjo@example.org|id", "acme|" + STAND_IN + '|' + standIn.getCommandId());
    }

    private static SuppressionCommand command(String address) {
        return SuppressionCommand.newBuilder()
                .setCommandId("id")
                .setIssuedAt(ISSUED.at())
                .setAction(SuppressionAction.ADD)
                .setList("acme")
                .setAddress(address)
                .setReason(SuppressionReason.MANUAL)
                .setSource(SuppressionSource.OPERATOR)
                .setBy("ops")
                .setWhy("w")
                .build();
    }

    @Test
    void withoutTheProcessorTheCommandsStayAndTheSameAgainGoesOn() {
        topics.suppress(entry("acme", JO));
        topics.stopProcessor();

        ErasureReport report = erase();

        assertThat(report.complete()).isFalse();
        assertThat(report.processed()).isFalse();
        assertThat(topics.keys()).hasSize(3);
        String first = topics.written().get(0).getCommandId();
        erase();
        assertThat(topics.written().get(3).getCommandId()).isEqualTo(first);
    }

    @Test
    void whatIsHeardMeanwhileIsTold() {
        topics.whenProcessed(() -> topics.suppress(entry("acme", JO)));

        ErasureReport report = erase();

        assertThat(report.processed()).isTrue();
        assertThat(report.left()).containsExactly("acme");
        assertThat(report.complete()).isFalse();
    }

    @Test
    void aFeedThatFollowsALittleLaterIsLookedAtAgain() {
        topics.whenProcessed(() -> {
            topics.suppress(entry("acme", JO));
            topics.whenRead(() -> topics.lift("acme|" + JO));
        });

        assertThat(erase().complete()).isTrue();
    }

    @Test
    void whatIsStoppedBeforeAllIsKnownWritesNothing() {
        topics.suppress(entry("acme", JO));
        Watch stopped = new Watch(Progress.none(), () -> true);

        assertThatThrownBy(() -> erase(stopped)).isInstanceOf(OutOfTimeException.class);
        assertThat(topics.written()).isEmpty();
    }

    @Test
    void whatIsStoppedBeforeTheLastLookIsNotComplete() {
        topics.suppress(entry("acme", JO));
        AtomicBoolean stopped = new AtomicBoolean();
        topics.whenProcessed(() -> {
            topics.suppress(entry("acme", JO));
            stopped.set(true);
        });

        ErasureReport report = erase(new Watch(Progress.none(), stopped::get));

        assertThat(report.processed()).isTrue();
        assertThat(report.checked()).isFalse();
        assertThat(report.complete()).isFalse();
    }

    private ErasureReport erase(Watch watch) {
        return topics.changes().erasure().run(JO, List.of(), ISSUED, () -> Duration.ofSeconds(1), watch);
    }

    @Test
    void whatNoCommandMaySayOfTimesIsLeftOutOfAStandIn() {
        topics.suppress(entry("acme", JO)
                .setSince(Instant.EPOCH.minusSeconds(1))
                .setExpires(Instant.parse("+12000-01-01T00:00:00Z")));

        assertThat(erase().complete()).isTrue();
        assertThat(topics.written().get(0).getSince()).isNull();
        assertThat(topics.written().get(0).getExpires()).isNull();
    }

    @Test
    void onlyAddressesAreErasedAndOnlyWithAKey() {
        EraseAddress erasure = topics.changes().erasure();
        for (String other : List.of("@example.org", STAND_IN)) {
            assertThatThrownBy(() -> erasure.run(other, List.of(), ISSUED, () -> Duration.ZERO, Watch.NONE))
                    .hasMessageContaining("expected: the address itself");
        }
        assertThatThrownBy(() -> topics.changes(Optional.empty()).erasure())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("rebound.erase.key is not set")
                .hasMessageContaining("openssl rand -hex 32");
    }

    @Test
    void aRemovalIsOneOfTheStandInToo() {
        SuppressionCommand remove = SuppressionCommand.newBuilder(command(JO))
                .setAction(SuppressionAction.REMOVE)
                .setReason(SuppressionReason.UNKNOWN)
                .build();

        topics.changes().give(List.of(remove));

        assertThat(topics.places()).hasSize(2);
        PlacedCommand also = topics.places().get(1);
        assertThat(also.command().getAction()).isEqualTo(SuppressionAction.ERASE);
        assertThat(also.command().getAddress()).isEqualTo(STAND_IN);
        assertThat(also.address()).isEqualTo(JO);
        topics.changes(Optional.empty()).give(List.of(remove));
        assertThat(topics.places()).hasSize(3);
    }

    @Test
    void keysOfCommandsAreTakenApart() {
        assertThat(CommandKey.parse("acme/a|b|c@example.org|id".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .hasValue(new CommandKey("acme/a", "b|c@example.org", "id"));
        for (String other : List.of("", "acme", "acme|jo@example.org", "||")) {
            assertThat(CommandKey.parse(other.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                    .isEmpty();
        }
    }
}
