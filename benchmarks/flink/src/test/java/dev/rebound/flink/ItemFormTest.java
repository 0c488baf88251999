package dev.rebound.flink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.schema.BounceType;
import dev.rebound.schema.Outcome;
import dev.rebound.suppress.Acceptance;
import dev.rebound.suppress.Contradiction;
import dev.rebound.suppress.Evidence;
import dev.rebound.suppress.Item;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class ItemFormTest {

    static final Item[] ITEMS = {
        new Acceptance("a", 1, 2),
        new Contradiction("c", 3, 4),
        new Evidence(
                "e",
                5,
                Outcome.BOUNCED,
                BounceType.HARD,
                "BAD_MAILBOX",
                true,
                5,
                "5.1.1",
                null,
                false,
                false,
                6,
                "news",
                "no such user",
                "delivery-events",
                7,
                8)
    };

    @ParameterizedTest
    @FieldSource("ITEMS")
    void readsWhatItWrote(Item item) {
        assertThat(ItemForm.parse(ItemForm.bytes(item))).isEqualTo(item);
    }
}
