package dev.rebound.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.classify.ShippedCodes;
import dev.rebound.classify.ShippedTable;
import dev.rebound.schema.StatusCode;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RepliesTest {

    @ParameterizedTest
    @EnumSource(Cause.class)
    void everyCauseHasAnAnswerOfAnyStyle(Cause cause) {
        Random random = new Random(1);
        assertThat(Replies.pick(cause, "nobody's style", random)).isNotNull();
    }

    @Test
    void eachOfTheSeedsCodesHasItsAnswerInTheOrderOfTheSeed() {
        assertThat(ShippedTable.at("/dev/rebound/generate/seed-replies.tsv").rows())
                .extracting(row -> row.get("id"))
                .containsExactlyElementsOf(ShippedCodes.rows().stream()
                        .filter(row -> row.getOrigin().equals("seed"))
                        .map(StatusCode::getId)
                        .toList());
    }
}
