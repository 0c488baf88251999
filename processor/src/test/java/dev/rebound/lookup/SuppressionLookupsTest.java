package dev.rebound.lookup;

import static dev.rebound.lookup.FakeCluster.NOW;
import static dev.rebound.lookup.FakeCluster.added;
import static dev.rebound.lookup.FakeCluster.evidence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rebound.lookup.Verdicts.Verdict;
import dev.rebound.schema.Suppression;
import dev.rebound.schema.SuppressionReason;
import dev.rebound.suppress.History;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is found of addresses, across partitions and instances. */
class SuppressionLookupsTest {

    private static final String KIM = "kim@example.org";

    private final FakeCluster cluster = new FakeCluster(2, 5);
    private final SuppressionLookups lookups = cluster.lookups(0);

    @Test
    void theListsOfStreamTenantAndAllTenantsCount() throws Exception {
        cluster.known("acme/news", KIM, added("stream", null));
        cluster.known("acme", KIM, added("tenant", null));
        cluster.known("*", KIM, added("all", null));
        cluster.known("other", KIM, added("other", null));
        cluster.known("acme/receipts", KIM, added("other stream", null));

        assertThat(commands(lookups.check("acme", "news", KIM))).containsExactlyInAnyOrder("stream", "tenant", "all");
        assertThat(commands(lookups.check("acme", null, KIM))).containsExactlyInAnyOrder("tenant", "all");
        assertThat(commands(lookups.check(null, null, KIM))).containsExactly("all");
    }

    private static List<String> commands(Checked checked) {
        return checked.entries().stream().map(Suppression::getCommandId).toList();
    }

    @Test
    void anAddressIsFoundHoweverItIsWrittenAndSoAreItsDomainAndItsStandIn() throws Exception {
        cluster.gone("default", KIM);
        cluster.known("default", "@example.org", added("domain", NOW.plusSeconds(60)));
        cluster.erased("default", KIM, added("erased", NOW.plusSeconds(120)));

        Checked checked = lookups.check("default", null, " <Kim@EXAMPLE.org> ");

        assertThat(checked.address()).isEqualTo(KIM);
        assertThat(checked.entries())
                .extracting(Suppression::getAddress)
                .containsExactly(KIM, FakeCluster.ERASURE.standIn(KIM), "@example.org");
        assertThat(lookups.check("default", null, "@Example.org").entries())
                .extracting(Suppression::getCommandId)
                .containsExactly("domain");
        assertThat(lookups.check("default", null, FakeCluster.ERASURE.standIn(KIM))
                        .entries())
                .extracting(Suppression::getCommandId)
                .containsExactly("erased");
    }

    @Test
    void whatDoesNotSuppressIsNoEntry() throws Exception {
        cluster.known("default", KIM, evidence("e1", false));
        cluster.known("default", "jo@example.org", added("over", NOW.minusSeconds(1)));

        assertThat(lookups.check(null, null, KIM).entries()).isEmpty();
        assertThat(lookups.check(null, null, "jo@example.org").entries()).isEmpty();
    }

    @Test
    void whatCannotBeLookedUpIsToldAtOnceWithoutTheAddress() {
        assertThatThrownBy(() -> lookups.check("a|b", "", "kim at example.org"))
                .isInstanceOfSatisfying(InvalidLookupException.class, e -> assertThat(e.mistakes())
                        .extracting(InvalidLookupException.Mistake::parameter)
                        .containsExactly("tenant", "address"));
        assertThatThrownBy(() -> lookups.history("a|b", KIM)).isInstanceOf(InvalidLookupException.class);
        assertThatThrownBy(() -> lookups.checkAll(null, null, Collections.nCopies(10_001, KIM)))
                .hasMessageContaining("10001 addresses (expected: at most 10000");
    }

    @Test
    void manyAreAnsweredInTheirOrder() throws Exception {
        cluster.gone("default", KIM).gone("*", "@blocked.example");
        List<String> addresses = List.of("jo@example.org", "KIM@example.org", "no address", "any@blocked.example", KIM);

        List<Verdict> results = lookups.checkAll(null, null, addresses).results();

        assertThat(results).extracting(Verdict::address).containsExactlyElementsOf(addresses);
        assertThat(results)
                .extracting(verdict -> verdict.suppression().isPresent())
                .containsExactly(false, true, false, true, true);
        assertThat(results.get(2).error())
                .hasValueSatisfying(why -> assertThat(why).doesNotContain("no address"));
        assertThat(results.get(3).suppression().orElseThrow().getAddress()).isEqualTo("@blocked.example");
    }

    @Test
    void historyTellsWhatLedThereAndHowFarEachRuleHasCome() throws Exception {
        cluster.known("default", KIM, evidence("e1", false), added("c1", NOW.plusSeconds(60)));

        AddressHistory known = lookups.history(null, KIM);

        assertThat(known.history().evidence()).hasSize(1);
        assertThat(known.history().commands()).hasSize(1);
        assertThat(known.decision().suppression().getReason()).isEqualTo(SuppressionReason.MANUAL);
        assertThat(known.decision().next()).isEqualTo(NOW.plusSeconds(60).toEpochMilli());
        assertThat(known.rules())
                .extracting(rule -> rule.rule().id() + " " + rule.counted() + "/"
                        + rule.rule().failures() + " " + rule.suppresses())
                .containsExactly("gone 0/1 false", "full 1/2 false");
    }

    @Test
    void historyOfAnErasedAddressIsThatOfItsStandIn() throws Exception {
        cluster.erased("default", KIM, added("erased", null));

        AddressHistory known = lookups.history(null, KIM);

        assertThat(known.key().address()).isEqualTo(FakeCluster.ERASURE.standIn(KIM));
        assertThat(known.history().commands()).hasSize(1);
        assertThat(lookups.history(null, "jo@example.org").history()).isEqualTo(History.EMPTY);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1_000})
    void pagesHaveEachSuppressionOnceInAStableOrder(int limit) throws Exception {
        Set<String> all = fill(100);
        List<String> first = walk(lookups, limit);

        assertThat(first).hasSize(100).containsExactlyInAnyOrderElementsOf(all);
        assertThat(walk(cluster.lookups(1), limit)).isEqualTo(first);
    }

    private Set<String> fill(int number) {
        Set<String> addresses = new HashSet<>();
        for (int i = 0; i < number; i++) {
            addresses.add("a" + i + "@example.org");
            cluster.known("default", "free" + i + "@example.org", evidence("e", false));
        }
        addresses.forEach(address -> cluster.gone("default", address));
        return addresses;
    }

    private static List<String> walk(SuppressionLookups lookups, int limit) throws Exception {
        List<String> found = new ArrayList<>();
        String cursor = null;
        do {
            Page page = lookups.list(SuppressionFilter.ALL, limit, cursor);
            assertThat(page.suppressions().size()).isLessThanOrEqualTo(limit);
            page.suppressions().forEach(suppression -> found.add(suppression.getAddress()));
            cursor = page.cursor().orElse(null);
        } while (cursor != null);
        return found;
    }

    @Test
    void onePageLooksAtABoundedNumberOfRowsAndGoesOn() throws Exception {
        FakeCluster one = new FakeCluster(1, 1);
        IntStream.range(0, AddressReader.MOST_READ + 10)
                .forEach(i -> one.known("default", "free" + i + "@example.org", evidence("e", false)));
        one.gone("default", "zoe@example.org");
        LocalRows local = new LocalRows(one.view(0), new AddressReader(FakeCluster.decider()));

        Answer answer = local.answer(new Question.Range(0, "", SuppressionFilter.ALL, 10), false)
                .orElseThrow();

        assertThat(answer.rows()).isEmpty();
        assertThat(answer.next()).isPresent();
        assertThat(walk(one.lookups(0), 10)).containsExactly("zoe@example.org");
    }

    @Test
    void aListAloneIsReadWithoutTheOthers() throws Exception {
        cluster.gone("acme", KIM).gone("acme/news", KIM).gone("acme2", KIM).gone("zeta", KIM);

        assertThat(lists("list", "acme")).containsExactly("acme");
        assertThat(lists("tenant", "acme")).containsExactlyInAnyOrder("acme");
        cluster.known("acme/news", KIM, added("c", null));
        assertThat(lists("tenant", "acme")).containsExactlyInAnyOrder("acme", "acme/news");
        assertThat(lists("list", "acme/news")).containsExactly("acme/news");
    }

    private List<String> lists(String parameter, String value) throws Exception {
        return lookups.list(SuppressionFilter.of(Map.of(parameter, value)), 100, null).suppressions().stream()
                .map(Suppression::getList)
                .toList();
    }

    @Test
    void anExportHasEachSuppressionOnce() {
        Set<String> all = fill(50);
        List<String> exported = new ArrayList<>();

        lookups.export(SuppressionFilter.ALL, suppression -> exported.add(suppression.getAddress()));

        assertThat(exported).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void anExportReadsCopiesOnlyWhenTheyWillDo() {
        FakeCluster two = new FakeCluster(2, 2).withStandbys().gone("default", KIM);
        two.stop(two.partition(KIM));
        List<Boolean> stale = new ArrayList<>();

        two.lookups(1 - two.partition(KIM)).export(SuppressionFilter.ALL, true, part -> part.suppressions()
                .forEach(any -> stale.add(part.stale())));

        assertThat(stale).containsExactly(true);
    }

    @Test
    void limitsAndCursorsAreChecked() throws Exception {
        fill(10);
        String cursor = lookups.list(SuppressionFilter.ALL, 2, null).cursor().orElseThrow();
        SuppressionFilter other = SuppressionFilter.of(Map.of("reason", "bounce"));

        assertThatThrownBy(() -> lookups.list(SuppressionFilter.ALL, 0, null))
                .hasMessage("limit: 0 (expected: 1 to 1000)");
        assertThatThrownBy(() -> lookups.list(SuppressionFilter.ALL, 1_001, null))
                .isInstanceOf(InvalidLookupException.class);
        assertThatThrownBy(() -> lookups.list(other, 2, cursor)).isInstanceOf(InvalidLookupException.class);
        assertThatThrownBy(() -> lookups.list(SuppressionFilter.ALL, 2, "x" + cursor))
                .isInstanceOf(InvalidLookupException.class);
    }
}
