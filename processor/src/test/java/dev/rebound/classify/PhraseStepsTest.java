package dev.rebound.classify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PhraseStepsTest {

    private record Match(int rule, int start, int end, int weight) {}

    /** The number of a phrase in the list is that of its rule. */
    private static PhraseSteps steps(List<Phrase> phrases) {
        PhraseSteps.Builder steps = new PhraseSteps.Builder();
        for (int rule = 0; rule < phrases.size(); rule++) {
            steps.add(rule, phrases.get(rule));
        }
        return steps.build();
    }

    private static Set<Match> run(PhraseSteps.Search search, String text) {
        Set<Match> matches = new HashSet<>();
        search.run(
                text.toCharArray(),
                text.length(),
                (rule, start, end, weight) -> matches.add(new Match(rule, start, end, weight)));
        return matches;
    }

    private static List<Phrase> phrases(String... written) {
        return Stream.of(written).map(Phrase::parse).toList();
    }

    @Test
    void rulesMayHaveTheSamePhraseAndTheSameBeginning() {
        PhraseSteps.Search search =
                steps(phrases("user _ unknown", "user _ unknown", "user _ unknown _ here", "user")).new Search();

        assertThat(run(search, "user is unknown here"))
                .containsExactlyInAnyOrder(
                        new Match(0, 0, 15, 11),
                        new Match(1, 0, 15, 11),
                        new Match(2, 0, 20, 15),
                        new Match(3, 0, 4, 4));
    }

    @Test
    void nothingIsLeftOfTheTextBefore() {
        PhraseSteps.Search search = steps(manyEndAlike()).new Search();

        assertThat(run(search, "x1 the end")).hasSize(1);
        assertThat(run(search, "a quiet end")).isEmpty();
        assertThat(run(search, "x2 the end, but x3 goes on until the end")).hasSize(2);
    }

    /** The common word at the end is waited for by many steps. */
    private static List<Phrase> manyEndAlike() {
        return IntStream.range(0, 200)
                .mapToObj(i -> Phrase.parse("x" + i + " _ end"))
                .toList();
    }

    @Property(tries = 500)
    void findsWhatEachPhraseFindsAlone(@ForAll("phrases") List<Phrase> some, @ForAll("texts") List<String> texts) {
        List<Phrase> phrases =
                Stream.concat(manyEndAlike().stream(), some.stream()).toList();
        PhraseSteps.Search search = steps(phrases).new Search();

        for (String text : texts) {
            Set<Match> expected = new HashSet<>();
            for (int rule = 0; rule < phrases.size(); rule++) {
                expected.addAll(follow(rule, phrases.get(rule).pieces(), text));
            }
            assertThat(run(search, text)).isEqualTo(expected);
        }
    }

    /** One phrase, followed piece by piece over all places where any of its words stands. */
    private static List<Match> follow(int rule, List<Phrase.Piece> pieces, String text) {
        List<Match> matches = new ArrayList<>();
        Match[] reached = new Match[pieces.size()];
        for (int[] place : places(pieces, text)) {
            for (int piece = pieces.size() - 1; piece >= 0; piece--) {
                if (pieces.get(piece).alternatives().contains(text.substring(place[0], place[1]))) {
                    Match before = piece == 0 ? new Match(rule, place[0], place[0], 0) : reached[piece - 1];
                    if (before != null
                            && place[0] >= before.end()
                            && place[0] - before.end() <= pieces.get(piece).gap()) {
                        reached[piece] =
                                new Match(rule, before.start(), place[1], before.weight() + place[1] - place[0]);
                        if (piece == pieces.size() - 1) {
                            matches.add(reached[piece]);
                        }
                    }
                }
            }
        }
        return matches;
    }

    /** In the order of their ends, the longest first. */
    private static List<int[]> places(List<Phrase.Piece> pieces, String text) {
        List<int[]> places = new ArrayList<>();
        for (String word : pieces.stream()
                .flatMap(piece -> piece.alternatives().stream())
                .distinct()
                .toList()) {
            for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
                if (Phrase.isAtWords(text, at, at + word.length())) {
                    places.add(new int[] {at, at + word.length()});
                }
            }
        }
        places.sort(Comparator.comparing((int[] place) -> place[1]).thenComparing(place -> place[0]));
        return places;
    }

    /** Few words, so that pieces are shared, repeated and within each other. */
    @Provide
    Arbitrary<List<Phrase>> phrases() {
        Arbitrary<String> piece = Arbitraries.of("x10", "x20 x10", "end", "x10 end", "(x10|end)", "(x20|x10|x20 x10)");
        Arbitrary<String> gap = Arbitraries.of(" _ ", " * ");
        return piece.list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .flatMap(pieces -> gap.map(between -> String.join(between, pieces)))
                .map(Phrase::parse)
                .list()
                .ofMaxSize(8);
    }

    @Provide
    Arbitrary<List<String>> texts() {
        return Arbitraries.of("x10", "x20", "end", "x199", "some", "a word or two that are long")
                .list()
                .ofMaxSize(14)
                .map(words -> String.join(" ", words))
                .list()
                .ofMinSize(1)
                .ofMaxSize(3);
    }
}
