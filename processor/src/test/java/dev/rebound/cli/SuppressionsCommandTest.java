package dev.rebound.cli;

import static dev.rebound.lookup.FakeCluster.NOW;
import static dev.rebound.lookup.FakeCluster.added;
import static dev.rebound.lookup.FakeCluster.evidence;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.http.HttpServer;
import dev.rebound.http.HttpSettings;
import dev.rebound.http.HttpSettings.Limits;
import dev.rebound.http.SuppressionRoutes;
import dev.rebound.lookup.FakeCluster;
import dev.rebound.lookup.PeerSettings;
import dev.rebound.lookup.SuppressionLookups;
import dev.rebound.topology.Suppressing;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands against a server that answers as an instance does. */
class SuppressionsCommandTest {

    private static final String KIM = "kim@example.org";
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";

    private final FakeCluster cluster = new FakeCluster(2, 3);
    private final HttpServer server = start("127.0.0.1", cluster.lookups(0));

    @TempDir
    private Path directory;

    private static HttpServer start(String host, SuppressionLookups lookups) {
        Limits limits = new Limits(1 << 20, 8_192, 50, Duration.ofSeconds(20), 8);
        return HttpServer.start(
                new HttpSettings(host, 0, new Password(TOKEN), null, limits), SuppressionRoutes.of(lookups));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private CommandRun run(String... arguments) {
        return run(server, arguments);
    }

    private static CommandRun run(HttpServer server, String... arguments) {
        List<String> all = new ArrayList<>(List.of("suppressions"));
        all.addAll(Arrays.asList(arguments));
        all.addAll(List.of("--url", "http://127.0.0.1:" + server.port() + "/"));
        return CommandRun.of(all.toArray(String[]::new));
    }

    @Test
    void showTellsTheWholeChain() {
        cluster.gone("default", KIM).known("*", "@example.org", added("c1", NOW.plusSeconds(60)));

        CommandRun shown = run("show", "Kim@example.org");

        assertThat(shown.exit()).as(shown.err()).isZero();
        assertThat(shown.out()).isEqualTo(String.format("""
                        kim@example.org must not be written to.

                        kim@example.org on list default
                          reason      BOUNCE
                          category    BAD_MAILBOX, scope RECIPIENT
                          since       2026-06-01T11:00:00Z
                          until       for ever
                          decided by  rule gone of policy test, revision %s, occurrence 1
                          2026-06-01T11:00:00Z  BOUNCED BAD_MAILBOX 5.1.1  550 5.1.1 User unknown  (delivery-events/3/4711)

                        @example.org on list *
                          reason      MANUAL
                          since       2026-06-01T11:30:00Z
                          until       2026-06-01T12:01:00Z
                          decided by  command c1, source OPERATOR
                          by          kim
                          why         asked by phone
                        """, FakeCluster.POLICY.revision()));
        assertThat(run("show", "jo@example.net").out())
                .isEqualTo("jo@example.net may be written to: it is on none of the lists default, *.\n");
        assertThat(run("show", KIM, "--json").out())
                .startsWith("{\"address\":\"kim@example.org\",\"suppressed\":true,");
    }

    @Test
    void checkTellsOfEachAddressAndEndsAccordingly() {
        cluster.gone("acme", KIM);

        CommandRun some = run("check", "--tenant", "acme", "jo@example.org", KIM, "nobody");
        assertThat(some.out())
                .isEqualTo("jo@example.org\tok\nkim@example.org\tsuppressed\tacme\tBOUNCE\tBAD_MAILBOX\tfor ever\n"
                        + "nobody\tinvalid\taddress has no @\n");
        assertThat(some.exit()).isEqualTo(10);
        assertThat(run("check", KIM).exit()).isZero();
        assertThat(run("check", KIM, "nobody").exit()).isEqualTo(11);
        assertThat(run("check", "--tenant", "a b", KIM).exit()).isEqualTo(1);
        assertThat(run("check").exit()).isEqualTo(2);
        assertThat(run("check", "--json", KIM).out())
                .isEqualTo("{\"address\":\"kim@example.org\",\"suppressed\":false}\n");
    }

    @Test
    void checkReadsAFileOfAnyLength() throws Exception {
        List<String> addresses = IntStream.range(0, 25_000)
                .mapToObj(i -> "a" + i + "@example.org")
                .toList();
        cluster.gone("default", "a24999@example.org");
        Path file = Files.write(directory.resolve("addresses"), addresses);

        CommandRun checked = run("check", "--file", file.toString());

        assertThat(checked.exit()).as(checked.err()).isEqualTo(10);
        assertThat(checked.out().lines().map(line -> line.split("\t")[0])).containsExactlyElementsOf(addresses);
        assertThat(checked.out().lines().filter(line -> line.contains("\tsuppressed\t")))
                .hasSize(1);
    }

    @Test
    void checkAsksOfNoAddressThatTheFileDoesNotName() throws Exception {
        Path file = Files.write(
                directory.resolve("latin"),
                "kim@example.org\njörg@example.org\n".getBytes(StandardCharsets.ISO_8859_1));

        CommandRun checked = run("check", "--file", file.toString());

        assertThat(checked.exit()).isEqualTo(1);
        assertThat(checked.out()).isEmpty();
        assertThat(checked.err())
                .contains("latin: line 2 is not UTF-8", "iconv")
                .doesNotContain("@");
    }

    @Test
    void historyTellsWhatHappenedInOrder() {
        cluster.known("default", KIM, evidence("e1", false), added("c1", null));

        CommandRun told = run("history", KIM);

        assertThat(told.exit()).as(told.err()).isZero();
        assertThat(told.out())
                .containsSubsequence(
                        "decided by  command c1",
                        "MAILBOX_FULL 5.2.2  552 5.2.2 Mailbox full",
                        "ADD by kim: asked by phone  (c1)",
                        "gone: 0 of 1",
                        "full: 1 of 2");
        assertThat(run("history", "jo@example.org", "--list", "*").out())
                .contains("is not on list *", "nothing that is known");
    }

    @Test
    void listFollowsThePagesUpToItsLimit() {
        IntStream.range(0, 30).forEach(i -> cluster.gone("default", "a" + i + "@example.org"));
        cluster.gone("default", "b@example.net");

        assertThat(run("list").out()).hasLineCount(31);
        assertThat(run("list", "--domain", "example.net").out())
                .contains("b@example.net")
                .hasLineCount(1);
        CommandRun some = run("list", "--limit", "7", "--json");
        assertThat(some.out()).hasLineCount(7).startsWith("{\"list\":");
        assertThat(some.err()).contains("There can be more");
    }

    @Test
    void exportWritesToAFileOrToStandardOutput() throws Exception {
        IntStream.range(0, 30).forEach(i -> cluster.gone("default", "a" + i + "@example.org"));
        Path file = directory.resolve("suppressions.csv");

        CommandRun exported = run("export", "--format", "csv", "--output", file.toString());

        assertThat(exported.exit()).as(exported.err()).isZero();
        assertThat(Files.readString(file)).startsWith("recipient,").hasLineCount(31);
        assertThat(directory).isDirectoryNotContaining("glob:**.part");
        assertThat(run("export").out()).startsWith("{\"recipient\":").hasLineCount(30);
        assertThat(run("export", "--reason", "complaint").out()).isEmpty();
    }

    @Test
    void whatAnInstanceRefusesIsToldInItsWords() {
        CommandRun refused = run("list", "--scope", "all");
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err()).contains("scope: \"all\" (expected: one of RECIPIENT, DOMAIN)");
        assertThat(run("show", "nobody").err()).contains("address: address has no @");
    }

    @Test
    void withoutAnInstanceTheRemedyIsTold() {
        CommandRun alone = CommandRun.of("suppressions", "show", KIM, "--url", "http://127.0.0.1:1");
        assertThat(alone.exit()).isEqualTo(4);
        assertThat(alone.err()).contains("no instance answers at http://127.0.0.1:1", "--url", "rebound run");
        assertThat(CommandRun.of("suppressions", "show", KIM, "--url", "somewhere")
                        .err())
                .contains("--url: somewhere (expected: http or https");
        SuppressionLookups starting = new SuppressionLookups(
                () -> null, new PeerSettings("http", null, 10_000), Suppressing.nothing(), Clock.systemUTC());
        try (HttpServer early = start("127.0.0.1", starting)) {
            CommandRun early503 = run(early, "show", KIM);
            assertThat(early503.exit()).isEqualTo(4);
            assertThat(early503.err()).contains("cannot look anything up yet");
        }
    }

    @Test
    void whereATokenIsNeededItIsTakenFromAFile() throws Exception {
        try (HttpServer open = start("0.0.0.0", cluster.lookups(0))) {
            CommandRun refused = run(open, "show", KIM);
            assertThat(refused.exit()).isEqualTo(4);
            assertThat(refused.err()).contains("--token-file");
            Path token = Files.writeString(directory.resolve("token"), TOKEN + "\n");
            assertThat(run(open, "show", KIM, "--token-file", token.toString()).exit())
                    .isZero();
        }
    }

    @Test
    void withoutASubcommandTheyAreNamed() {
        CommandRun nothing = CommandRun.of("suppressions");
        assertThat(nothing.exit()).isEqualTo(2);
        assertThat(nothing.err()).contains("check, export, history, list, show");
    }
}
