package dev.rebound.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rebound.statistics.Span;
import dev.rebound.statistics.Subject;
import dev.rebound.statistics.WindowSize;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What instances say to each other, also those of other versions. */
class WireTest {

    @Test
    void questionsAreReadAsTheyWereWritten() throws Exception {
        Question keys = new Question.Keys(3, List.of("default|jö@example.org", "*|@example.org"));
        Question range = new Question.Range(
                0, "default|a@example.org", SuppressionFilter.of(Map.of("domain", "example.org")), 50);

        assertThat(Wire.asked(Wire.question(keys, true))).isEqualTo(new Wire.Asked(keys, true));
        assertThat(Wire.asked(Wire.question(range, false))).isEqualTo(new Wire.Asked(range, false));
    }

    @Test
    void questionsAboutStatisticsAreReadAsTheyWereWritten() throws Exception {
        List<Question> questions = List.of(
                new Question.Sums(
                        7,
                        new SumsWanted(
                                Subject.Kind.DOMAIN,
                                List.of("example.org", "(other)"),
                                "müller",
                                new Span(-60_000, 1_780_000_000_000L),
                                WindowSize.HOUR,
                                true,
                                false,
                                "5.1.1",
                                false)),
                new Question.Sums(
                        0,
                        new SumsWanted(
                                Subject.Kind.PROVIDER,
                                List.of(),
                                null,
                                Span.ALL,
                                WindowSize.MINUTE,
                                false,
                                true,
                                null,
                                true)),
                new Question.Latest(3, Subject.Kind.PROVIDER, Long.MAX_VALUE));

        for (Question question : questions) {
            assertThat(Wire.asked(Wire.question(question, true))).isEqualTo(new Wire.Asked(question, true));
            assertThat(Wire.asked(Wire.question(question, false)).copies()).isFalse();
        }
    }

    @Property
    void keysOfSumsAreReadAsTheyWereWritten(@ForAll String name, @ForAll long start) {
        SumKey key = new SumKey(name, start);

        assertThat(SumKey.parse(key.text())).isEqualTo(key);
    }

    @Test
    void answersAreReadAsTheyWereWritten() throws Exception {
        Staleness stale = new Staleness(3, Staleness.Reason.STANDBY, OptionalLong.of(12));
        Answer answer = new Answer(
                List.of(new Row("default|a@example.org", new byte[] {1, -1})), Optional.of("next"), Optional.of(stale));

        Answer read = read(Wire.answer(answer));

        assertThat(read.rows()).singleElement().satisfies(row -> {
            assertThat(row.key()).isEqualTo("default|a@example.org");
            assertThat(row.value()).containsExactly(1, -1);
        });
        assertThat(read.next()).hasValue("next");
        assertThat(read.staleness()).hasValue(stale);
        assertThat(read(Wire.answer(new Answer(List.of(), Optional.empty(), Optional.empty()))))
                .isEqualTo(new Answer(List.of(), Optional.empty(), Optional.empty()));
    }

    private static Answer read(String text) throws IOException {
        return Wire.answer(3, text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void membersOfANewerVersionArePassedOver() throws Exception {
        assertThat(Wire.asked("{\"partition\":1,\"keys\":[],\"new\":7}").question())
                .isEqualTo(new Question.Keys(1, List.of()));
        assertThat(read("{\"rows\":[],\"new\":{}}").rows()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"partition\":-1,\"keys\":[]}",
                "{\"partition\":1}",
                "nonsense",
                "{\"partition\":1,\"sums\":{}}",
                "{\"partition\":1,\"sums\":{\"kind\":\"DOMAIN\",\"finest\":\"PT5M\",\"from\":0,\"to\":1}}",
                "{\"partition\":1,\"sums\":{\"kind\":\"PLANET\",\"finest\":\"PT1M\",\"from\":0,\"to\":1}}",
                "{\"partition\":1,\"sums\":{\"kind\":\"DOMAIN\",\"finest\":\"PT1M\"}}",
                "{\"partition\":1,\"latest\":{\"kind\":\"DOMAIN\"}}",
                "{\"partition\":1,\"latest\":{\"upTo\":1}}"
            })
    void whatIsNoQuestionIsRefused(String text) {
        assertThatThrownBy(() -> Wire.asked(text)).isInstanceOf(InvalidLookupException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "nonsense"})
    void whatIsNoAnswerIsNotTakenForOne(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(IOException.class);
    }
}
