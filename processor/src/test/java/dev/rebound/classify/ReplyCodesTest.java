package dev.rebound.classify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.classify.ReplyCodes.Found;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

class ReplyCodesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "550 5.1.1 no such user                                | 5.1.1  | 550",
                "550-5.1.1 no such user                                | 5.1.1  | 550",
                "550 #5.1.1 no such user                               | 5.1.1  | 550",
                "550 (5.1.1) no such user                              | 5.1.1  | 550",
                "550 [5.1.1] no such user                              | 5.1.1  | 550",
                "550: 5.1.1: no such user                              | 5.1.1  | 550",
                "550 no such user (#5.1.1)                             | 5.1.1  | 550",
                "  550 5.1.1 indented                                  | 5.1.1  | 550",
                "550                                                   |        | 550",
                "550-                                                  |        | 550",
                "550 no such user                                      |        | 550",
                "421 4.7.0 [TSS04] Messages deferred                   | 4.7.0  | 421",
                "550 5.7.1 blocked (S3150) [x.outlook.com]             | 5.7.1  | 550",
                "5.1.10 null MX                                        | 5.1.10 |",
                "5.7.509 access denied                                 | 5.7.509|",
                "smtp; 550 5.1.1 user unknown                          | 5.1.1  | 550",
                "host mx.example.com said: 550 user unknown            |        | 550",
                "host said: '550 user unknown'                         |        | 550",
                "(reply: <550 user unknown>)                           |        | 550",
                "DSN 5.2.2 (mailbox full).                             | 5.2.2  |",
                "mailbox full, 5.2.2.                                  | 5.2.2  |",
                "error:552 5.2.2 full                                  | 5.2.2  | 552",
                "delivered as 250 2.0.0                                | 2.0.0  |",
            })
    void findsCodesWhereServersPutThem(String reply, String enhanced, String basic) {
        ReplyCodes codes = ReplyCodes.in(reply);

        assertThat(codes.enhanced()).extracting(Found::text).isEqualTo(listOf(enhanced));
        assertThat(codes.basic()).extracting(Found::text).isEqualTo(listOf(basic));
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                " ",
                "connection timed out",
                "from 127.0.0.1 to 5.1.1.1",
                "version 5.1.1a, 5.1.1_b, x5.1.1, _5.1.1",
                "café5.1.1, кот4.2.2",
                "3.1.1, 1.1.1, 6.1.1, 0.1.1",
                "5.01.1, 5.1.01, 5.00.0",
                "5.1234.1, 5.1.1234, 5..1, 5.1, 5.1., 5.",
                "wait 300 seconds, 450 messages, 550 of them",
                "order 5501, 0550, 55, x550, 550x",
                "650 nothing, 050 nothing",
                "at 192.550.5.1",
                "５５０ ５.１.１ in full-width digits"
            })
    void takesNothingElseForACode(String reply) {
        assertThat(ReplyCodes.in(reply)).isEqualTo(new ReplyCodes(List.of(), List.of(), List.of()));
    }

    @Test
    void aReplyOfManyLinesGivesEachCodeOnce() {
        ReplyCodes codes = ReplyCodes.in("550-5.1.1 The email account\r\n550-5.1.1 does not exist.\n550 5.1.1 gsmtp");

        assertThat(codes.enhanced()).containsExactly(new Found("5.1.1", 4, true));
        assertThat(codes.basic()).containsExactly(new Found("550", 0, true));
    }

    @Test
    void theCodeInItsProperPlaceComesBeforeAnEarlierOneInTheText() {
        ReplyCodes codes = ReplyCodes.in("see 5.7.1 (error:421 x)\n550 5.1.1 no such user");

        assertThat(codes.enhanced()).containsExactly(new Found("5.1.1", 28, true), new Found("5.7.1", 4, false));
        assertThat(codes.basic()).containsExactly(new Found("550", 24, true), new Found("421", 17, false));
    }

    @Test
    void anEarlierMentionMovesToTheProperPlace() {
        assertThat(ReplyCodes.in("see 5.1.1 :\n550 5.1.1 gone").enhanced())
                .containsExactly(new Found("5.1.1", 16, true));
    }

    @Test
    void keepsAFewCodesOfEachKind() {
        ReplyCodes codes = ReplyCodes.in(
                IntStream.range(100, 200).mapToObj(i -> (i + 300) + " 5.1." + i).collect(Collectors.joining("\n")));

        assertThat(codes.enhanced()).hasSize(8).first().isEqualTo(new Found("5.1.100", 4, true));
        assertThat(codes.basic()).hasSizeLessThanOrEqualTo(8).first().isEqualTo(new Found("400", 0, true));
    }

    @Test
    void readsUpToItsLimit() {
        String filler = "x".repeat(ReplyCodes.MAX_SCANNED - 10) + '\n';

        assertThat(ReplyCodes.in(filler + "550 5.1.1").basic()).hasSize(1);
        assertThat(ReplyCodes.in('x' + filler + "550 5.1.1").enhanced())
                .as("a code that ends at the limit")
                .isEmpty();
    }

    @Property
    void codesStandWhereTheySay(@ForAll("texts") String text) {
        ReplyCodes codes = ReplyCodes.in(text);

        assertThat(codes.enhanced()).allSatisfy(code -> {
            // The class may be left open: X.1.1.
            assertThat(text.startsWith(code.text().substring(1), code.position() + 1))
                    .isTrue();
            assertThat("Xx" + code.text().charAt(0)).contains(text.substring(code.position(), code.position() + 1));
            assertThat(code.text()).matches("[245]\\.(0|[1-9]\\d{0,2})\\.(0|[1-9]\\d{0,2})");
        });
        assertThat(codes.basic()).allSatisfy(code -> {
            assertThat(text.startsWith(code.text(), code.position())).isTrue();
            assertThat(code.text()).matches("[1-5]\\d\\d");
        });
        assertThat(Stream.of(codes.enhanced(), codes.basic())
                        .flatMap(List::stream)
                        .map(Found::text))
                .doesNotHaveDuplicates();
    }

    @Property(tries = 50)
    void nothingBehindTheLimitMatters(@ForAll("texts") String head, @ForAll("texts") String tail) {
        String scanned = (head + " ".repeat(ReplyCodes.MAX_SCANNED)).substring(0, ReplyCodes.MAX_SCANNED);

        assertThat(ReplyCodes.in(scanned + tail)).isEqualTo(ReplyCodes.in(scanned));
        assertThat(ReplyCodes.in(scanned + "\n550 5.1.1")).isEqualTo(ReplyCodes.in(scanned));
    }

    @Provide
    Arbitrary<String> texts() {
        return AnyEvents.texts();
    }

    private static List<String> listOf(String code) {
        return code == null ? List.of() : List.of(code);
    }
}
