package dev.rebound.suppressions;

import static dev.rebound.suppressions.ChangesInMemory.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.suppress.Erasure;
import dev.rebound.suppress.SuppressionList;
import org.junit.jupiter.api.Test;

class StandInsTest {

    private final ChangesInMemory topics = new ChangesInMemory();

    @Test
    void theyAreFoundOnTheListThatHasThem() {
        topics.suppress(entry("acme", "hash:tag@example.org"));
        topics.suppress(entry("acme", "jo@example.org"));
        topics.suppress(entry("other", new Erasure(ChangesInMemory.KEY).standIn("kim@example.org")));

        assertThat(StandIns.areOn(SuppressionList.parse("other"), topics)).isTrue();
        assertThat(StandIns.areOn(SuppressionList.parse("acme"), topics)).isFalse();
    }
}
