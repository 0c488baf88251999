package dev.rebound.local;

import static dev.rebound.local.TestCluster.await;
import static dev.rebound.local.TestCluster.bounce;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rebound.cli.Rebound;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.schema.Suppression;
import dev.rebound.schema.SuppressionAction;
import dev.rebound.schema.SuppressionCommand;
import dev.rebound.schema.SuppressionReason;
import dev.rebound.schema.SuppressionSource;
import dev.rebound.suppress.Erasure;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Commands from the command line to the feed. */
@ExtendWith(LocalStackExtension.class)
class SuppressionCommandsIT {

    private static final String KEY = "a key for tests of erasure";
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";
    private static final String JO = "jo@example.org";

    @TempDir
    private Path directory;

    private TestCluster rebound;

    @BeforeEach
    void start(RunningStack stack) throws Exception {
        rebound = new TestCluster(stack, directory, Map.of("rebound.erase.key", KEY, "rebound.http.token", TOKEN));
        rebound.start();
    }

    @AfterEach
    void close() {
        rebound.close();
    }

    @Test
    void addressesAreAddedExtendedAndRemovedAndARepetitionCountsOnce() throws Exception {
        String[] add = {
            "suppressions",
            "add",
            "Jo@Example.ORG",
            "@example.net",
            "--reason",
            "complaint",
            "--expires",
            "30d",
            "--why",
            "by phone",
            "--by",
            "ops",
            "--id",
            "call-1"
        };
        assertThat(rebound.command(add))
                .isEqualToNormalizingNewlines(
                        "ADD     default  jo@example.org  call-1\nADD     default  @example.net  call-1\n");
        await("both in the feed", () -> rebound.suppressed().size() == 2);
        Suppression jo = rebound.suppressed().get("default|" + JO);
        assertThat(jo.getReason()).isEqualTo(SuppressionReason.COMPLAINT);
        assertThat(jo.getSource()).isEqualTo(SuppressionSource.OPERATOR);
        assertThat(jo.getBy()).isEqualTo("ops");
        assertThat(jo.getWhy()).isEqualTo("by phone");
        assertThat(jo.getExpires()).isAfter(Instant.now().plusSeconds(29 * 86_400));

        rebound.command(add);
        rebound.command("suppressions", "extend", JO, "--expires", "never", "--why", "again", "--by", "ops");
        await(
                "an end that never comes",
                () -> rebound.suppressed().get("default|" + JO).getExpires() == null);
        assertThat(rebound.records(rebound.topics.suppressions())).hasSize(3);

        rebound.command("suppressions", "remove", JO, "--why", "wrong number");
        await("it to be gone", () -> rebound.suppressed().keySet().equals(Set.of("default|@example.net")));
    }

    @Test
    void whatIsGivenOverHttpIsCarriedOut() throws Exception {
        String base = "/api/v1/suppressions/";
        HttpResponse<String> given = rebound.post(
                base + "commands",
                TOKEN,
                "{\"action\":\"ADD\",\"address\":\"" + JO + "\",\"by\":\"ops\",\"why\":\"w\",\"commandId\":\"c1\"}");
        assertThat(given.statusCode()).as(given.body()).isEqualTo(201);
        HttpResponse<String> imported =
                rebound.post(base + "imports?dryRun=false&by=ops&why=move", TOKEN, "kim@example.org\n");
        assertThat(imported.body()).contains("\"written\":1");
        await("both", () -> rebound.suppressed().size() == 2);

        HttpResponse<String> removed = rebound.post(
                base + "removals",
                TOKEN,
                "{\"domain\":\"example.org\",\"from\":\"2026-01-01T00:00:00Z\",\"anySource\":true,\"dryRun\":false,"
                        + "\"by\":\"ops\",\"why\":\"w\"}");
        assertThat(removed.body()).contains("\"found\":2", "\"written\":2");
        await("none", () -> rebound.suppressed().isEmpty());

        HttpResponse<String> erased =
                rebound.post(base + "erasures", TOKEN, "{\"address\":\"" + JO + "\",\"by\":\"dpo\",\"why\":\"asked\"}");
        assertThat(erased.statusCode()).as(erased.body()).isEqualTo(200);
        assertThat(texts(rebound.lastValues(rebound.topics.suppressionCommands(), SuppressionCommand.class)))
                .noneMatch(text -> text.contains(JO));
    }

    @Test
    void listsAreThoseOfTenantsAndStreams() throws Exception {
        rebound.command("suppressions", "add", JO, "--tenant", "acme", "--stream", "news/2026", "--why", "w");
        rebound.command("suppressions", "add", JO, "--list", "*", "--why", "w");
        await("both", () -> rebound.suppressed().size() == 2);
        assertThat(rebound.suppressed()).containsOnlyKeys("*|" + JO, "acme/news%2F2026|" + JO);
    }

    @Test
    void aCommandThatAnotherProgramPutElsewhereIsCarriedOut() throws Exception {
        for (int i = 0; i < 6; i++) {
            rebound.send(SuppressionCommand.newBuilder()
                    .setCommandId("c" + i)
                    .setIssuedAt(Instant.now())
                    .setAction(SuppressionAction.ADD)
                    .setList("default")
                    .setAddress("jo" + i + "@example.org")
                    .setReason(SuppressionReason.MANUAL)
                    .setSource(SuppressionSource.OPERATOR)
                    .setBy("other")
                    .setWhy("w")
                    .build());
        }
        await("all", () -> rebound.suppressed().size() == 6);

        rebound.command("suppressions", "remove", "jo0@example.org", "--why", "w");
        await("one less", () -> rebound.suppressed().size() == 5);
        rebound.command("erase", "jo1@example.org", "--by", "ops");
        assertThat(texts(rebound.lastValues(rebound.topics.suppressionCommands(), SuppressionCommand.class)))
                .noneMatch(text -> text.contains("jo1@"));
    }

    @Test
    void manyAreRemovedAtOnce() throws Exception {
        List<String> add =
                new ArrayList<>(List.of("suppressions", "add", "--why", "w", "--category", "domain_not_found"));
        IntStream.range(0, 20).forEach(i -> add.add("jo" + i + "@example.org"));
        rebound.command(add.toArray(String[]::new));
        rebound.command("suppressions", "add", "--why", "w", "--category", "bad_mailbox", JO, "kim@example.net");
        await("all", () -> rebound.suppressed().size() == 22);

        String[] byPolicy = {
            "suppressions", "remove-where", "--category", "domain_not_found", "--from", "2026-01-01T00:00:00Z"
        };
        assertThat(rebound.command(byPolicy)).startsWith("Would remove 0 suppressions");
        List<String> any = new ArrayList<>(List.of(byPolicy));
        any.addAll(List.of("--any-source", "--to", "2100-01-01T00:00:00Z"));
        assertThat(rebound.command(any.toArray(String[]::new)))
                .startsWith("Would remove 20 suppressions")
                .contains(
                        "by list      default 20",
                        "by category  DOMAIN_NOT_FOUND 20",
                        "by provider  none 20",
                        "j***@example.org")
                .doesNotContain("jo1@example.org");
        assertThat(rebound.suppressed()).hasSize(22);

        any.addAll(List.of("--yes", "--why", "outage", "--json"));
        assertThat(rebound.command(any.toArray(String[]::new))).contains("\"written\":20", "\"complete\":true");
        await("two to be left", () -> rebound.suppressed().size() == 2);
        assertThat(rebound.command(any.toArray(String[]::new))).contains("\"found\":0");
    }

    @Test
    void evidenceFromBeforeARemovalCountsNoMoreHoweverOftenItIsSent() throws Exception {
        DeliveryEvent old = bounce("old").setReply("550 5.1.1 User unknown").build();
        rebound.send(old);
        String key = "default|someone@example.com";
        await("the policy to suppress it", () -> rebound.suppressed().containsKey(key));
        String rule = rebound.suppressed().get(key).getRule();

        String[] remove = {
            "suppressions", "remove-where", "--rule", rule, "--from", "2026-03-01T00:00:00Z", "--yes", "--why", "outage"
        };
        assertThat(rebound.command(remove)).startsWith("Removed 1 suppressions");
        await("it to be gone", () -> rebound.suppressed().isEmpty());

        rebound.send(old);
        rebound.send(bounce("older")
                .setEventTime(old.getEventTime().minusSeconds(60))
                .setReply("550 5.1.1 User unknown")
                .build());
        rebound.awaitCounted(3);
        assertThat(rebound.records(rebound.topics.suppressions())).hasSize(2);

        rebound.send(bounce("new")
                .setEventTime(Instant.now())
                .setReply("550 5.1.1 User unknown")
                .build());
        await("new evidence to count", () -> rebound.suppressed().containsKey(key));
    }

    @Test
    void exportsOfProvidersAreImportedOnce() throws Exception {
        Map<String, String> files = new TreeMap<>(Map.of(
                "ses.csv", "EmailAddress,Reason,LastUpdateTime\nses@example.org,COMPLAINT,2026-03-01T00:00:00Z\n",
                "sendgrid.csv",
                        "status,reason,email,created\n5.1.1,550 5.1.1 User unknown,grid@example.org,1760000000\n"
                                + "5.7.1,550 5.7.1 Message rejected as spam,spam@example.org,1760000000\n",
                "mailgun.csv",
                        "address,code,error,created_at\n"
                                + "gun@example.org,550,5.1.1 user unknown,\"Tue, 21 Oct 2025 11:02:55 GMT\"\n",
                "postmark.csv",
                        "EmailAddress,SuppressionReason,Origin,CreatedAt\n"
                                + "post@example.org,ManualSuppression,Recipient,2026-03-01T00:00:00Z\n",
                "plain.txt", "plain@example.org\n@example.net\n"));
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = Files.writeString(directory.resolve(file.getKey()), file.getValue());
            assertThat(rebound.command("suppressions", "import", path.toString()))
                    .as(file.getKey())
                    .startsWith("Would import ");
        }
        assertThat(rebound.records(rebound.topics.suppressionCommands())).isEmpty();

        importAll(files.keySet());
        await("all", () -> rebound.suppressed().size() == 6);
        Map<String, Suppression> suppressed = rebound.suppressed();
        assertThat(suppressed.get("default|ses@example.org").getReason()).isEqualTo(SuppressionReason.COMPLAINT);
        assertThat(suppressed.get("default|post@example.org").getReason()).isEqualTo(SuppressionReason.UNSUBSCRIBE);
        Suppression bounce = suppressed.get("default|grid@example.org");
        assertThat(bounce.getReason()).isEqualTo(SuppressionReason.BOUNCE);
        assertThat(bounce.getCategory()).isEqualTo("BAD_MAILBOX");
        assertThat(bounce.getSource()).isEqualTo(SuppressionSource.IMPORT);
        assertThat(bounce.getSince()).isEqualTo(Instant.ofEpochSecond(1_760_000_000));
        assertThat(suppressed).doesNotContainKey("default|spam@example.org");

        rebound.command("suppressions", "remove", "plain@example.org", "--why", "asked");
        await("it to be gone", () -> rebound.suppressed().size() == 5);
        int commands = rebound.records(rebound.topics.suppressionCommands()).size();
        importAll(files.keySet());
        assertThat(rebound.command(
                        "suppressions", "import", directory.resolve("plain.txt").toString(), "--json"))
                .contains("\"imported\":2", "\"suppressed\":1", "\"toWrite\":0");
        assertThat(rebound.records(rebound.topics.suppressionCommands())).hasSize(commands);
    }

    private void importAll(Iterable<String> names) {
        for (String name : names) {
            rebound.command("suppressions", "import", directory.resolve(name).toString(), "--yes", "--why", "move");
        }
    }

    @Test
    void blocksAreRefused() throws Exception {
        Path blocks = Files.writeString(
                directory.resolve("blocks.csv"),
                "status,reason,email,created\n5.7.1,550 5.7.1 rejected as spam,jo@example.org,1760000000\n");
        assertThatThrownBy(() -> rebound.command("suppressions", "import", blocks.toString(), "--yes", "--why", "move"))
                .hasMessageContaining("is refused as SendGrid's export of blocks");
        assertThat(rebound.records(rebound.topics.suppressionCommands())).isEmpty();
    }

    @Test
    void whatIsErasedLeavesItsStandInAndNothingElse() throws Exception {
        rebound.command("suppressions", "add", JO, "--reason", "complaint", "--why", "Jo called", "--by", "ops");
        rebound.command("suppressions", "add", JO, "--list", "acme/news", "--expires", "30d", "--why", "w");
        rebound.command("suppressions", "add", JO, "--tenant", "other", "--why", "w");
        rebound.command("suppressions", "remove", JO, "--tenant", "other", "--why", "w");
        rebound.command("suppressions", "add", "kim@example.org", "--why", "w");
        await("three", () -> rebound.suppressed().size() == 3);

        String standIn = new Erasure(KEY).standIn(JO);
        assertThat(rebound.command("erase", "Jo@example.org", "--by", "dpo"))
                .contains("Erased on 4 lists: acme, acme/news, default, other")
                .contains("Stays suppressed on 2 lists: acme/news, default by " + standIn)
                .contains("Earlier commands about it: 4, erased")
                .contains("delivery-events-dlq: until its retention ends");

        Map<String, Suppression> feed = rebound.suppressed();
        assertThat(feed).containsOnlyKeys("default|" + standIn, "acme/news|" + standIn, "default|kim@example.org");
        Suppression kept = feed.get("default|" + standIn);
        assertThat(kept.getReason()).isEqualTo(SuppressionReason.COMPLAINT);
        assertThat(kept.getWhy()).isEqualTo("erased");
        assertThat(feed.get("acme/news|" + standIn).getExpires()).isNotNull();
        assertThat(texts(feed)).noneMatch(text -> text.contains("jo@"));
        assertThat(texts(rebound.lastValues(rebound.topics.suppressionCommands(), SuppressionCommand.class)))
                .noneMatch(text -> text.contains("jo@"))
                .anyMatch(text -> text.contains(standIn));
        assertThat(stateKeys()).noneMatch(key -> key.contains("jo@")).anyMatch(key -> key.contains(standIn));

        Path list = Files.writeString(directory.resolve("plain.txt"), JO + "\n");
        assertThat(rebound.command("suppressions", "import", list.toString(), "--json"))
                .contains("\"erased\":1", "\"toWrite\":0");
        assertThat(errorsWithoutKey("suppressions", "import", list.toString()))
                .contains("without the key rebound.erase.key they cannot be recognised");
        assertThat(errorsWithoutKey("suppressions", "import", list.toString(), "--tenant", "other"))
                .doesNotContain("rebound.erase.key");
        rebound.command("erase", JO);
        assertThat(rebound.suppressed()).hasSize(3);

        rebound.command("suppressions", "remove", JO, "--why", "is back");
        await("its stand-in to be gone", () -> !rebound.suppressed().containsKey("default|" + standIn));
    }

    /** What a command says on standard error that has all of the configuration but the key of erased addresses. */
    private String errorsWithoutKey(String... arguments) throws IOException {
        Path config = rebound.writeConfig(directory.resolve("keyless.properties"), Map.of());
        List<String> lines = new ArrayList<>(Files.readAllLines(config));
        lines.removeIf(line -> line.startsWith("rebound.erase.key"));
        Files.write(config, lines);
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--config", config.toString()));
        StringWriter err = new StringWriter();
        int exit = Rebound.commandLine()
                .setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(err))
                .execute(all.toArray(String[]::new));
        assertThat(exit).as(err.toString()).isZero();
        return err.toString();
    }

    /** Keys of the rows that the processor holds of addresses. */
    private List<String> stateKeys() {
        Map<String, Boolean> rows = new TreeMap<>();
        String changelog = rebound.applicationId() + "-suppression-by-address-changelog";
        for (ConsumerRecord<byte[], byte[]> record : rebound.records(changelog)) {
            rows.put(new String(record.key(), StandardCharsets.UTF_8), record.value() != null);
        }
        rows.values().removeIf(there -> !there);
        return List.copyOf(rows.keySet());
    }

    private static List<String> texts(Map<String, ?> values) {
        return values.entrySet().stream().map(Object::toString).toList();
    }

    @Test
    void anErasureIsNotCompleteWithoutTheProcessor() throws Exception {
        rebound.command("suppressions", "add", JO, "--why", "w");
        await("it", () -> rebound.suppressed().size() == 1);
        rebound.stop();
        assertThatThrownBy(() -> rebound.command("erase", JO, "--wait", "2s"))
                .hasMessageContaining("not complete: the processor has not carried it out within 2 s");
        rebound.start();
        assertThat(rebound.command("erase", JO)).startsWith("Erased on 1 list: default");
        assertThat(texts(rebound.lastValues(rebound.topics.suppressionCommands(), SuppressionCommand.class)))
                .noneMatch(text -> text.contains("jo@"));
        assertThat(rebound.suppressed()).containsOnlyKeys("default|" + new Erasure(KEY).standIn(JO));
    }
}
