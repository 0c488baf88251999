package dev.rebound.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PhraseIndexTest {

    private record Hit(String phrase, int start) {}

    private static List<Hit> search(List<String> phrases, String text) {
        List<Hit> hits = new ArrayList<>();
        PhraseIndex.of(phrases).search(text.toCharArray(), text.length(), (phrase, start, end) -> {
            assertThat(text.substring(start, end)).isEqualTo(phrases.get(phrase));
            hits.add(new Hit(phrases.get(phrase), start));
        });
        return hits;
    }

    @Test
    void findsPhrasesWithinAndAcrossEachOther() {
        assertThat(search(List.of("he", "she", "his", "hers"), "ushers"))
                .containsExactly(new Hit("she", 1), new Hit("he", 2), new Hit("hers", 2));
    }

    @Test
    void findsEachPlace() {
        assertThat(search(List.of("aa"), "aaaa")).containsExactly(new Hit("aa", 0), new Hit("aa", 1), new Hit("aa", 2));
    }

    @Test
    void findsWhatIsNotAscii() {
        assertThat(search(List.of("ящик", "存在しません", "é"), "ящик é 存在しません")).hasSize(3);
    }

    @Test
    void refusesWhatCannotBeTold() {
        assertThatThrownBy(() -> PhraseIndex.of(List.of("a", "a"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PhraseIndex.of(List.of(""))).isInstanceOf(IllegalArgumentException.class);
    }

    @Property(tries = 500)
    void findsWhatAPlainSearchFinds(@ForAll("phrases") Set<String> phrases, @ForAll("texts") String text) {
        List<Hit> expected = new ArrayList<>();
        for (String phrase : phrases) {
            for (int at = text.indexOf(phrase); at >= 0; at = text.indexOf(phrase, at + 1)) {
                expected.add(new Hit(phrase, at));
            }
        }

        assertThat(search(List.copyOf(phrases), text)).containsExactlyInAnyOrderElementsOf(expected);
    }

    /** Few letters, so that phrases overlap in every way. */
    @Provide
    Arbitrary<Set<String>> phrases() {
        return Arbitraries.strings()
                .withChars("abü")
                .ofMinLength(1)
                .ofMaxLength(6)
                .set()
                .ofMaxSize(20);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("abcü").ofMaxLength(60);
    }
}
