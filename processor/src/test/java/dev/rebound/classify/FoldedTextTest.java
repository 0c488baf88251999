package dev.rebound.classify;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoldedTextTest {

    /** Before a folded text it keeps what begins it from being a code; itself it is of no code and of no address. */
    private static final String NO_CODE = "(";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "User  UNKNOWN | user unknown",
                "550 5.1.1 User unknown | user unknown",
                "550-5.1.1 The account\\n550 5.1.1  does not exist | the account does not exist",
                "550-The account\\r\\n550 does not exist | the account does not exist",
                "5.1.1 user | 5.1.1 user",
                "5501 users | 5501 users",
                "smtp; 550 5.1.1 no | smtp; 550 5.1.1 no",
                "<john@example.com>: gone | {address}: gone",
                "user john.doe+x@mx.example.com. gone | user {address}. gone",
                "<a@b> and c@d | {address} and {address}",
                "to:<a@b> | to:{address}",
                "a @ b | a @ b",
                "@b | @b",
                "a@\u2010b | {address}",
                "don’t “quote” | don't \"quote\"",
                "Почтовый ЯЩИК | почтовый ящик",
            })
    void foldsWhatDoesNotMatter(String text, String folded) {
        assertThat(FoldedText.of(text.replace("\\n", "\n").replace("\\r", "\r")))
                .isEqualTo(folded);
    }

    @Test
    void nothingIsTheEmptyText() {
        assertThat(FoldedText.of(null)).isEmpty();
        assertThat(FoldedText.of(" \n ")).isEmpty();
    }

    @Property
    void foldingAgainChangesNothingButCodes(@ForAll String text) {
        String once = FoldedText.of(text);

        assertThat(once).doesNotContain("  ", "\n");
        assertThat(FoldedText.of(NO_CODE + once)).isEqualTo(NO_CODE + once);
    }

    @Test
    void aLongTextIsCut() {
        assertThat(FoldedText.of("a@".repeat(100_000)).length()).isLessThan(ReplyCodes.MAX_SCANNED * 6);
    }

    @Test
    void oneObjectFoldsOneTextAfterTheOther() {
        FoldedText text = new FoldedText();
        for (String fragment : new String[] {"a@b ", "a@b,", "<a@b>", "@", "a@b@c", "\n550 a@b"}) {
            text.fold(fragment.repeat(30_000));
            assertThat(text.length()).isPositive();
            text.fold("User@example.com UNKNOWN");
            assertThat(text).hasToString("{address} unknown").hasSize(17);
            assertThat(text.subSequence(10, 17)).isEqualTo("unknown");
        }
    }
}
