package dev.rebound.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.event.ReplyText;
import dev.rebound.schema.ReplySource;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The ways in which fields of delivery reports are written. */
class ReportFieldsTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "rfc822; ann@example.net, ann@example.net",
                "RFC822;<ann@example.net>, ann@example.net",
                "<ann@example.net>, ann@example.net",
                "rfc822 ; ann@example.net (Ann), ann@example.net",
                "rfc822;@a.example:ann@example.net, ann@example.net",
                "'rfc822;@a.example,@b.example:ann@example.net', ann@example.net",
                "rfc822;ann+2Bnews@example.net, ann+news@example.net",
                "rfc822;ann+2bbob+3Dexample.org@example.net, ann+bob=example.org@example.net",
                "rfc822;ann+20@example.net, ann+20@example.net",
                "rfc822;ann+2B+news@example.net, ann+2B+news@example.net",
                "rfc822;b+2Bann=example.org@example.net, b+2Bann=example.org@example.net",
                "utf-8; j\\x{F6}rg@example.net, j\u00f6rg@example.net",
                "utf-8; j\\x{D800}rg@example.net, j\\x{D800}rg@example.net",
                "x-unix; |/bin/sort, |/bin/sort",
                "rfc822;, -",
                "rfc822; <>, -",
            })
    void addresses(String field, String expected) {
        assertThat(ReportedAddress.text(field)).isEqualTo(Optional.ofNullable(expected));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "dns; MX.example.net, mx.example.net, -",
                "dns;mx.example.net., mx.example.net, -",
                "mx.example.net, mx.example.net, -",
                "dns; mx.example.net:25, mx.example.net, -",
                "dns; mx.example.net (192.0.2.1), mx.example.net, 192.0.2.1",
                "dns; mx.example.net [192.0.2.1]:25, mx.example.net, 192.0.2.1",
                "'dns; mx.example.net. (2001:db8::1, the server of the domain)', mx.example.net, 2001:db8::1",
                "dns; [192.0.2.1], -, 192.0.2.1",
                "dns; [IPv6:2001:db8::1], -, 2001:db8::1",
                "192.0.2.1, -, 192.0.2.1",
                "dns; 2001:db8::1, -, 2001:db8::1",
                "dns; mx.example.net (cafe), mx.example.net, -",
                "dns;, -, -",
                "dns; ///, -, -",
            })
    void hosts(String field, String name, String address) {
        assertThat(ReportedHost.parse(field))
                .isEqualTo(new ReportedHost(Optional.ofNullable(name), Optional.ofNullable(address)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Mon, 5 Jan 2026 09:00:03 +0100 (CET) | 2026-01-05T08:00:03Z",
                "5 Jan 26 09:00 GMT | 2026-01-05T09:00:00Z",
                "Mon,5 Jan 2026 09:00:03 | 2026-01-05T09:00:03Z",
                "Mon, 05 January 2026 09:00:03 EST | 2026-01-05T14:00:03Z",
                "Mon, 5 Jan 98 09:00:60 -0000 | 1998-01-05T09:00:59Z",
                "Mon Jan  5 09:00:03 2026 | 2026-01-05T09:00:03Z",
                "Mon, 5-Jan-2026 09:00:03 -0230 | 2026-01-05T11:30:03Z",
            })
    void dates(String text, String expected) {
        assertThat(MailDate.parse(text)).contains(Instant.parse(expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "32 Jan 2026 09:00:00 +0000",
                "30 Feb 2026 09:00:00 +0000",
                "5 Foo 2026 09:00:00 +0000",
                "5 Jan 2026 25:00:00 +0000",
                "5 Jan 2026 09:00:00 +9900",
            })
    void noDates(String text) {
        assertThat(MailDate.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "smtp; 550 no, true, REMOTE",
        "SMTP; no code at all, true, REMOTE",
        "smtp; 550 no, false, UNKNOWN",
        "smtp; lost connection, false, LOCAL",
        "x-postfix; host said: 550 no, true, LOCAL",
        "X-Unix; exit 550, false, LOCAL",
        "550 no, true, UNKNOWN",
        "no route to 10.0.250.1, true, LOCAL",
        "smtp;, true, UNKNOWN",
    })
    void whoSpoke(String field, boolean remoteMta, ReplySource expected) {
        assertThat(Diagnostic.parse(field).source(remoteMta)).isEqualTo(expected);
    }

    @Test
    void aReplyIsCutBetweenCodePoints() {
        String emoji = "\ud83d\ude00";
        String reply = "x".repeat(ReplyText.MAX_BYTES - 2) + emoji;

        assertThat(ReplyText.cut(reply)).isEqualTo(new ReplyText("x".repeat(ReplyText.MAX_BYTES - 2), true));
        assertThat(ReplyText.cut("x" + emoji)).isEqualTo(new ReplyText("x" + emoji, false));
    }
}
