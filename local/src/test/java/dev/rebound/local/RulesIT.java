package dev.rebound.local;

import static dev.rebound.local.TestCluster.await;
import static dev.rebound.local.TestCluster.bounce;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rebound.schema.Classification;
import dev.rebound.schema.StatusCode;
import dev.rebound.schema.StatusCodeRevision;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Text rules and providers that are changed while events flow. */
@ExtendWith(LocalStackExtension.class)
class RulesIT {

    private static final String HOST = "gmail-smtp-in.l.google.com";
    private static final String REPLY = "550 5.1.1 Partner Shield turned jo away";

    @TempDir
    private Path directory;

    private TestCluster rebound;
    private int sent;

    @BeforeEach
    void start(RunningStack stack) throws Exception {
        rebound = new TestCluster(stack, directory);
        rebound.start();
    }

    @AfterEach
    void close() {
        rebound.close();
    }

    @Test
    void aRuleThatIsSetDecidesForTheNextEventAndRemovingItBringsTheOldCategoryBack() throws Exception {
        awaitCategory("BAD_MAILBOX");

        rebound.command(
                "rules",
                "set",
                "partner-shield",
                "--category",
                "blocked",
                "--phrase",
                "partner shield _ away",
                "--by",
                "ops");
        assertThat(awaitCategory("BLOCKED").getRule()).isEqualTo("partner-shield");
        rebound.command("rules", "set", "partner-shield", "--when", "class=4");
        awaitCategory("BAD_MAILBOX");
        rebound.command("rules", "set", "partner-shield", "--when", "");
        awaitCategory("BLOCKED");
        assertThat(rebound.command("rules", "show", "partner-shield"))
                .contains("category     BLOCKED", "phrase       partner shield _ away", "\"recordedBy\":\"ops\"");
        assertThat(rebound.command("rules", "list", "--origin", "operator"))
                .contains("partner-shield")
                .hasLineCount(1);

        rebound.command("rules", "remove", "partner-shield");
        assertThat(awaitCategory("BAD_MAILBOX").getRule()).isEqualTo("5.1.1");
        assertThatThrownBy(() -> rebound.command("rules", "remove", "partner-shield"))
                .hasMessageContaining("the operator has no row of partner-shield");
        assertThat(rebound.command("codes", "list")).doesNotContain("partner-shield");
    }

    @Test
    void aRuleThatCannotBeUsedIsRefusedAndTheProcessorGoesOn() throws Exception {
        awaitCategory("BAD_MAILBOX");

        for (String phrase : List.of("ab", "a * b", "partner shield ".repeat(20))) {
            assertThatThrownBy(() -> rebound.command(
                            "rules", "set", "partner-shield", "--category", "blocked", "--phrase", phrase))
                    .hasMessageContaining("phrase: " + phrase.strip() + " (expected: 3 to 200 characters");
        }
        assertThatThrownBy(() -> rebound.command("rules", "set", "partner-shield", "--category", "blocked"))
                .hasMessageContaining("rule partner-shield has no phrases, and no other origin says them");
        Path file = Files.writeString(directory.resolve("rules.yaml"), """
                - {id: partner-shield, category: BLOCKED, phrases: [partner shield]}
                - {id: other, category: BLOCKED, phrases: [ab]}
                """);
        assertThatThrownBy(() -> rebound.command("rules", "import", file.toString()))
                .hasMessageContaining("rules.yaml:2: status-codes phrase: ab (expected: 3 to 200 characters");

        assertThat(rebound.command("rules", "export")).isEqualToIgnoringNewLines("[]");
        awaitCategory("BAD_MAILBOX");
        assertThat(rebound.health()).contains("\"badRows\":[]");
    }

    @Test
    void aBadRowWrittenPastTheChecksLeavesThePreviousInForce() throws Exception {
        rebound.command("rules", "set", "partner-shield", "--category", "blocked", "--phrase", "partner shield");
        awaitCategory("BLOCKED");

        rebound.sendCode(new StatusCode(
                "partner-shield",
                "operator",
                List.of(StatusCodeRevision.newBuilder()
                        .setCategory("SPAM_CONTENT")
                        .setPhrases(List.of("ab"))
                        .build())));
        await("health to name the row", () -> rebound.health().contains("operator/partner-shield"));
        assertThat(rebound.health()).contains("phrase: ab (expected: 3 to 200 characters");
        assertThat(classifyOne().getCategory()).isEqualTo("BLOCKED");

        rebound.command("rules", "set", "partner-shield", "--category", "spam_content");
        awaitCategory("SPAM_CONTENT");
        assertThat(rebound.health()).doesNotContain("operator/partner-shield");
    }

    @Test
    void aProviderThatIsSetIsThatOfTheNextEventAndRemovingItRestoresWhatShips() throws Exception {
        awaitProvider("google");

        assertThat(rebound.command(
                        "providers", "set", "google.com", "--provider", "acme", "--name", "Acme Mail", "--dry-run"))
                .startsWith("{\"id\":\"mx:google.com\",\"origin\":\"operator\",");
        assertThat(rebound.command("codes", "export")).isEmpty();
        rebound.command("providers", "set", "google.com", "--provider", "acme", "--name", "Acme Mail");
        awaitProvider("acme");
        assertThat(rebound.command("providers", "lookup", HOST)).contains("acme", "Acme Mail, by suffix google.com");
        assertThat(rebound.command("providers", "list", "--origin", "operator"))
                .startsWith("google.com ")
                .hasLineCount(1);
        assertThat(rebound.command("providers", "show", "google.com"))
                .contains("  operator:", "  rebound:", "name         Acme Mail");
        assertThatThrownBy(() -> rebound.command("providers", "list", "--provider", "acmee"))
                .hasMessageContaining("--provider: acmee (expected: one of a1, abv, acme, ");
        assertThatThrownBy(() -> rebound.command("providers", "set", "acme.example", "--provider", "acmee"))
                .hasMessageContaining("no row has the provider acmee (did you mean acme?)");

        Path backup = Files.writeString(directory.resolve("backup.ndjson"), rebound.command("codes", "export"));
        rebound.sendCode("operator/mx:google.com", null);
        awaitProvider("google");
        rebound.command("codes", "import", backup.toString());
        awaitProvider("acme");
        rebound.command("providers", "remove", "google.com");
        awaitProvider("google");
    }

    @Test
    void rulesAreExportedAndImportedWithoutAndWithTheirHistory() throws Exception {
        rebound.command("rules", "set", "partner-shield", "--category", "blocked", "--phrase", "partner shield");
        rebound.command("rules", "set", "user-unknown", "--add-phrase", "niemand zu hause");
        String exported = rebound.command("rules", "export");
        assertThat(exported)
                .contains("- id: partner-shield", "- id: user-unknown", "- niemand zu hause", "- user unknown");
        Path rules = Files.writeString(directory.resolve("rules.yaml"), exported);

        String history = rebound.command("codes", "export");
        assertThat(history).hasLineCount(2);
        rebound.command("rules", "import", rules.toString());
        assertThat(rebound.command("codes", "export")).as("nothing new").isEqualTo(history);
        rebound.command("rules", "remove", "user-unknown");
        rebound.command("rules", "import", rules.toString());
        assertThat(rebound.command("rules", "export")).isEqualTo(exported);

        String all = rebound.command("codes", "export");
        Path backup = Files.writeString(directory.resolve("backup.ndjson"), all);
        rebound.sendCode("operator/partner-shield", null);
        rebound.sendCode("operator/user-unknown", null);
        assertThat(rebound.command("rules", "export")).isEqualToIgnoringNewLines("[]");
        rebound.command("codes", "import", backup.toString());
        assertThat(rebound.command("codes", "export")).isEqualTo(all);
        assertThat(rebound.command("rules", "export")).isEqualTo(exported);
        awaitCategory("BLOCKED");
    }

    /** Sends events until one has the category, which a change may take a second for. */
    private Classification awaitCategory(String category) throws Exception {
        int before = sent;
        Classification[] last = new Classification[1];
        await("an event to be " + category, () -> {
            last[0] = classifyOne();
            return last[0].getCategory().equals(category);
        });
        assertThat(sent - before).as("events until the change was seen").isLessThan(20);
        return last[0];
    }

    private void awaitProvider(String provider) throws Exception {
        await(
                "an event to be of " + provider,
                () -> provider.equals(classifyOne().getProvider()));
    }

    private Classification classifyOne() throws Exception {
        String id = "e" + sent++;
        rebound.send(bounce(id)
                .setEventTime(Instant.now())
                .setReply(REPLY)
                .setRemoteHost(HOST)
                .build());
        await(id, () -> find(id).isPresent());
        return find(id).orElseThrow();
    }

    private Optional<Classification> find(String id) throws Exception {
        return rebound.classified(rebound.topics.bouncesHard()).stream()
                .filter(event -> event.getEvent().getEventId().equals(id))
                .map(event -> event.getClassification())
                .findFirst();
    }
}
