package dev.rebound.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rebound.schema.Layer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class CodeIdTest {

    @ParameterizedTest
    @CsvSource({
        "5.1.1, EXACT, 5",
        "4.7.999, EXACT, 4",
        "2.0.0, EXACT, 2",
        "5.1, SUBJECT, 5",
        "4.0, SUBJECT, 4",
        "550, BASIC, 5",
        "100, BASIC, 1",
        "354, BASIC, 3",
        "2.XXX.YYY, CLASS, 2",
        "5.XXX.YYY, CLASS, 5",
        "1xx, GROUP, 1",
        "5xx, GROUP, 5"
    })
    void anIdTellsItsLayerAndClass(String text, Layer layer, int firstDigit) {
        CodeId id = CodeId.parse(text);

        assertThat(id).isEqualTo(new CodeId(text, layer));
        assertThat(id.firstDigit()).isEqualTo(firstDigit);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                "5",
                "55",
                "5500",
                "600",
                "0xx",
                "6xx",
                "5XX",
                "5Xx",
                "5x",
                "5.",
                "5.1.",
                "5..1",
                ".1.1",
                "5.1.1.1",
                "3.1.1",
                "1.XXX.YYY",
                "3.XXX.YYY",
                "5.xxx.yyy",
                "5.XXX",
                "5.01.1",
                "5.1.01",
                "5.1000.1",
                "5.1.1000",
                " 5.1.1",
                "5.1.1 ",
                "5.1.a",
                "5,1,1",
                "5.１.1",
                "-5.1.1",
                "operator/5.1.1"
            })
    void whatIsNoIdIsNamedWithWhatOneLooksLike(String text) {
        assertThatThrownBy(() -> CodeId.parse(text))
                .isInstanceOf(InvalidRowException.class)
                .hasMessage("status-codes id: " + text
                        + " (expected: an enhanced code such as 5.1.1, its subject 5.1, a basic code such as 550, a class"
                        + " such as 5.XXX.YYY or a group such as 5xx)");
    }

    @Test
    void coarserRowsOfACode() {
        assertThat(CodeNames.subjectRow("5.1.10")).isEqualTo("5.1");
        assertThat(CodeNames.classRow(4)).isEqualTo("4.XXX.YYY");
        assertThat(CodeNames.groupRow(3)).isEqualTo("3xx");
    }

    @Test
    void idsAreListedFromCoarseToFineAndByNumber() {
        List<CodeId> inOrder = Stream.of(
                        "4.XXX.YYY",
                        "5.XXX.YYY",
                        "1xx",
                        "5xx",
                        "421",
                        "550",
                        "4.7",
                        "5.1",
                        "5.7",
                        "4.1.1",
                        "5.1.1",
                        "5.1.2",
                        "5.1.10",
                        "5.2.0",
                        "5.10.1")
                .map(CodeId::parse)
                .collect(Collectors.toList());
        List<CodeId> shuffled = new ArrayList<>(inOrder);
        Collections.shuffle(shuffled, new Random(1));

        assertThat(shuffled).isNotEqualTo(inOrder);
        shuffled.sort(CodeOrder.INSTANCE);
        assertThat(shuffled).isEqualTo(inOrder);
    }

    @Property
    void anyTextIsAnIdOrRefused(@ForAll("texts") String text) {
        try {
            assertThat(CodeId.parse(text).text()).isEqualTo(text);
        } catch (InvalidRowException e) {
            assertThat(e).hasMessageStartingWith("status-codes id: " + text);
        }
    }

    /** Whatever code the reader of replies finds can be a row's id: otherwise no row could ever explain it. */
    @Property
    void everyCodeFoundCanBeARow(@ForAll("texts") String text) {
        ReplyCodes codes = ReplyCodes.in(text);

        assertThat(codes.enhanced())
                .allSatisfy(
                        code -> assertThat(CodeId.parse(code.text()).layer()).isEqualTo(Layer.EXACT));
        assertThat(codes.basic())
                .allSatisfy(
                        code -> assertThat(CodeId.parse(code.text()).layer()).isEqualTo(Layer.BASIC));
    }

    @Provide
    Arbitrary<String> texts() {
        return AnyEvents.texts();
    }
}
