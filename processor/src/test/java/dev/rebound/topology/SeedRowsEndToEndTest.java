package dev.rebound.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.classify.CodeTable;
import dev.rebound.classify.SeedReplies;
import dev.rebound.classify.ShippedCodes;
import dev.rebound.schema.BounceType;
import dev.rebound.schema.ClassifiedEvent;
import dev.rebound.schema.StatusCode;
import dev.rebound.topology.Topics.Spec;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each of the seventy codes that Rebound starts from, from an event's bytes to its topic. */
class SeedRowsEndToEndTest {

    private static final List<StatusCode> SEED = ShippedCodes.rows().stream()
            .filter(row -> row.getOrigin().equals("seed"))
            .toList();

    @Test
    void everySeedRowDecidesAndItsEventGoesWhereItsBounceTypeSays() {
        assertThat(SEED).hasSize(70);
        try (ReboundDriver rebound = ReboundDriver.withShippedCodes()) {
            SEED.forEach(row -> rebound.send(ReboundDriver.bounce()
                    .setEventId(row.getId())
                    .setReply(SeedReplies.replyFor(row.getId()))
                    .setOutcome(SeedReplies.outcomeFor(row.getId(), type(row)))));

            assertGoesTo(rebound, rebound.topics.bouncesHard(), BounceType.HARD, idsOf(BounceType.HARD));
            assertGoesTo(rebound, rebound.topics.bouncesSoft(), BounceType.SOFT, idsOf(BounceType.SOFT));
            assertGoesTo(rebound, rebound.topics.deliveries(), BounceType.NONE, List.of("2.XXX.YYY", "2xx"));
            assertGoesTo(rebound, rebound.topics.deferrals(), BounceType.NONE, List.of("1xx", "3xx"));
            assertThat(rebound.deadLetters()).isEmpty();
        }
    }

    private static void assertGoesTo(ReboundDriver rebound, Spec topic, BounceType type, List<String> ids) {
        assertThat(rebound.classified(topic))
                .extracting(event -> event.getEvent().getEventId())
                .containsExactlyElementsOf(ids);
        assertThat(rebound.classified(topic)).allSatisfy((ClassifiedEvent event) -> {
            assertThat(event.getClassification().getRule())
                    .isEqualTo(event.getEvent().getEventId());
            assertThat(event.getClassification().getBounceType()).isEqualTo(type);
            CodeTable table = rebound.codeTable.current();
            assertThat(event.getClassification().getTablePosition()).isEqualTo(table.position());
        });
    }

    private static List<String> idsOf(BounceType type) {
        Stream<StatusCode> rows = SEED.stream().filter(row -> type(row) == type);
        return rows.map(StatusCode::getId).toList();
    }

    private static BounceType type(StatusCode row) {
        return row.getRevisions().get(0).getBounceType();
    }
}
