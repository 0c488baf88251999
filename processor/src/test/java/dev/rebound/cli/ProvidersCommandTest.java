package dev.rebound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.classify.CodeTable;
import dev.rebound.classify.ShippedCodes;
import dev.rebound.schema.StatusCode;
import dev.rebound.schema.StatusCodeRevision;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code providers} does without a cluster, and what it prints of rows. */
class ProvidersCommandTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private static CodeTable shippedWith(String suffix, StatusCodeRevision.Builder says) {
        StatusCode row = new StatusCode("mx:" + suffix, "operator", List.of(says.build()));
        return CodeTable.of(
                Stream.concat(ShippedCodes.rows().stream(), Stream.of(row)).toList());
    }

    private static String single(String text) {
        return text.strip().replaceAll(" +", " ");
    }

    @Test
    void hostsAreLookedUpByWhatShips() {
        CommandRun run = CommandRun.of("providers", "lookup", "Gmail-smtp-in.l.Google.com.", "mx.example.org");

        assertThat(run.exit()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines().map(ProvidersCommandTest::single))
                .containsExactly(
                        "Gmail-smtp-in.l.Google.com. google Gmail and Google Workspace, by suffix google.com",
                        "mx.example.org - no row has a suffix of it");
    }

    @Test
    void hostsAreLookedUpAsJson() {
        assertThat(CommandRun.of("providers", "lookup", "--json", "mx.google.com", "mx.example.org")
                        .out()
                        .lines())
                .containsExactly(
                        "{\"host\":\"mx.google.com\",\"provider\":\"google\",\"name\":\"Gmail and Google Workspace\","
                                + "\"suffix\":\"google.com\",\"origins\":\"rebound\"}",
                        "{\"host\":\"mx.example.org\",\"provider\":null,\"name\":null,\"suffix\":null,\"origins\":null}");
    }

    @Test
    void rowsAreShownWithTheNameOfTheirProvider() {
        CodeTable table = shippedWith(
                "mx.corp.example",
                StatusCodeRevision.newBuilder().setProvider("google").setReference("ticket 4711"));
        ProviderText text = new ProviderText(table, NOON);

        assertThat(single(text.line(table.providerRow("mx.corp.example", NOON))))
                .isEqualTo("mx.corp.example google operator Gmail and Google Workspace");
        assertThat(text.json(table.providerRow("mx.corp.example", NOON)))
                .isEqualTo(
                        "{\"suffix\":\"mx.corp.example\",\"provider\":\"google\",\"name\":\"Gmail and Google Workspace\","
                                + "\"source\":\"ticket 4711\",\"origins\":\"operator\"}");
        StringWriter shown = new StringWriter();
        text.print("mx.corp.example", new PrintWriter(shown, true));
        assertThat(shown.toString())
                .startsWith("mx.corp.example")
                .contains(
                        "  provider     google",
                        "  name         Gmail and Google Workspace",
                        "  source       ticket 4711",
                        "  operator:",
                        "    {\"withdrawn\":false,");
    }

    @Test
    void hostsThatAreNobodysAreShownAsSuch() {
        CodeTable table =
                shippedWith("google.com", StatusCodeRevision.newBuilder().setProvider(""));
        ProviderText text = new ProviderText(table, NOON);

        assertThat(single(text.line(table.providerRow("google.com", NOON))))
                .isEqualTo("google.com - operator+rebound nobody's");
        assertThat(single(text.hostLine("mx.google.com"))).isEqualTo("mx.google.com - nobody's, by suffix google.com");
        assertThat(text.hostJson("mx.google.com"))
                .contains("\"provider\":null,\"name\":null,\"suffix\":\"google.com\",\"origins\":\"operator+rebound\"");
    }

    @Test
    void aRowThatIsNotInForceIsShownWithItsHistory() {
        CodeTable table =
                shippedWith("a.example", StatusCodeRevision.newBuilder().setWithdrawn(true));
        StringWriter shown = new StringWriter();
        new ProviderText(table, NOON).print("a.example", new PrintWriter(shown, true));

        assertThat(shown.toString()).contains("  in force     no", "\"withdrawn\":true");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "providers ~ Name a command: list, show, lookup, set or remove.",
                "providers lookup ~ Missing required parameter: 'HOST'",
                "providers set a.example ~ Name at least one of --provider, --no-provider, --name, --source.",
                "providers set a.example --no-provider --name A ~ --no-provider does not go with --provider or --name",
                "providers set a.example --provider unknown --name U ~ --provider: unknown (expected: lower case letters, digits and single hyphens, at most 40, such as google; not unknown",
                "providers set a.example --provider Google ~ --provider: Google (expected: lower case letters",
                "providers set com --provider google ~ suffix: com (expected: the end of mail hosts' names, of two labels at least",
                "providers set .google.com --no-provider ~ suffix: .google.com (expected: the end of",
                "providers set a.example --provider google --effective-from soon ~ --effective-from: soon (expected: such as",
                "providers show google ~ suffix: google (expected: the end of mail hosts' names",
                "providers remove mx:google.com ~ suffix: mx:google.com (expected: the end of",
                "providers list --provider Google ~ --provider: Google (expected: lower case letters",
                "providers list --origin me ~ origin: me (expected: operator, seed, iana or rebound)",
            })
    void whatCannotBeMeantIsRefusedBeforeAnyBrokerIsAsked(String line, String message) {
        CommandRun run = CommandRun.of(line.split(" "));

        assertThat(run.exit()).isNotZero();
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(message);
    }

    @Test
    void theHelpTextSaysWhereTheBackupIs() {
        assertThat(CommandRun.of("providers", "--help").out().replaceAll("\\s+", " "))
                .contains("rebound codes export saves those");
    }
}
