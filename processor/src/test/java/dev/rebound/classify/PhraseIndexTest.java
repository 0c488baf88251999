package dev.rebound.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
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
        PhraseIndex index = PhraseIndex.of(phrases);
        PhraseIndex.Found found = index.new Found();
        index.search(text.toCharArray(), text.length(), found);
        List<Hit> hits = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            String phrase = phrases.get(found.phrase(i));
            assertThat(text.substring(found.start(i), found.end(i))).isEqualTo(phrase);
            hits.add(new Hit(phrase, found.start(i)));
        }
        return hits;
    }

    @Test
    void findsPhrasesWithinAndAcrossEachOther() {
        assertThat(search(List.of("no such", "such", "such user", "no such user", "user x"), "no such user x"))
                .containsExactly(
                        new Hit("no such", 0),
                        new Hit("such", 3),
                        new Hit("no such user", 0),
                        new Hit("such user", 3),
                        new Hit("user x", 8));
    }

    @Test
    void findsWholeWordsOnly() {
        assertThat(search(List.of("user", "[user", "user]"), "users [user] auser user1"))
                .containsExactly(new Hit("[user", 6), new Hit("user", 7), new Hit("user]", 7));
    }

    @Test
    void findsEachPlace() {
        assertThat(search(List.of("a a"), "a a a a"))
                .containsExactly(new Hit("a a", 0), new Hit("a a", 2), new Hit("a a", 4));
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
                if (Phrase.isAtWords(text, at, at + phrase.length())) {
                    expected.add(new Hit(phrase, at));
                }
            }
        }

        expected.sort(
                Comparator.comparing((Hit hit) -> hit.start() + hit.phrase().length())
                        .thenComparing(Hit::start));
        assertThat(search(List.copyOf(phrases), text)).isEqualTo(expected);
    }

    /** Few letters, so that phrases overlap in every way. */
    @Provide
    Arbitrary<Set<String>> phrases() {
        return Arbitraries.strings()
                .withChars("ab ü-存")
                .ofMinLength(1)
                .ofMaxLength(6)
                .map(text -> text.replaceAll(" +", " ").strip())
                .filter(text -> !text.isEmpty())
                .set()
                .ofMaxSize(20);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("abc ü-存").ofMaxLength(60).map(text -> text.replaceAll(" +", " "));
    }
}
