package dev.rebound.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressMaskTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '\u0001',
            value = {
                "john@example.com~j***@example.com",
                "to <john.doe+tag@example.com>, 550 5.1.1~to <j***@example.com>, 550 5.1.1",
                "default|john@example.com~d***@example.com",
                "a@b.example and c@d.example~***@b.example and ***@d.example",
                "\"john doe\"@example.com~***@example.com",
                "\"john@work\"@example.com~\"j***@work***@example.com",
                "jürgen@bücher.example~j***@bücher.example",
                "root@localhost~r***@localhost",
                "john@[192.0.2.1]~j***@[192.0.2.1]",
                "mailto:john@example.com?subject=x~mailto:j***@example.com?subject=x",
                "o'brien@example.com~o***@example.com",
                "john@cafe.example~j***@cafe.example",
                "john@decade~j***@decade",
                "x=john@example.com@again.example~x***@e***@again.example",
            })
    void hidesWhoItIs(String text, String masked) {
        assertThat(AddressMask.mask(text)).isEqualTo(masked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nothing to hide",
                "@Override at @ or foo@ bar",
                "dev.rebound.app.ReboundApp@1f2e3d4c",
                "dev.rebound.App$$Lambda$14/0x0000@ff, next",
            })
    void leavesTheRestAlone(String text) {
        assertThat(AddressMask.mask(text)).isSameAs(text);
    }

    @Test
    void nothingStaysNothing() {
        assertThat(AddressMask.mask(null)).isNull();
    }

    @Property
    void noLocalPartIsLeft(
            @ForAll("words") String before, @ForAll("locals") String local, @ForAll("words") String after) {
        String masked = AddressMask.mask(before + local + "@example.com" + after);

        assertThat(masked).doesNotContain(local + "@example.com").contains("***@e");
    }

    @Provide
    Arbitrary<String> words() {
        return Arbitraries.strings().withChars(" <>()[]{}:;,.\"'|@ab1\n\\").ofMaxLength(20);
    }

    @Provide
    Arbitrary<String> locals() {
        return Combinators.combine(
                        Arbitraries.strings().alpha().ofMinLength(2).ofMaxLength(5),
                        Arbitraries.strings().withChars("abcXYZ019._+-").ofMaxLength(20))
                .as(String::concat);
    }

    /** Ten times the text takes about ten times as long; in quadratic time these would take minutes. */
    @ParameterizedTest
    @ValueSource(strings = {"@", "a@b", "A@1 ", "\"", "\"a\"@b", "aaaaaaaaaaaaaaaa", "a.A@f", "@f", "\\\"@x"})
    void hostileTextsTakeLinearTime(String part) {
        String text = part.repeat(2_000_000 / part.length()) + "@";

        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> AddressMask.mask(text));
    }
}
