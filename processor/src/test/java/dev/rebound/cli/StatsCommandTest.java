package dev.rebound.cli;

import static dev.rebound.lookup.FakeCluster.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rebound.http.HttpServer;
import dev.rebound.http.HttpSettings;
import dev.rebound.http.HttpSettings.Limits;
import dev.rebound.http.StatisticsRoutes;
import dev.rebound.lookup.FakeCluster;
import dev.rebound.lookup.Mail;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The commands against a server that answers as an instance does. */
class StatsCommandTest {

    private final FakeCluster cluster = new FakeCluster(2, 3).withStandbys();
    private final HttpServer server = HttpServer.start(
            new HttpSettings("127.0.0.1", 0, null, null, new Limits(10_000, 8_192, 50, Duration.ofSeconds(20), 8)),
            StatisticsRoutes.of(cluster.statistics(0), () -> Map.of("google", "Gmail")));

    @AfterEach
    void close() {
        server.close();
    }

    private CommandRun run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("stats"));
        all.addAll(Arrays.asList(arguments));
        all.addAll(List.of("--url", "http://127.0.0.1:" + server.port()));
        return CommandRun.of(all.toArray(String[]::new));
    }

    private void counted() {
        Mail mail = Mail.to("example.org").with("google").at(NOW.minusSeconds(60));
        cluster.counted(
                mail.deliveredAfter(Duration.ofSeconds(2)),
                mail.recipient("jo").deliveredAfter(Duration.ofSeconds(2)),
                mail.deferred(),
                mail.hard("550 5.1.1 <kim@example.org>: no such user"),
                mail.complained(),
                Mail.to("example.net").of("acme").at(NOW.minusSeconds(7_200)).notAttempted());
    }

    @Test
    void domainsAreATable() {
        counted();

        CommandRun all = run("domains");

        assertThat(all.exit()).as(all.err()).isZero();
        assertThat(all.out()).isEqualTo("""
                               attempts   delivered          deferred      soft      hard  complained   blocked  top category
                example.org           5           2  66.7%          1         0         1           1         1  BAD_MAILBOX
                example.net           1           0      -          0         0         0           0         0  LOCAL_REJECTED
                """);
        assertThat(all.err()).isEmpty();
        assertThat(run("domains", "--order", "notAttempted", "--limit", "1").out())
                .contains("\nexample.net ")
                .endsWith("\n... and 1 more\n");
        assertThat(run("domains", "--tenant", "acme").out())
                .contains("example.net")
                .doesNotContain("example.org");
        assertThat(run("domains", "--from", "2026-06-01T11:00:00Z", "--to", "2026-06-01T12:00:00Z")
                        .out())
                .contains("example.org")
                .doesNotContain("example.net");
    }

    @Test
    void providersAreATable() {
        counted();

        assertThat(run("providers").out()).contains("\nGmail ", "\nunknown ").hasLineCount(3);
    }

    @Test
    void aListIsHadAsJsonAndCsvInFull() throws Exception {
        for (int i = 0; i < 300; i++) {
            cluster.counted(Mail.to("d" + i + ".example").hard());
        }

        JsonNode json = new ObjectMapper().readTree(run("domains", "--json").out());
        CommandRun csv = run("providers", "--csv");

        assertThat(json.path("domains")).hasSize(300);
        assertThat(csv.out()).startsWith("provider,attempts,").contains("\r\nunknown,300,");
        assertThat(run("domains", "--csv", "--limit", "7").out()).hasLineCount(8);
        assertThat(run("domains").out()).hasLineCount(22).endsWith("... and 280 more\n");
    }

    @Test
    void aDomainIsToldWithEverything() {
        counted();

        CommandRun shown = run("domain", "Example.ORG");

        assertThat(shown.exit()).as(shown.err()).isZero();
        assertThat(shown.out()).isEqualTo("""
                example.org, provider google
                  attempts            5
                  delivered           2  (66.7% of messages)
                  deferred            1  (25.0% of attempts)
                  soft                0
                  hard                1  (33.3% of messages bounced, hard or soft)
                  complained          1  (50.0% of delivered)
                  blocked             1  (25.0% of attempts)
                  notAttempted        0
                  seconds to deliver  half up to 2.0, 90% up to 2.0, 99% up to 2.0
                  attempts a message  half up to 1.0, 90% up to 1.0, 99% up to 1.0
                  recipients          2
                  1                   BAD_MAILBOX, scope RECIPIENT
                  1                   COMPLAINT, scope RECIPIENT
                  1                   RATE_LIMITED, scope REPUTATION
                  1                   code 4.7.0
                  1                   code 5.1.1
                  1                   421 4.7.0 Too many messages
                  1                   550 5.1.1 <k***@example.org>: no such user
                """);
        assertThat(run("domain", "example.net", "--json").out()).startsWith("{\"from\":null,\"to\":null,");
    }

    @Test
    void aDomainMayBeWrittenInAnyWay() {
        cluster.counted(
                Mail.to("xn--bcher-kva.example").hard(), Mail.to("(other)").hard());

        assertThat(run("domain", "bücher.example").out())
                .startsWith("xn--bcher-kva.example, provider not recognised\n");
        assertThat(run("domain", "(other)").out()).startsWith("(other), ");
    }

    @Test
    void whatWasNeverSeenIsAMistake() {
        CommandRun unknown = run("domain", "example.com");

        assertThat(unknown.exit()).isEqualTo(1);
        assertThat(unknown.out()).isEmpty();
        assertThat(unknown.err()).contains("nothing was counted of example.com in this span");
    }

    @Test
    void staleAnswersSaySo() {
        counted();
        cluster.stop(1);

        assertThat(run("domains").err()).contains("this may not be the latest (partition 1 STANDBY, 7 changes behind)");
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThat(run("domains", "--order", "size").exit()).isEqualTo(2);
        assertThat(run("domains", "--order", "size").err()).contains("--order: size (expected: one of attempts,");
        assertThat(run("domains", "--limit", "0").exit()).isEqualTo(2);
        assertThat(run("domains", "--from", "yesterday").exit()).isEqualTo(2);
        assertThat(run("domains", "--json", "--csv").exit()).isEqualTo(2);
        CommandRun backwards = run("domains", "--from", "2026-06-02T00:00:00Z", "--to", "2026-06-01T00:00:00Z");
        assertThat(backwards.exit()).isEqualTo(1);
        assertThat(backwards.err()).contains("to: not after from");
        assertThat(run().exit()).isEqualTo(2);
    }
}
