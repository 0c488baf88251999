package dev.rebound.suppress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rebound.event.Tenants;
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

class SuppressionListTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "null, null, *",
                "acme, null, acme",
                "acme, news, acme/news",
                "a/b, c/d, a%2Fb/c%2Fd",
                "*, null, %2A",
                "*, *, %2A/*",
                "50%, 100%, 50%25/100%25",
                "acme, a|b, acme/a%7Cb",
                "acme, two words, acme/two%20words",
                "a+b, c+%, a+b/c+%25",
                "größe, 新聞, größe/新聞"
            })
    void aListIsWrittenSo(String tenant, String stream, String text) {
        SuppressionList list = new SuppressionList(tenant, stream);

        assertThat(list.text()).isEqualTo(text);
        assertThat(list).hasToString(text);
        assertThat(SuppressionList.parse(text)).isEqualTo(list);
    }

    @Property
    void everyListIsReadAsItIsWritten(@ForAll("lists") SuppressionList list) {
        assertThat(list.text()).doesNotContain("|", " ");
        assertThat(SuppressionList.parse(list.text())).isEqualTo(list);
    }

    @Property
    void differentListsAreWrittenDifferently(
            @ForAll("lists") SuppressionList one, @ForAll("lists") SuppressionList other) {
        assertThat(one.text().equals(other.text())).isEqualTo(one.equals(other));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/news",
                "acme/",
                "acme|news",
                "acme/a|b",
                "two words",
                "*/news",
                "%7C",
                "%20",
                "acme%",
                "acme/%2",
                "acme/%zz",
                "someone@example.com %"
            })
    void whatIsNoListIsRefusedWithoutRepeatingIt(String text) {
        assertThatThrownBy(() -> SuppressionList.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("list: ")
                .hasMessageNotContaining("someone");
    }

    @Test
    void aTenantNameThatIsNoneIsRefused() {
        assertThatThrownBy(() -> SuppressionList.of("x".repeat(Tenants.MAX_LENGTH + 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tenant");
        assertThatThrownBy(() -> new SuppressionList(null, "news")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SuppressionList("acme", "")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theListOfAStreamIsWithinThatOfItsTenant() {
        SuppressionList tenant = SuppressionList.of("acme");

        assertThat(new SuppressionList("acme", "news").wholeTenant()).isEqualTo(tenant);
        assertThat(tenant.wholeTenant()).isSameAs(tenant);
        assertThat(SuppressionList.ALL.wholeTenant()).isSameAs(SuppressionList.ALL);
    }

    private static boolean isText(String text) {
        return text.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE);
    }

    @Provide
    Arbitrary<SuppressionList> lists() {
        return anyLists();
    }

    /** All tenants' list and lists with names made of what could be taken for something else. */
    static Arbitrary<SuppressionList> anyLists() {
        Arbitrary<String> names = Arbitraries.oneOf(
                Arbitraries.strings().withChars("a/%*|+2A ").ofMinLength(1).ofMaxLength(4),
                Arbitraries.strings().all().ofMinLength(1).ofMaxLength(8).filter(SuppressionListTest::isText));
        return Combinators.combine(names.filter(Tenants::isValid).injectNull(0.1), names.injectNull(0.3))
                .as((tenant, stream) -> new SuppressionList(tenant, tenant == null ? null : stream));
    }
}
