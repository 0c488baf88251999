package dev.rebound.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rebound.schema.SuppressionAction;
import dev.rebound.schema.SuppressionCommand;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.TypeConversionException;

/** What the commands about suppressions refuse before they talk to a cluster. */
class SuppressionChangesTest {

    private static void assertRefused(String why, String... arguments) {
        CommandRun run = CommandRun.of(arguments);

        assertThat(run.exit()).as(run.err()).isEqualTo(ExitCode.USAGE.code());
        assertThat(run.err()).contains(why).doesNotContain("jo@");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void aCommandHasToBeNamed() {
        assertRefused("Name a command: ", "suppressions");
    }

    @Test
    void whatIsNoAddressIsNamedByItsPlace() {
        assertRefused(
                "ADDRESS 2 of 3: address has no @",
                "suppressions",
                "add",
                "jo@example.org",
                "nobody",
                "@example.org",
                "--why",
                "w");
        assertRefused(
                "ADDRESS 1 of 1: the stand-in of an erased address",
                "suppressions",
                "remove",
                "hash:" + "0".repeat(64),
                "--why",
                "w");
        assertRefused("ADDRESS: address has no @", "erase", "nobody");
    }

    @Test
    void aReasonInWordsHasToBeThere() {
        for (String command : new String[] {"add", "remove"}) {
            assertRefused("--why is missing", "suppressions", command, "jo@example.org");
        }
        assertRefused("--why cannot be used", "suppressions", "add", "jo@example.org", "--why", " ");
        assertRefused("--by cannot be used", "suppressions", "add", "jo@example.org", "--why", "w", "--by", "");
        assertRefused(
                "--why is missing",
                "suppressions",
                "remove-where",
                "--provider",
                "google",
                "--from",
                "2026-01-01T00:00:00Z",
                "--yes");
        assertRefused("--why is missing", "suppressions", "import", "list.csv", "--yes");
    }

    @Test
    void optionsThatCannotBeUsedAreNamed() {
        assertRefused(
                "--reason: UNKNOWN", "suppressions", "add", "jo@example.org", "--why", "w", "--reason", "unknown");
        assertRefused("--category cannot", "suppressions", "add", "jo@example.org", "--why", "w", "--category", "spam");
        assertRefused("--id cannot", "suppressions", "add", "jo@example.org", "--why", "w", "--id", "a b");
        assertRefused(
                "yesterday is no moment",
                "suppressions",
                "remove",
                "jo@example.org",
                "--why",
                "w",
                "--issued-at",
                "yesterday");
        assertRefused(
                "--issued-at cannot be used",
                "suppressions",
                "add",
                "jo@example.org",
                "--why",
                "w",
                "--issued-at",
                "2100-01-01T00:00:00Z");
        assertRefused("no such tenant name", "suppressions", "add", "jo@example.org", "--why", "w", "--tenant", "a b");
        assertRefused(
                "--list does not go with --tenant or --stream",
                "suppressions",
                "add",
                "jo@example.org",
                "--why",
                "w",
                "--list",
                "*",
                "--stream",
                "news");
        assertRefused("--expires", "suppressions", "extend", "jo@example.org", "--why", "w");
        assertRefused(
                "is over", "suppressions", "add", "jo@example.org", "--why", "w", "--expires", "2020-01-01T00:00:00Z");
        assertRefused("--format: gun", "suppressions", "import", "list.csv", "--format", "gun");
        assertRefused("--yes does not go with --dry-run", "suppressions", "import", "list.csv", "--yes", "--dry-run");
        assertRefused("--list", "erase", "jo@example.org", "--list", "a b");
    }

    /** A command about addresses that gives nothing. */
    @Command(name = "giving")
    private static final class Giving {
        @Mixin
        private AddressCommands commands;

        static List<SuppressionCommand> of(String... arguments) {
            Giving giving = new Giving();
            new CommandLine(giving).parseArgs(arguments);
            return giving.commands.commands(
                    SuppressionAction.EXTEND, new Expiry(Duration.ofDays(100_000), null), command -> {});
        }
    }

    @Test
    void theSameIdAndTimeMakeTheSameCommand() {
        String[] arguments = {
            "jo@example.org",
            "@example.net",
            "--why",
            "w",
            "--id",
            "c1",
            "--issued-at",
            "2026-03-01T01:00:00.0009+01:00"
        };

        List<SuppressionCommand> given = Giving.of(arguments);

        assertThat(given).hasSize(2).allSatisfy(command -> {
            assertThat(command.getCommandId()).isEqualTo("c1");
            assertThat(command.getIssuedAt()).isEqualTo(Instant.parse("2026-03-01T00:00:00Z"));
            assertThat(command.getExpires()).isEqualTo(command.getIssuedAt().plus(Duration.ofDays(100_000)));
        });
        assertThat(Giving.of(arguments)).isEqualTo(given);
        assertThat(Giving.of("jo@example.org", "--why", "w").get(0).getIssuedAt())
                .isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
    }

    @Test
    void aRemovalOfManyHasToSayWhichAndOfWhen() {
        assertRefused("--from", "suppressions", "remove-where", "--provider", "google");
        assertRefused("at least one of", "suppressions", "remove-where", "--from", "2026-01-01T00:00:00Z");
        assertRefused(
                "--from: yesterday (expected", "suppressions", "remove-where", "--rule", "gone", "--from", "yesterday");
        assertRefused(
                "category: not one",
                "suppressions",
                "remove-where",
                "--category",
                "spam_content",
                "--from",
                "2026-01-01T00:00:00Z");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        CommandRun run = CommandRun.of("suppressions", "import", "/nowhere/list.csv");

        assertThat(run.exit()).isEqualTo(ExitCode.FAILED.code());
        assertThat(run.err()).contains("cannot read /nowhere/list.csv: there is no such file");
    }

    @ParameterizedTest
    @CsvSource({
        "30d, 2026-03-31T00:00:00Z",
        "12h, 2026-03-01T12:00:00Z",
        "P1D, 2026-03-02T00:00:00Z",
        "2027-01-01T01:00:00+01:00, 2027-01-01T00:00:00Z",
        "never,",
        "0d, refused",
        "soon, refused",
        "2027-01-01, refused"
    })
    void anEndIsALengthOfTimeAMomentOrNever(String text, String end) {
        Instant now = Instant.parse("2026-03-01T00:00:00Z");
        String read;
        try {
            read = String.valueOf(new Expiry.Converter().convert(text).from(now));
        } catch (TypeConversionException e) {
            assertThat(e).hasMessageContaining("is no end of a suppression");
            read = "refused";
        }
        assertThat(read).isEqualTo(String.valueOf(end));
    }
}
