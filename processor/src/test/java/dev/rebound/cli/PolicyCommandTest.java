package dev.rebound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rebound.suppress.Presets;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyCommandTest {

    private static final String MINE = """
            name: mine
            extends: default
            rules:
              - id: domain-silent
                off: true
            tenants:
              acme:
                extends: cautious
            """;

    private static final String EVENTS = """
            {"eventId":"1","recipient":"kim@example.org","eventTime":"2026-03-01T12:00:00Z","reply":"550 5.1.1 User unknown"}
            {"eventId":"2","recipient":"jo@example.org","eventTime":"2026-03-01T12:00:00Z","reply":"550 5.7.1 Message rejected as spam"}
            {"eventId":"3","recipient":"Kim@EXAMPLE.org","eventTime":"2026-03-09T12:00:00Z","outcome":"DELIVERED"}
            {"eventId":"4","tenant":"acme","recipient":"kim@example.org","eventTime":"2026-03-01T12:00:00Z","reply":"550 5.1.1 User unknown"}
            {"eventId":"5","recipient":"jo@example.org","stream":"news","eventTime":"2026-03-02T12:00:00Z","outcome":"COMPLAINED"}
            """;

    @TempDir
    private Path directory;

    private String file(String text) throws IOException {
        return Files.writeString(directory.resolve("policy.yaml"), text).toString();
    }

    private String events(String text) throws IOException {
        return Files.writeString(directory.resolve("events.ndjson"), text).toString();
    }

    @Test
    void aGoodFileIsToldWithItsRevisionsAndTenants() throws IOException {
        CommandRun run = CommandRun.of("policy", "check", file(MINE));

        assertThat(run.exit()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines())
                .satisfiesExactly(
                        line -> assertThat(line).matches("OK mine, revision [0-9a-f]{12}, 7 rules"),
                        line -> assertThat(line).matches("tenant acme: cautious/acme, revision [0-9a-f]{12}, 8 rules"));
    }

    @Test
    void aProviderThatDoesNotShipIsPointedOut() throws IOException {
        String rules = """
                rules:
                  - id: mine
                    when: [{provider: [google, gogle, acme], category: BAD_MAILBOX}]
                    failures: 1
                    lasts: 7d
                """;
        CommandRun run = CommandRun.of("policy", "check", file("name: mine\n" + rules));

        assertThat(run.exit()).isZero();
        assertThat(run.err().lines())
                .containsExactly(
                        "Provider acme is not among those that ship: it counts where rebound providers list has it.",
                        "Provider gogle is not among those that ship; did you mean google?");
    }

    @Test
    void whatIsWrongWithAFileIsSaid() throws IOException {
        CommandRun run = CommandRun.of("policy", "check", file(MINE + "setles: 1h\n"));

        assertThat(run.exit()).isEqualTo(ExitCode.FAILED.code());
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .contains("policy.yaml:9: setles (expected: one of the keys name,")
                .contains("did you mean settles?");
        assertThat(CommandRun.of("policy", "check", "absent").err())
                .contains("cannot read absent: there is no such file");
    }

    @Test
    void aFileCanComeFromStandardInput() {
        InputStream before = System.in;
        try {
            System.setIn(new ByteArrayInputStream("extends: nothing".getBytes(StandardCharsets.UTF_8)));
            assertThat(CommandRun.of("policy", "check", "-").err())
                    .startsWith("rebound: standard input:1: extends: nothing (expected: one of default,");
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void presetsAreListedAndPrintedAsFiles() throws IOException {
        assertThat(CommandRun.of("policy", "presets").out().lines())
                .extracting(line -> line.split(" ")[0])
                .isEqualTo(Presets.names());
        for (String name : Presets.names()) {
            CommandRun run = CommandRun.of("policy", "presets", name);
            assertThat(run.exit()).isZero();
            assertThat(CommandRun.of("policy", "check", file(run.out())).out())
                    .startsWith("OK " + name + ", revision " + Presets.get(name).revision());
        }
    }

    @Test
    void rulesAreExplainedInSentences() throws IOException {
        assertThat(CommandRun.of("policy", "explain").out())
                .startsWith("default, revision ")
                .contains("mailbox-full" + System.lineSeparator()
                        + "  After 5 failures (MAILBOX_FULL or MAILBOX_UNAVAILABLE), at least 24 h apart and spanning at least"
                        + " 14 days, the address is suppressed for 30 days, then 90, then 180. A later delivery lifts it"
                        + " after 24 h.")
                .contains("After 1 complaint, the address is suppressed for ever, for mail of the same stream. Later"
                        + " deliveries change nothing.");
        assertThat(CommandRun.of("policy", "explain", "--preset", "postal").out())
                .contains("After 2 failures (outcome BOUNCED, HARD, not uncorrelated), within 24 h, the address is"
                        + " suppressed for 30 days. A later delivery lifts it at once.");
        assertThat(CommandRun.of("policy", "explain", "--preset", "mailchimp").out())
                .contains(
                        "without a delivery in between, the address is suppressed for ever. A later delivery begins the"
                                + " count anew after 24 h; a suppression stays.");
        assertThat(CommandRun.of("policy", "explain", file(MINE)).out())
                .startsWith("mine, revision")
                .contains("tenant acme: cautious/acme")
                .contains("suppressed for 7 days, then for ever.");
        assertThat(CommandRun.of("policy", "explain", file(MINE), "--tenant", "acme")
                        .out())
                .startsWith("tenant acme: cautious/acme");
        CommandRun other = CommandRun.of("policy", "explain", file(MINE), "--tenant", "other");
        assertThat(other.out()).startsWith("tenant other: mine");
        assertThat(other.err()).contains("Tenant other has no policy of its own.");
    }

    @Test
    void rulesAreExplainedInJson() throws IOException {
        JsonNode policy = new ObjectMapper()
                .readTree(CommandRun.of("policy", "explain", "--json").out());

        assertThat(policy.get("name").asText()).isEqualTo("default");
        assertThat(policy.get("revision").asText())
                .isEqualTo(Presets.get("default").revision());
        assertThat(policy.get("rules")).hasSize(8);
        assertThat(policy.get("rules").get(3))
                .hasToString(
                        "{\"id\":\"mailbox-full\",\"when\":[\"MAILBOX_FULL or MAILBOX_UNAVAILABLE\"],\"failures\":5,"
                                + "\"apart\":\"24h\",\"within\":null,\"spanning\":\"14d\",\"consecutive\":false,"
                                + "\"lasts\":[\"30d\",\"90d\",\"180d\"],\"delivery\":\"lifts\",\"list\":\"tenant\","
                                + "\"explanation\":\"Nobody has emptied or mended the mailbox for two weeks.\","
                                + "\"sentence\":\"After 5 failures (MAILBOX_FULL or MAILBOX_UNAVAILABLE), at least 24 h apart and"
                                + " spanning at least 14 days, the address is suppressed for 30 days, then 90, then 180. A later"
                                + " delivery lifts it after 24 h.\"}");
    }

    @Test
    void whatBecomesOfTheAddressesInAFileIsTold() throws IOException {
        CommandRun run = CommandRun.of("policy", "explain", file(MINE), "--events", events(EVENTS));

        assertThat(run.exit()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines())
                .containsExactly(
                        "kim@example.org, list default: 2 events, 1 of them evidence",
                        "  2026-03-01T12:00:00Z  suppressed for ever by rule gone",
                        "    2026-03-01T12:00:00Z  BOUNCED BAD_MAILBOX 5.1.1  550 5.1.1 User unknown",
                        "  2026-03-10T12:00:00Z  may be written to again",
                        "jo@example.org, list default: 2 events, 1 of them evidence",
                        "  never suppressed",
                        "jo@example.org, list default/news: 1 event, 1 of them evidence",
                        "  2026-03-02T12:00:00Z  suppressed for ever by rule complaint",
                        "    2026-03-02T12:00:00Z  COMPLAINED COMPLAINT",
                        "kim@example.org, list acme: 1 event, 1 of them evidence",
                        "  2026-03-01T12:00:00Z  suppressed until 2026-03-08T12:00:00Z by rule gone",
                        "    2026-03-01T12:00:00Z  BOUNCED BAD_MAILBOX 5.1.1  550 5.1.1 User unknown",
                        "  2026-03-08T12:00:00Z  may be written to again");
        assertThat(CommandRun.of("policy", "explain", "--events", events(EVENTS), "--tenant", "acme")
                        .out()
                        .lines())
                .hasSize(3)
                .first()
                .isEqualTo("kim@example.org, list acme: 1 event, 1 of them evidence");
    }

    @Test
    void growthIsToldWithItsChain() throws IOException {
        String failure =
                "{\"recipient\":\"kim@example.org\",\"eventTime\":\"%sT00:00:00Z\",\"reply\":\"550 5.2.1 disabled\"}\n";
        String all = "";
        for (String day : new String[] {"2126-01-01", "2126-01-04", "2126-05-01", "2126-05-04"}) {
            all += String.format(failure, day);
        }
        assertThat(CommandRun.of("policy", "explain", "--events", events(all)).out())
                .contains("2126-01-04T00:00:00Z  suppressed until 2126-04-04T00:00:00Z by rule mailbox-disabled")
                .contains("2126-04-04T00:00:00Z  may be written to again")
                .contains("2126-05-04T00:00:00Z  suppressed for ever by rule mailbox-disabled, time 2 in succession");
    }

    @Test
    void theSameInJson() throws IOException {
        CommandRun run = CommandRun.of("policy", "explain", "--json", "--events", events(EVENTS), "--tenant", "acme");
        JsonNode address = new ObjectMapper().readTree(run.out());

        assertThat(address.get("list").asText()).isEqualTo("acme");
        assertThat(address.get("address").asText()).isEqualTo("kim@example.org");
        assertThat(address.get("changes")).hasSize(1);
        JsonNode change = address.get("changes").get(0);
        assertThat(change.get("at").asText()).isEqualTo("2026-03-01T12:00:00Z");
        assertThat(change.get("suppressed").asBoolean()).isTrue();
        assertThat(change.get("suppression").get("rule").asText()).isEqualTo("gone");
        assertThat(change.get("suppression")
                        .get("evidence")
                        .get(0)
                        .get("eventId")
                        .asText())
                .isEqualTo("4");
    }

    @Test
    void linesThatAreNoEventsArePassedOverAndNamed() throws IOException {
        CommandRun run = CommandRun.of("policy", "explain", "--events", events("nonsense\n" + EVENTS));

        assertThat(run.exit()).isZero();
        assertThat(run.err()).contains("events.ndjson:1: ").contains("1 bad lines were passed over.");
        assertThat(run.out()).startsWith("kim@example.org");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "policy ~ Name a command: check, explain or presets.",
                "policy presets defalt ~ preset: defalt (expected: one of default, cautious, amazon-ses, postal, cloudflare, mailchimp; did you mean default?)",
                "policy explain --preset mine ~ preset: mine (expected: one of default,",
                "policy explain a.yaml --preset default ~ Give either FILE or --preset.",
                "policy explain - --events - ~ standard input (-) is named twice",
                "policy explain --events absent ~ no such file or directory: absent",
            })
    void whatCannotBeMeantIsRefused(String line, String message) {
        CommandRun run = CommandRun.of(line.split(" "));

        assertThat(run.exit()).isNotZero();
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(message);
    }
}
