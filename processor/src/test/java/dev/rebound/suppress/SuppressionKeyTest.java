package dev.rebound.suppress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rebound.address.InvalidAddressException;
import dev.rebound.classify.AnyEvents;
import dev.rebound.event.EventKey;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SuppressionKeyTest {

    private static final String STAND_IN = SuppressionKey.HASH + "0123456789abcdef".repeat(4);

    @Property
    void everyKeyIsReadAsItIsWritten(@ForAll("lists") SuppressionList list, @ForAll("addresses") String address) {
        SuppressionKey key = new SuppressionKey(list, address);

        assertThat(SuppressionKey.parse(key.text())).isEqualTo(key);
        assertThat(new String(key.bytes(), StandardCharsets.UTF_8)).isEqualTo(key.text());
    }

    @ParameterizedTest
    @CsvSource({
        "Someone@Example.COM, someone@example.com",
        "<someone@example.com>, someone@example.com",
        "a|b@example.com, a|b@example.com",
        "someone@münchen.de, someone@xn--mnchen-3ya.de",
        "@Example.COM, @example.com",
        "@münchen.de., @xn--mnchen-3ya.de"
    })
    void anAddressOrDomainIsPutInNormalForm(String written, String normal) throws InvalidAddressException {
        SuppressionKey key = SuppressionKey.of(SuppressionList.of("acme"), written);

        assertThat(key.text()).isEqualTo("acme|" + normal);
        assertThat(SuppressionKey.parse(key.text())).isEqualTo(key);
    }

    @Test
    void aStandInStaysAsItIs() throws InvalidAddressException {
        assertThat(SuppressionKey.normalised(STAND_IN)).isEqualTo(STAND_IN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "someone",
                "@",
                "@someone@example.com",
                "@some one.example",
                "hash:someone",
                "hash:0123456789ABCDEF",
                "some one@example.com"
            })
    void whatIsNoAddressIsRefusedWithoutRepeatingIt(String text) {
        assertThatThrownBy(() -> SuppressionKey.of(SuppressionList.ALL, text))
                .isInstanceOf(InvalidAddressException.class)
                .hasMessageNotContaining(text)
                .hasMessageNotContaining("someone");
        assertThatThrownBy(() -> SuppressionKey.normalised(null)).isInstanceOf(InvalidAddressException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"someone@example.com", "acme|", "|someone@example.com", "*/x|someone@example.com"})
    void whatIsNoKeyIsRefusedWithoutRepeatingIt(String text) {
        assertThatThrownBy(() -> SuppressionKey.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("someone");
    }

    @ParameterizedTest
    @CsvSource({
        "someone@example.com, false, false",
        "@example.com, true, false",
        "hash:someone@example.com, false, false"
    })
    void anAddressIsToldFromADomainAndFromAStandIn(String address, boolean domain, boolean erased)
            throws InvalidAddressException {
        SuppressionKey key = SuppressionKey.of(SuppressionList.ALL, address);

        assertThat(key.isDomain()).isEqualTo(domain);
        assertThat(key.isErased()).isEqualTo(erased);
        assertThat(new SuppressionKey(SuppressionList.ALL, STAND_IN).isErased()).isTrue();
        assertThat(new SuppressionKey(SuppressionList.ALL, "@a@example.com").isDomain())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"acme", "a/b", "*", "50%", "größe"})
    void allListsOfATenantAreWhereItsEventsAre(String tenant) throws Exception {
        byte[] events = EventKey.of(AnyEvents.plain()
                .setTenant(tenant)
                .setRecipient("Someone@Example.com")
                .build());

        for (String stream : new String[] {null, "news", "a/b"}) {
            assertThat(SuppressionKey.of(new SuppressionList(tenant, stream), "someone@example.com")
                            .home())
                    .isEqualTo(events);
        }
    }

    @Test
    void theListOfAllTenantsHasAHomeOfItsOwn() {
        assertThat(SuppressionKey.parse("*|someone@example.com").home())
                .isEqualTo("*|someone@example.com".getBytes(StandardCharsets.UTF_8))
                .isEqualTo(SuppressionKey.home(null, "someone@example.com"));
    }

    @Provide
    Arbitrary<SuppressionList> lists() {
        return SuppressionListTest.anyLists();
    }

    @Provide
    Arbitrary<String> addresses() {
        return Arbitraries.of(
                "someone@example.com",
                "a|b@example.com",
                "\"a b\"@example.com",
                "größe@example.com",
                "@example.com",
                STAND_IN);
    }
}
