package dev.rebound.classify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class ProvidersTest {

    private final Providers providers = Providers.shipped();

    @ParameterizedTest
    @CsvSource({
        "gmail-smtp-in.l.google.com, google",
        "google.com, google",
        "Gmail-Smtp-In.L.GOOGLE.com., google",
        "'  example-com.mail.protection.outlook.com ', microsoft",
        "mx.partner.outlook.cn, microsoft",
        "mta5.am0.yahoodns.net, yahoo",
        "mx.yahoo.co.jp, yahoojp",
        "mx.yahoo.com, yahoo",
        "me.com.akadns.net, apple"
    })
    void aHostBelongsToTheProviderOfItsLongestSuffix(String host, String provider) {
        assertThat(providers.of(host)).isEqualTo(provider);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                ".",
                "..",
                "com",
                "example.com",
                "notgoogle.com",
                "google.com.example.org",
                "192.0.2.1",
                "[192.0.2.1]",
                "google.com..",
                "google .com"
            })
    void otherHostsAreNobodys(String host) {
        assertThat(providers.of(host)).isNull();
    }

    @Test
    void everySuffixOfTheTableIsFoundBelowIt() {
        assertThat(ShippedTable.read("providers.tsv").rows()).isNotEmpty().allSatisfy((Map<String, String> row) -> {
            assertThat(providers.of(row.get("suffix"))).isEqualTo(row.get("provider"));
            assertThat(providers.of("mx1." + row.get("suffix"))).isEqualTo(row.get("provider"));
        });
    }

    @Property
    void anyTextIsSomebodysHostOrNobodys(@ForAll("texts") String text) {
        assertThat(providers.of(text)).isEqualTo(providers.of(text));
        assertThat(providers.of(text + ".google.com")).isEqualTo("google");
    }

    @Provide
    Arbitrary<String> texts() {
        return AnyEvents.texts();
    }
}
