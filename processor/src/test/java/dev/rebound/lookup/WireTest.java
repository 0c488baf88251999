package dev.rebound.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
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
    @ValueSource(strings = {"", "[]", "{}", "{\"partition\":-1,\"keys\":[]}", "{\"partition\":1}", "nonsense"})
    void whatIsNoQuestionIsRefused(String text) {
        assertThatThrownBy(() -> Wire.asked(text)).isInstanceOf(InvalidLookupException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "nonsense"})
    void whatIsNoAnswerIsNotTakenForOne(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(IOException.class);
    }
}
