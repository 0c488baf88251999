package dev.rebound.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rebound.topology.Suppressing;
import java.time.Clock;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which instance answers: the one that processes the partition, else a copy, and what an answer then says. */
class RoutingTest {

    private static final String KIM = "kim@example.org";

    @Test
    void whatIsHereIsNotAskedOfOthers() throws Exception {
        FakeCluster cluster = new FakeCluster(1, 4).gone("default", KIM);

        Checked checked = cluster.lookups(0).check(null, null, KIM);

        assertThat(checked.entries()).hasSize(1);
        assertThat(checked.staleness()).isEmpty();
        assertThat(cluster.asked()).isEmpty();
    }

    @Test
    void everyInstanceAnswersForEveryAddress() throws Exception {
        FakeCluster cluster = new FakeCluster(3, 8);
        for (int i = 0; i < 40; i++) {
            cluster.gone("default", "a" + i + "@example.org");
        }
        for (int instance = 0; instance < 3; instance++) {
            for (int i = 0; i < 40; i++) {
                Checked checked = cluster.lookups(instance).check(null, null, "a" + i + "@example.org");
                assertThat(checked.entries()).hasSize(1);
                assertThat(checked.staleness()).isEmpty();
            }
        }
    }

    @Test
    void theOneThatProcessesThePartitionIsAskedFirst() throws Exception {
        FakeCluster cluster = new FakeCluster(3, 3).withStandbys().gone("default", KIM);
        int partition = cluster.partition(KIM);

        AddressHistory known = cluster.lookups((partition + 1) % 3).history(null, KIM);

        assertThat(known.history().evidence()).hasSize(1);
        assertThat(known.staleness()).isEmpty();
        assertThat(cluster.asked()).containsExactly(partition + "/" + partition);
    }

    @Test
    void aCopyHereAnswersWhenThatOneDoesNot() throws Exception {
        FakeCluster cluster = new FakeCluster(3, 3).withStandbys().gone("default", KIM);
        int partition = cluster.partition(KIM);
        cluster.stop(partition);

        AddressHistory known = cluster.lookups((partition + 1) % 3).history(null, KIM);

        assertThat(known.history().evidence()).hasSize(1);
        assertThat(known.staleness()).singleElement().satisfies(stale -> {
            assertThat(stale.partition()).isEqualTo(partition);
            assertThat(stale.reason()).isEqualTo(Staleness.Reason.STANDBY);
            assertThat(stale.lag()).hasValue(7);
        });
    }

    @Test
    void aCopyElsewhereAnswersWhenNoneIsHere() throws Exception {
        FakeCluster cluster = new FakeCluster(3, 3).withStandbys().gone("default", KIM);
        int partition = cluster.partition(KIM);
        cluster.stop(partition);

        AddressHistory known = cluster.lookups((partition + 2) % 3).history(null, KIM);

        assertThat(known.history().evidence()).hasSize(1);
        assertThat(known.staleness()).singleElement().satisfies(stale -> assertThat(stale.reason())
                .isEqualTo(Staleness.Reason.STANDBY));
        assertThat(cluster.asked()).containsExactly(partition + "/" + partition, (partition + 1) % 3 + "/" + partition);
    }

    @Test
    void whatIsBeingRestoredAnswersAndSaysSo() throws Exception {
        FakeCluster cluster = new FakeCluster(2, 2).gone("default", KIM);
        int partition = cluster.partition(KIM);
        cluster.restoring(partition);

        for (int instance = 0; instance < 2; instance++) {
            assertThat(cluster.lookups(instance).history(null, KIM).staleness())
                    .singleElement()
                    .satisfies(stale -> assertThat(stale.reason()).isEqualTo(Staleness.Reason.RESTORING));
        }
    }

    @Test
    void whenNobodyAnswersThatIsSaidWithoutTheAddress() {
        FakeCluster cluster = new FakeCluster(2, 2).gone("default", KIM);
        int partition = cluster.partition(KIM);
        cluster.stop(partition);
        SuppressionLookups other = cluster.lookups(1 - partition);

        assertThatThrownBy(() -> other.history(null, KIM))
                .isInstanceOfSatisfying(UnavailableException.class, e -> assertThat(e.isNotReady())
                        .isFalse())
                .hasMessage("no instance can answer now for partition " + partition + " of the state (instance:"
                        + partition + ": it cannot be reached)");
        assertThatThrownBy(() -> other.checkAll(null, null, List.of(KIM, "jo@example.org")))
                .isInstanceOf(UnavailableException.class);
        assertThatThrownBy(() -> list(other)).isInstanceOf(UnavailableException.class);
    }

    private static Page list(SuppressionLookups lookups) throws InvalidLookupException {
        return lookups.list(SuppressionFilter.ALL, 10, null);
    }

    @Test
    void aQuestionIsNeverPassedOn() throws Exception {
        FakeCluster cluster = new FakeCluster(2, 2).gone("default", KIM);
        int partition = cluster.partition(KIM);
        String question = Wire.question(new Question.Keys(partition, List.of("default|" + KIM)), true);

        assertThat(cluster.lookups(1 - partition).answerPeer(question)).isEmpty();
        assertThat(cluster.lookups(partition).answerPeer(question)).isPresent();
        assertThat(cluster.asked()).isEmpty();
    }

    @Test
    void anInstanceThatStartsIsNotReady() {
        SuppressionLookups lookups = new SuppressionLookups(
                () -> null, new PeerSettings("http", null, 10_000), Suppressing.nothing(), Clock.systemUTC());

        assertThatThrownBy(() -> lookups.check(null, null, KIM))
                .isInstanceOfSatisfying(UnavailableException.class, e -> assertThat(e.isNotReady())
                        .isTrue())
                .hasMessageContaining("/health/ready");
    }

    @Test
    void largeQuestionsAreSplit() throws Exception {
        FakeCluster cluster = new FakeCluster(2, 1);
        List<String> addresses = IntStream.range(0, 3_000)
                .mapToObj(i -> "a" + i + "@example.org")
                .toList();
        addresses.forEach(address -> cluster.gone("default", address));

        Verdicts verdicts = cluster.lookups(1, 20_000).checkAll(null, null, addresses);

        assertThat(verdicts.results()).hasSize(3_000).allMatch(verdict -> verdict.suppression()
                .isPresent());
        // Ten thousand bytes a question; three lists with address and stand-in.
        assertThat(cluster.asked()).hasSizeGreaterThan(40);
    }
}
