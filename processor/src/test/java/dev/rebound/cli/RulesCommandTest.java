package dev.rebound.cli;

import static org.assertj.core.api.Assertions.assertThat;

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

/** What {@code rules} does without a cluster. */
class RulesCommandTest {

    private static final String SHIELD = """
            - id: partner-shield
              category: BLOCKED
              phrases: [partner shield _ jo]
            """;

    @TempDir
    private Path directory;

    private String file(String text) throws IOException {
        return Files.writeString(directory.resolve("rules.yaml"), text).toString();
    }

    @Test
    void repliesAreClassifiedWithoutAndWithTheFile() throws IOException {
        CommandRun run = CommandRun.of(
                "rules", "test", file(SHIELD), "550 Partner Shield\nrefused jo", "550 5.1.1 User unknown");

        assertThat(run.exit()).isZero();
        assertThat(run.out().lines().map(line -> line.replaceAll(" +", " ")))
                .containsExactly(
                        "changed 550 Partner Shield\\nrefused jo",
                        " without UNDETERMINED HARD - by basic code 550",
                        " with BLOCKED HARD - by text rule partner-shield",
                        "same 550 5.1.1 User unknown",
                        " without BAD_MAILBOX HARD gone by text rule user-unknown",
                        " with BAD_MAILBOX HARD gone by text rule user-unknown");
        assertThat(run.err().strip()).isEqualTo("1 of 2 replies changed.");
    }

    @Test
    void aRuleThatShipsIsChangedFieldByField() throws IOException {
        assertThat(CommandRun.of("rules", "test", file("- id: user-unknown\n  phrases: []\n"), "Sorry: User unknown")
                        .out())
                .startsWith("changed");
        assertThat(CommandRun.of(
                                "rules",
                                "test",
                                file("- id: user-unknown\n  when: command=MAIL\n"),
                                "Sorry: User unknown")
                        .out())
                .startsWith("changed");
    }

    @Test
    void conditionsSeeStatusHostAndCommand() throws IOException {
        String file = file(SHIELD + "  provider: google\n  when: command=MAIL code=5.7.1\n");
        String reply = "Partner Shield has blocked jo";

        assertThat(CommandRun.of("rules", "test", file, reply).out()).startsWith("same");
        assertThat(CommandRun.of(
                                "rules",
                                "test",
                                file,
                                reply,
                                "--status",
                                "5.7.1",
                                "--remote-host",
                                "mx.google.com",
                                "--smtp-command",
                                "MAIL")
                        .out())
                .startsWith("changed")
                .contains("text rule partner-shield, for this provider");
    }

    @Test
    void aRuleForAProviderThatDoesNotShipIsPointedOut() throws IOException {
        CommandRun run =
                CommandRun.of("rules", "test", file(SHIELD + "  provider: acme\n"), "Partner Shield has blocked jo");

        assertThat(run.out()).startsWith("same");
        assertThat(run.err())
                .contains("Rule partner-shield matches nothing here: provider acme is not among those that ship.");
    }

    @Test
    void aFileOfRulesCanComeFromStandardInput() {
        InputStream before = System.in;
        try {
            System.setIn(new ByteArrayInputStream(SHIELD.getBytes(StandardCharsets.UTF_8)));
            assertThat(CommandRun.of("rules", "test", "-", "Partner Shield has blocked jo")
                            .out())
                    .startsWith("changed");
            System.setIn(new ByteArrayInputStream("- id: A\n".getBytes(StandardCharsets.UTF_8)));
            assertThat(CommandRun.of("rules", "test", "-", "x").err())
                    .startsWith("rebound: standard input:1: id: A (expected:");
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void aLabelledTableIsEvaluatedWithoutAndWithTheFile() throws IOException {
        Path table = Files.writeString(
                directory.resolve("labelled.tsv"),
                "id\treply\tcategory\na\t550 Partner Shield has blocked jo\tBLOCKED\nb\t550 5.1.1 User unknown\tBAD_MAILBOX\n");
        CommandRun run = CommandRun.of("rules", "test", file(SHIELD), "--evaluate", table.toString());

        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .containsPattern("category right +0\\.500 +1\\.000")
                .containsPattern("right with the rules, wrong without: 1\\Ra: REPUTATION, found UNKNOWN")
                .contains("wrong with the rules, right without: 0");
    }

    @Test
    void whatIsWrongWithTheFileIsSaid() throws IOException {
        CommandRun run = CommandRun.of("rules", "test", file(SHIELD + "  wen: class=5\n"), "x");
        assertThat(run.exit()).isEqualTo(ExitCode.FAILED.code());
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("rules.yaml:4: wen (expected: one of the keys");

        Path latin = Files.write(
                directory.resolve("latin"), SHIELD.replace("shield", "schütz").getBytes(StandardCharsets.ISO_8859_1));
        assertThat(CommandRun.of("rules", "test", latin.toString(), "x").err())
                .contains("latin: line 1 is not UTF-8", "iconv");
        assertThat(CommandRun.of("rules", "test", "absent", "x").err())
                .contains("cannot read absent: there is no such file");
        assertThat(CommandRun.of("rules", "test", file(SHIELD)).err())
                .contains("Give a REPLY, or a TABLE with --evaluate.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "rules ~ Name a command: list, show, test, set, remove, import or export.",
                "rules set user-unknown ~ Name at least one of --category, --phrase,",
                "rules set user-unknown --phrase abc --no-phrases ~ contradict each other (expected: one of them)",
                "rules set user-unknown --phrase abc --add-phrase def ~ contradict each other",
                "rules set user-unknown --bounce-type none ~ --bounce-type: NONE (expected: HARD or SOFT",
                "rules set 5.1.1 --when class=5 ~ name of a rule: 5.1.1 (expected: lower case letters, digits",
                "rules show 5.1.1 ~ for codes see rebound codes --help",
                "rules remove User ~ name of a rule: User (expected: lower case letters",
                "rules list --category nonsense ~ --category: NONSENSE (expected: one of BAD_MAILBOX",
                "rules list --provider Google! ~ --provider: Google! (expected: lower case letters",
                "rules list --origin me ~ origin: me (expected: operator, seed, iana or rebound)",
                "codes set user-unknown --summary x ~ user-unknown is the name of a text rule (expected: a code, such as 5.1.1); see rebound rules",
                "codes remove user-unknown ~ see rebound rules --help",
                "codes show user-unknown ~ see rebound rules --help",
                "codes set mx:google.com --summary x ~ mx:google.com is a row about a provider (expected: a code, such as 5.1.1); see rebound providers",
            })
    void whatCannotBeMeantIsRefusedBeforeAnyBrokerIsAsked(String line, String message) {
        CommandRun run = CommandRun.of(line.split(" "));

        assertThat(run.exit()).isNotZero();
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(message);
    }

    @Test
    void theHelpTextsSayWhereTheBackupIs() {
        assertThat(CommandRun.of("rules", "--help").out().replaceAll("\\s+", " "))
                .contains("rebound codes export saves those");
        assertThat(CommandRun.of("codes", "export", "--help").out().replaceAll("\\s+", " "))
                .contains("of codes, text rules and providers");
        assertThat(CommandRun.of("codes", "import", "--help").out().replaceAll("\\s+", " "))
                .contains("of codes, text rules and providers");
        assertThat(CommandRun.of("rules", "set", "--help").out()).contains("--no-phrases");
    }
}
