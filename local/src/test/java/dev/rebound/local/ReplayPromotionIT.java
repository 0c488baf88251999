package dev.rebound.local;

import static dev.rebound.local.TestCluster.await;
import static dev.rebound.local.TestCluster.bounce;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.app.Connections;
import dev.rebound.codes.CodesTopic;
import dev.rebound.compare.Outside;
import dev.rebound.compare.SuppressionDifference;
import dev.rebound.promote.PromotableReplay;
import dev.rebound.promote.PromotionReport;
import dev.rebound.promote.ReplayChanges;
import dev.rebound.promote.RollbackReport;
import dev.rebound.schema.BounceType;
import dev.rebound.schema.StatusCode;
import dev.rebound.schema.StatusCodeRevision;
import dev.rebound.schema.Suppression;
import dev.rebound.schema.SuppressionReason;
import dev.rebound.schema.SuppressionSource;
import dev.rebound.suppress.SuppressionKey;
import dev.rebound.suppress.SuppressionList;
import dev.rebound.suppressions.Issued;
import dev.rebound.suppressions.Watch;
import dev.rebound.topology.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a replay came to, on real topics, to live and back. */
@ExtendWith(LocalStackExtension.class)
class ReplayPromotionIT {

    private static final SuppressionKey SOMEONE =
            new SuppressionKey(SuppressionList.of("default"), "someone@example.com");
    private static final SuppressionKey KIM = new SuppressionKey(SuppressionList.of("default"), "kim@example.org");

    @TempDir
    private Path directory;

    private TestCluster rebound;

    @BeforeEach
    void start(RunningStack stack) throws Exception {
        rebound = new TestCluster(stack, directory);
        rebound.start();
    }

    @AfterEach
    void close() {
        rebound.close();
    }

    /** Lifts one address, suppresses another, and has a row of its own. */
    private record Replay(Instant asOf, Suppression lifted) implements PromotableReplay {

        @Override
        public String name() {
            return "softer";
        }

        @Override
        public String id() {
            return "softer-1";
        }

        @Override
        public Instant until() {
            return asOf;
        }

        @Override
        public boolean finished() {
            return true;
        }

        @Override
        public List<StatusCode> overlay() {
            return List.of(new StatusCode(
                    "5.1.1",
                    "operator",
                    List.of(StatusCodeRevision.newBuilder()
                            .setBounceType(BounceType.SOFT)
                            .build())));
        }

        @Override
        public Map<String, StatusCode> rowsAtStart() {
            return Map.of();
        }

        @Override
        public boolean hasPolicy() {
            return false;
        }

        @Override
        public Map<Outside, Long> differences(BooleanSupplier stop, Consumer<SuppressionDifference> each) {
            each.accept(new SuppressionDifference(SOMEONE, lifted, null));
            each.accept(new SuppressionDifference(
                    KIM,
                    null,
                    Suppression.newBuilder()
                            .setList("default")
                            .setAddress(KIM.address())
                            .setReason(SuppressionReason.BOUNCE)
                            .setCategory("MAILBOX_FULL")
                            .setSince(asOf)
                            .setSource(SuppressionSource.POLICY)
                            .build()));
            return Map.of();
        }
    }

    @Test
    void aPromotionGoesToLiveAndComesBackAndTheSameAgainWritesNothing() throws Exception {
        rebound.send(bounce("b1").setReply("550 5.1.1 User unknown").build());
        await("the policy to suppress it", () -> rebound.suppressed().containsKey(SOMEONE.text()));
        Suppression before = rebound.suppressed().get(SOMEONE.text());
        Replay replay = new Replay(Instant.now(), before);
        try (Connections connections = new Connections(rebound.config(), Duration.ofSeconds(5));
                ReplayChanges changes = ReplayChanges.of(
                        rebound.config(),
                        new Topics(rebound.topics.prefix() + "replay.softer."),
                        connections.writerSchemas(),
                        connections.schemas())) {
            assertThat(changes.promotion()
                            .dryRun(replay, Instant.now(), Watch.NONE)
                            .lifted())
                    .isOne();

            PromotionReport promoted =
                    changes.promotion().run(replay, false, new Issued("ann", "w", Instant.now()), Watch.NONE);

            assertThat(promoted.conflicts()).as("%s", promoted).isZero();
            assertThat(promoted.written()).isEqualTo(3);
            await("what the replay says", () -> rebound.suppressed().keySet().equals(Set.of(KIM.text())));
            assertThat(rebound.suppressed().get(KIM.text()).getSource()).isEqualTo(SuppressionSource.REPLAY);
            assertThat(revisions(connections)).hasSize(1);
            assertThat(changes.promotion()
                            .run(replay, false, new Issued("ann", "w", Instant.now()), Watch.NONE)
                            .written())
                    .isZero();

            RollbackReport back = changes.rollback().run(false, new Issued("bob", "w", Instant.now()), Watch.NONE);

            assertThat(back.written()).as("%s", back).isEqualTo(3);
            await("what live said before", () -> rebound.suppressed().keySet().equals(Set.of(SOMEONE.text())));
            assertThat(rebound.suppressed().get(SOMEONE.text()).getCategory()).isEqualTo(before.getCategory());
            assertThat(rebound.suppressed().get(SOMEONE.text()).getExpires()).isEqualTo(before.getExpires());
            assertThat(revisions(connections)).hasSize(2).last().matches(StatusCodeRevision::getWithdrawn);
            assertThat(changes.rollback()
                            .run(false, new Issued("bob", "w", Instant.now()), Watch.NONE)
                            .written())
                    .isZero();
        }
    }

    private List<StatusCodeRevision> revisions(Connections connections) {
        return new CodesTopic(rebound.config(), connections.writerSchemas(), connections.schemas())
                .read()
                .rows()
                .get("operator/5.1.1")
                .getRevisions();
    }
}
