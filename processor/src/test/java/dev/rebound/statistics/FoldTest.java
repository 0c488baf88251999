package dev.rebound.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rebound.classify.Classifier;
import dev.rebound.classify.ShippedCodes;
import dev.rebound.schema.DeliveryEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

class FoldTest {

    private static Fold of(List<Fact> facts) {
        Fold fold = new Fold();
        facts.forEach(fold::add);
        return fold;
    }

    private static List<byte[]> changes(Fold fold) {
        List<byte[]> changes = new ArrayList<>();
        fold.changes(changes::add);
        return changes;
    }

    private static List<String> drained(Fold fold) {
        List<String> rows = new ArrayList<>();
        fold.drain((row, sums) -> rows.add(row + " " + HexFormat.of().formatHex(sums.bytes())));
        return rows;
    }

    /** Whatever is lost behind the changes given last, what was given and the events since come to what all events come to. */
    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void changesRestoreWhatThereWasWhenTheyWereGiven(
            @ForAll("facts") List<Fact> first, @ForAll("facts") List<Fact> second, @ForAll("facts") List<Fact> third) {
        Fold fold = of(first);
        List<byte[]> given = changes(fold);
        second.forEach(fold::add);
        given.addAll(changes(fold));
        third.forEach(fold::add);

        Fold restored = new Fold();
        given.forEach(restored::restore);
        third.forEach(restored::add);

        List<Fact> all = new ArrayList<>(first);
        all.addAll(second);
        all.addAll(third);
        List<String> expected = drained(of(all));
        assertThat(drained(restored)).isEqualTo(expected);
        assertThat(drained(fold)).isEqualTo(expected);
    }

    /** What is added up in memory and what is read again after a restart must be the same. */
    @Property(tries = 500)
    void whatAnyEventSaysIsRestored(@ForAll("events") DeliveryEvent event) {
        Fold fold = of(List.of(Fact.of(event, Classifier.classify(event, ShippedCodes.table()), new byte[0])));
        Fold restored = new Fold();
        fold.changes(restored::restore);

        assertThat(drained(restored)).isEqualTo(drained(fold));
    }

    @Test
    void onlyWhatChangedIsGiven() {
        Fact delivery = AnyFacts.delivery().fact();
        Fact later = AnyFacts.delivery().at(AnyFacts.NOON.plusSeconds(60)).fact();
        Fold fold = of(List.of(delivery, delivery, later));

        assertThat(changes(fold)).hasSize(2);
        assertThat(changes(fold)).isEmpty();
        fold.add(later);
        assertThat(changes(fold)).hasSize(1);
        fold.add(delivery);
        fold.clear();
        assertThat(changes(fold)).as("what was passed on").isEmpty();
    }

    @Test
    void itTellsHowMuchWaits() {
        Fold fold = of(List.of(
                AnyFacts.delivery().fact(), AnyFacts.deferral("421 later").fact()));
        assertThat(fold.size()).isEqualTo(1);
        assertThat(fold.events()).isEqualTo(2);
        assertThat(fold.characters()).isEqualTo("421 later".length());

        drained(fold);
        assertThat(List.of((long) fold.size(), (long) fold.events(), fold.characters()))
                .containsOnly(0L);
    }

    @Test
    void somethingElseIsRefused() {
        assertThatThrownBy(() -> new Fold().restore(new byte[] {9}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("folded sums have version 9 (expected: 1)");
        byte[] entry =
                changes(of(List.of(AnyFacts.deferral("421 later").fact()))).get(0);
        for (int length = 0; length < entry.length; length++) {
            byte[] cut = Arrays.copyOf(entry, length);
            assertThatThrownBy(() -> new Fold().restore(cut)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Provide
    Arbitrary<List<Fact>> facts() {
        return AnyFacts.facts().list().ofMaxSize(30);
    }

    @Provide
    Arbitrary<DeliveryEvent> events() {
        return AnyFacts.events();
    }
}
