package dev.rebound.classify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VendorTagsTest {

    private static String tags(String reply) {
        return ReplyCodes.in(reply).tags().stream().map(ReplyCodes.Found::text).collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "421 4.7.0 [TSS04] Messages from 192.0.2.1 temporarily deferred ~ TSS04",
                "550 5.7.1 Unfortunately, messages from [192.0.2.1] weren't sent (S3150). [HE1EUR01FT052.eop] ~ S3150",
                "550 5.7.708 Access denied, traffic not accepted from this IP. AS(7230) [VI1PR01.prod] ~ AS(7230)",
                "554- (RTR:BL)  http://postmaster.info.example ~ RTR:BL",
                "554 cmsmtp 192.0.2.3 blocked AUP#CXSNDR ~ AUP#CXSNDR",
                "550 5.1.1 Adresse invalide. OFR_416 [416] ~ OFR_416",
                "554 p3plibsmtp01 bizsmtp IB212. This message has been rejected ~ ''",
                "554 bizsmtp IB212 rejected ~ IB212",
                "550 SC-001 (COL004-MC1F9) Unfortunately ~ SC-001",
                "550 5.1.1 RCP-P1 https://www.example.com/postmaster ~ RCP-P1",
                "550 MI:SPF mx14,QMCowECpTE ~ MI:SPF",
                "550 5.1.1 RESOLVER.ADR.RecipNotFound; not found ~ RESOLVER.ADR.RecipNotFound",
                "432 4.3.2 STOREDRV.Deliver; recipient thread limit ~ STOREDRV.Deliver",
                "550 5.7.1 [internal] [oob] the recipient is invalid ~ internal oob",
                "[TSS04] and [TSS04] ~ TSS04",
                "550 5.1.1 User unknown ~ ''",
                "550 RFC 5321 MAIL FROM: Error in HELO ~ ''",
                "550 MX.EXAMPLE.COM says no ~ ''",
                "550 [192.0.2.1] (in reply to RCPT TO command) ~ ''",
            })
    void tagsAreKnownByTheirShape(String reply, String expected) {
        assertThat(tags(reply)).isEqualTo(expected);
    }

    @Test
    void theyHaveTheirPlace() {
        assertThat(ReplyCodes.in("421 4.7.0 [TSS04] later").tags())
                .containsExactly(new ReplyCodes.Found("TSS04", 11, false));
        assertThat(ReplyCodes.in(null).tags()).isEmpty();
    }

    @Test
    void fourAreNamedAtMost() {
        assertThat(tags("[TSS04] [TSS05] [TSS06] [TSS07] [TSS08]")).isEqualTo("TSS04 TSS05 TSS06 TSS07");
    }

    @Property
    void arbitraryTextIsNoTrouble(@ForAll String text) {
        assertThat(ReplyCodes.in(text).tags())
                .allSatisfy(tag -> assertThat(text.substring(tag.position())).startsWith(tag.text()));
    }
}
