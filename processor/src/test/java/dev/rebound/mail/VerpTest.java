package dev.rebound.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rebound.address.EmailAddress;
import dev.rebound.address.InvalidAddressException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerpTest {

    private static final String FORMAT = "bounce+{recipient}+{date}+{signature}@bounces.example.com";
    private static final String WITH_ID = "b+{id}+{recipient}+{date}+{signature}@bounces.example.com";
    private static final String KEY = "correct horse battery staple";
    private static final LocalDate DAY = LocalDate.of(2026, 11, 25);

    private final Verp verp = new Verp(FORMAT, KEY, 30);

    @Test
    void readsWhatItSigned() throws Exception {
        assertThat(verp.check(verp.sign("Kim@Example.org", null, DAY), DAY))
                .isEqualTo(new Verp.Valid("kim@example.org", Optional.empty(), DAY));
        Verp withId = new Verp(WITH_ID, KEY, 30);
        assertThat(withId.check(withId.sign("kim@example.org", "<N 1@x>", DAY), DAY))
                .isEqualTo(new Verp.Valid("kim@example.org", Optional.of("<N 1@x>"), DAY));
    }

    @Test
    void countsUntilItIsTooOld() throws Exception {
        String address = verp.sign("kim@example.org", null, DAY);

        assertThat(verp.check(address, DAY.plusDays(30))).isInstanceOf(Verp.Valid.class);
        assertThat(verp.check(address, DAY.plusDays(31))).isEqualTo(new Verp.Refused(Verp.Refusal.EXPIRED));
        assertThat(verp.check(address, DAY.minusDays(1))).isInstanceOf(Verp.Valid.class);
        assertThat(verp.check(address, DAY.minusDays(2))).isEqualTo(new Verp.Refused(Verp.Refusal.FUTURE));
        assertThat(new Verp(FORMAT, KEY, 0).check(address, DAY.plusYears(50))).isInstanceOf(Verp.Valid.class);
    }

    @Test
    void anotherKeyOrFormatIsRefused() throws Exception {
        String address = verp.sign("kim@example.org", null, DAY);

        assertThat(new Verp(FORMAT, "another key of mine", 30).check(address, DAY))
                .isEqualTo(new Verp.Refused(Verp.Refusal.WRONG_SIGNATURE));
        assertThat(new Verp(FORMAT.replace("example.com", "example.net"), KEY, 30).check(address, DAY))
                .isEqualTo(new Verp.Refused(Verp.Refusal.OTHER_FORMAT));
        assertThat(new Verp("{recipient}-{date}-{signature}@example.com", KEY, 30)
                        .check("kim=example.org-20261125-aaaaaaaaaaaaaaaa@example.com", DAY))
                .isEqualTo(new Verp.Refused(Verp.Refusal.WRONG_SIGNATURE));
    }

    @Test
    void aRecipientThatLooksLikeTheRestIsNoTrouble() throws Exception {
        Verp dashes = new Verp("x-{recipient}-{date}-{signature}@example.com", KEY, 30);
        String recipient = "a-20261125-aaaaaaaaaaaaaaaa@example-20261125-bbbbbbbbbbbbbbbb.org";

        assertThat(dashes.check(dashes.sign(recipient, null, DAY), DAY))
                .isEqualTo(new Verp.Valid(recipient, Optional.empty(), DAY));
    }

    @Test
    void findsTheAddressAmongOthers() throws Exception {
        String address = verp.sign("kim@example.org", null, DAY);
        String forged = address.replace("kim", "lee");

        assertThat(verp.deliveredTo(header("To: a@example.net, \"B\" <" + address.toUpperCase(Locale.ROOT) + ">"), DAY))
                .contains(new Verp.Valid("kim@example.org", Optional.empty(), DAY));
        assertThat(verp.deliveredTo(header("To: " + forged + "\nDelivered-To: " + address), DAY))
                .contains(new Verp.Valid("kim@example.org", Optional.empty(), DAY));
        assertThat(verp.deliveredTo(header("To: <" + forged + ">"), DAY))
                .contains(new Verp.Refused(Verp.Refusal.WRONG_SIGNATURE));
        assertThat(verp.deliveredTo(header("To: a@example.net\nSubject: " + address), DAY))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bounce+{recipient}+{date}+{signature} | it has no @",
                "bounce+{recipient}+{date}@example.com | it needs {recipient}, {date} and {signature}",
                "bounce+{recipient}+{date}+{signature}@ | no domain",
                "bounce+{recipient}+{date}+{signature}@{id}.example.com | no domain",
                "{recipient}{date}+{signature}@example.com | something is needed between",
                "{id}-{recipient}+{date}+{signature}@example.com | with {id}, + or # is needed",
                "{date}+{recipient}+{date}+{signature}@example.com | {date} is there twice",
                "b {recipient}+{date}+{signature}@example.com | more than letters",
                "{recipent}+{date}+{signature}@example.com | {recipent} is no placeholder",
            })
    void refusesAFormatThatCannotBeRead(String format, String why) {
        assertThatThrownBy(() -> new Verp(format, KEY, 30))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why)
                .hasMessageContaining("expected such as");
    }

    @Test
    void refusesWhatItCannotSign() {
        assertThatThrownBy(() -> new Verp(FORMAT, "s3cret", 30))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 16")
                .hasMessageNotContaining("s3cret");
        assertThatThrownBy(() -> verp.sign("nobody", null, DAY)).isInstanceOf(InvalidAddressException.class);
        assertThatThrownBy(() -> verp.sign("a@example.net", "1", DAY)).hasMessageContaining("has no {id}");
        assertThatThrownBy(() -> new Verp(WITH_ID, KEY, 30).sign("a@example.net", null, DAY))
                .hasMessageContaining("give one");
    }

    @Property(tries = 2_000)
    void anyAddressComesBackWhateverBecomesOfItsLetterCase(
            @ForAll("addresses") String recipient, @ForAll @NotEmpty String id, @ForAll boolean upper)
            throws InvalidAddressException {
        String normal = normal(recipient);
        Assume.that(normal != null);
        String whole = new String(id.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        Verp withId = new Verp(WITH_ID, KEY, 30);

        String address = withId.sign(recipient, whole, DAY);

        assertThat(withId.check(upper ? address.toUpperCase(Locale.ROOT) : address, DAY))
                .isEqualTo(new Verp.Valid(normal, Optional.of(whole), DAY));
        assertThat(ReportedAddress.isUsable(address) || address.length() > EmailAddress.MAX_LENGTH)
                .isTrue();
    }

    @Property(tries = 2_000)
    void anyChangeIsRefused(
            @ForAll("addresses") String recipient,
            @ForAll @IntRange(max = 10_000) int place,
            @ForAll("characters") char other)
            throws InvalidAddressException {
        Assume.that(normal(recipient) != null);
        String address = verp.sign(recipient, null, DAY);
        int at = place % address.length();
        Assume.that(other != address.charAt(at));
        String changed = address.substring(0, at) + other + address.substring(at + 1);

        assertThat(verp.check(changed, DAY)).isInstanceOf(Verp.Refused.class);
    }

    @Property
    void anyTextIsRefused(@ForAll String text) {
        assertThat(verp.check(text, DAY)).isInstanceOf(Verp.Refused.class);
    }

    @Provide
    Arbitrary<Character> characters() {
        return Arbitraries.chars().with("abcdefghijklmnopqrstuvwxyz234567890.-_=+@");
    }

    @Provide
    Arbitrary<String> addresses() {
        Arbitrary<String> local = Arbitraries.strings()
                .withChars("abcXYZ019.+-=_%!\"@ \u00e9\u00d6\ud83d\ude00")
                .ofMinLength(1)
                .ofMaxLength(30);
        Arbitrary<String> domain =
                Arbitraries.of("example.org", "b\u00fccher.example", "a_b.example.net", "[192.0.2.1]", "EXAMPLE.com.");
        return Combinators.combine(local, domain, Arbitraries.of(true, false))
                .as((name, host, quoted) -> (quoted ? "\"" + name + "\"" : name) + "@" + host);
    }

    private static String normal(String address) {
        try {
            return EmailAddress.parse(address).toString();
        } catch (InvalidAddressException e) {
            return null;
        }
    }

    private static HeaderFields header(String text) {
        return HeaderFields.ofHeader(text.getBytes(StandardCharsets.UTF_8));
    }
}
