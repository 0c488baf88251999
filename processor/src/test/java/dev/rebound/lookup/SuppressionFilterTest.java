package dev.rebound.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rebound.schema.Scope;
import dev.rebound.schema.Suppression;
import dev.rebound.schema.SuppressionReason;
import dev.rebound.schema.SuppressionSource;
import dev.rebound.suppress.SuppressionKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuppressionFilterTest {

    private static final Instant SINCE = Instant.parse("2026-05-01T00:00:00Z");

    private static final Suppression SUPPRESSION = Suppression.newBuilder()
            .setList("acme/news")
            .setAddress("kim@example.org")
            .setReason(SuppressionReason.BOUNCE)
            .setCategory("BAD_MAILBOX")
            .setScope(Scope.RECIPIENT)
            .setProvider("google")
            .setRule("gone")
            .setSince(SINCE)
            .setSource(SuppressionSource.POLICY)
            .build();

    @ParameterizedTest
    @CsvSource({
        "list, acme/news",
        "tenant, acme",
        "domain, EXAMPLE.org",
        "domain, @example.org",
        "category, bad_mailbox",
        "scope, recipient",
        "reason, BOUNCE",
        "source, policy",
        "provider, Google",
        "rule, gone",
        "since.from, 2026-05-01T00:00:00Z",
        "since.from, 2026-05-01T02:00:00+02:00",
        "since.to, 2026-05-01T00:00:00.001Z"
    })
    void whatFitsPasses(String parameter, String value) throws Exception {
        assertThat(passes(Map.of(parameter, value))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "list, acme",
        "list, *",
        "tenant, acm",
        "domain, org",
        "domain, ample.org",
        "category, MAILBOX_FULL",
        "scope, DOMAIN",
        "reason, COMPLAINT",
        "source, IMPORT",
        "provider, microsoft",
        "rule, full",
        "since.from, 2026-05-01T00:00:00.001Z",
        "since.to, 2026-05-01T00:00:00Z"
    })
    void whatDoesNotFitDoesNotPass(String parameter, String value) throws Exception {
        assertThat(passes(Map.of(parameter, value))).isFalse();
    }

    private static boolean passes(Map<String, String> parameters) throws Exception {
        SuppressionFilter filter = SuppressionFilter.of(parameters);
        SuppressionKey key = SuppressionKey.parse(SUPPRESSION.getList() + '|' + SUPPRESSION.getAddress());
        boolean passes = filter.mayPass(key) && filter.passes(SUPPRESSION);
        if (passes) {
            assertThat(key.text()).startsWith(filter.prefix());
        }
        return passes;
    }

    @Test
    void aDomainsOwnSuppressionPasses() throws Exception {
        SuppressionFilter filter = SuppressionFilter.of(Map.of("domain", "example.org"));
        assertThat(filter.mayPass(SuppressionKey.parse("default|@example.org"))).isTrue();
    }

    @Test
    void everythingThatIsWrongIsToldAtOnceAndNoAddress() {
        Map<String, String> wrong = new TreeMap<>();
        for (String name : SuppressionFilter.PARAMETERS) {
            wrong.put(name, "a|b @c");
        }
        wrong.remove("rule");
        wrong.remove("provider");
        assertThatThrownBy(() -> SuppressionFilter.of(wrong))
                .isInstanceOfSatisfying(
                        InvalidLookupException.class,
                        e -> assertThat(e.mistakes()).hasSize(9).allSatisfy(mistake -> assertThat(mistake.detail())
                                .doesNotContain("@c")
                                .contains("expected: ")));
        assertThatThrownBy(() -> SuppressionFilter.of(Map.of("scope", "all")))
                .hasMessage("scope: \"all\" (expected: one of RECIPIENT, DOMAIN)");
        assertThatThrownBy(() -> SuppressionFilter.of(Map.of("category", "SPAM_CONTENT")))
                .hasMessageContaining("a category of scope RECIPIENT or DOMAIN");
    }

    @Test
    void itIsReadAsItIsDescribed() throws Exception {
        Map<String, String> all = new TreeMap<>();
        List<String> values = List.of(
                "acme/news",
                "acme",
                "example.org",
                "BAD_MAILBOX",
                "RECIPIENT",
                "BOUNCE",
                "POLICY",
                "google",
                "gone",
                "2026-05-01T00:00:00Z",
                "2026-06-01T00:00:00Z");
        for (int i = 0; i < values.size(); i++) {
            all.put(SuppressionFilter.PARAMETERS.get(i), values.get(i));
        }
        assertThat(SuppressionFilter.of(all).parameters()).isEqualTo(all);
        assertThat(SuppressionFilter.of(Map.of())).isEqualTo(SuppressionFilter.ALL);
    }
}
