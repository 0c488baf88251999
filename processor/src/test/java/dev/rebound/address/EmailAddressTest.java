package dev.rebound.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
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

class EmailAddressTest {

    @ParameterizedTest
    @CsvSource({
        "Ann@Example.NET, ann@example.net",
        "' <ann@example.net> ', ann@example.net",
        "a.n.n+news@example.net, a.n.n+news@example.net",
        "ann@example.net., ann@example.net",
        "ann@bücher.example, ann@xn--bcher-kva.example",
        "ann@BÜCHER.example, ann@xn--bcher-kva.example",
        "ann@[192.0.2.1], ann@[192.0.2.1]",
        "\"Ann Lee\"@example.net, \"ann lee\"@example.net",
        "ann@host, ann@host",
        "JÖRG@example.net, jÖrg@example.net",
    })
    void bringsAddressesIntoNormalForm(String text, String normalForm) throws InvalidAddressException {
        assertThat(EmailAddress.parse(text)).hasToString(normalForm);
    }

    @Test
    void composedAndDecomposedLettersAreTheSameLocalPart() throws InvalidAddressException {
        assertThat(EmailAddress.parse("jo\u0308rg@example.net")).isEqualTo(EmailAddress.parse("j\u00f6rg@example.net"));
    }

    /** Most addresses are recognised as normal at a glance: those in brackets never are. */
    @Property
    void aGlanceSeesWhatACloserLookSees(@ForAll("plainAddresses") String text) {
        assertThat(normalForm(text)).isEqualTo(normalForm('<' + text + '>'));
    }

    /** Empty when it is no address. */
    private static Optional<String> normalForm(String text) {
        try {
            return Optional.of(EmailAddress.parse(text).toString());
        } catch (InvalidAddressException e) {
            return Optional.empty();
        }
    }

    @Provide
    Arbitrary<String> plainAddresses() {
        return Arbitraries.strings().withChars("ab1._-+@ A\"").ofMaxLength(12);
    }

    @Test
    void theLastAtSignSeparates() throws InvalidAddressException {
        assertThat(EmailAddress.parse("\"a@b\"@example.net")).isEqualTo(new EmailAddress("\"a@b\"", "example.net"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "<>",
                "ann",
                "@example.net",
                "ann@",
                "a nn@example.net",
                "ann@exa mple.net",
                "ann@example..net",
                "ann@[]",
                "ann@[x y]",
                "ann@exa|mple.net",
                "a\u0000nn@example.net",
                "a\ud800nn@example.net",
            })
    void refusesWhatIsNoAddressWithoutRepeatingIt(String text) {
        assertThatThrownBy(() -> EmailAddress.parse(text))
                .isInstanceOf(InvalidAddressException.class)
                .satisfies(e -> assertThat(text.isBlank() || !e.getMessage().contains(text))
                        .isTrue());
    }

    @Test
    void refusesNull() {
        assertThatThrownBy(() -> EmailAddress.parse(null)).isInstanceOf(InvalidAddressException.class);
    }

    @Property(tries = 2_000)
    void anyTextGivesAnAddressOrTheOneException(@ForAll("texts") String text) {
        try {
            assertThat(EmailAddress.parse(text).domain()).isNotEmpty();
        } catch (InvalidAddressException e) {
            assertThat(e).hasMessageMatching("(address|domain).*");
        }
    }

    @Property(tries = 2_000)
    void theNormalFormIsItsOwnNormalForm(@ForAll("texts") String text) throws InvalidAddressException {
        EmailAddress first;
        try {
            first = EmailAddress.parse(text);
        } catch (InvalidAddressException e) {
            return;
        }
        assertThat(EmailAddress.parse(first.toString())).isEqualTo(first);
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> anything = Arbitraries.strings().ofMaxLength(40);
        Arbitrary<String> nearlyLocal = Arbitraries.strings()
                .withChars("abcXYZ019.+-_\"<>@ \u00e9\u00d6\u0308\u212b\u3000\u00a0\ud83d\ude00")
                .ofMaxLength(30);
        Arbitrary<String> nearlyDomain = Arbitraries.strings()
                .withChars("abcXYZ019.-_[]:\u00fc\u00df\u3002\uff0e\uff20\u00ad\u200d\u05d0\u0661")
                .ofMaxLength(30);
        Arbitrary<String> longDomain = Arbitraries.strings()
                .withChars("\u00fc\u4e2d")
                .ofMinLength(1)
                .ofMaxLength(12)
                .list()
                .ofMaxSize(12)
                .map(labels -> String.join(".", labels));
        Arbitrary<String> longLocal =
                Arbitraries.strings().withChars("a\u00e9\u212b").ofMaxLength(500);
        return Arbitraries.oneOf(
                anything,
                Combinators.combine(nearlyLocal, nearlyDomain).as((local, domain) -> local + "@" + domain),
                Combinators.combine(longLocal, longDomain).as((local, domain) -> local + "@" + domain),
                nearlyLocal.map(local -> "<" + local + "@example.net>"));
    }
}
