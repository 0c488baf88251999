package dev.rebound.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.classify.AnyEvents;
import dev.rebound.classify.Classifier;
import dev.rebound.classify.ShippedCodes;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.schema.Outcome;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyTemplateTest {

    /** As a row of the statistics has it: masked, on one line, its beginning. */
    private static String template(String reply) {
        DeliveryEvent event = AnyEvents.plain()
                .setTenant("acme")
                .setOutcome(Outcome.BOUNCED)
                .setReply(reply)
                .build();
        return ReplyTemplate.of(Fact.of(event, Classifier.classify(event, ShippedCodes.table()), new byte[0])
                .reply());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "550 5.1.1 no such user | 550 5.1.1 no such user",
                "550-5.1.1 The email account | 550-5.1.1 The email account",
                "450 4.1.8 try again in 300 seconds | 450 4.1.8 try again in # seconds",
                "421 4.7.0 [TSS04] Messages from 192.0.2.1 deferred | 421 4.7.0 [TSS04] Messages from # deferred",
                "550 5.7.1 block list (S3140). | 550 5.7.1 block list (S3140).",
                "554 AUP#I-1310 | 554 AUP#I-1310",
                "host mx.example[192.0.2.1] said: 550 5.1.1 unknown | host mx.example[#] said: # # unknown",
                "451 4.3.0 <j***@example.com>: deferred | 451 4.3.0 <<address>>: deferred",
                "no codes at all | no codes at all",
                "192.0.2.1 is blocked | # is blocked",
                "450 4.7.1 Client host [2001:db8::af:1] rejected | 450 4.7.1 Client host [#] rejected",
                "451 at 12:30:59 | 451 at #"
            })
    void whatDiffersBecomesAMark(String reply, String template) {
        assertThat(ReplyTemplate.of(reply)).isEqualTo(template);
    }

    /** Each line: replies of one kind that differ in queue ids, hosts, addresses and times. */
    @ParameterizedTest
    @ValueSource(strings = {"""
                550-5.1.1 The email account that you tried to reach does not exist. Please try
                550-5.1.1 double-checking the recipient's email address for typos or
                550-5.1.1 unnecessary spaces. For more information, go to
                550 5.1.1  https://support.google.com/mail/?p=NoSuchUser ID - gsmtp""", """
                550-5.7.26 This mail has been blocked because the sender is unauthenticated.
                550-5.7.26 Gmail requires all senders to authenticate with either SPF or DKIM.
                550-5.7.26
                550-5.7.26  Authentication results:
                550-5.7.26  DKIM = did not pass
                550-5.7.26  SPF [example.com] with ip: [IP] = did not pass
                550-5.7.26
                550-5.7.26  For instructions on setting up authentication, go to
                550 5.7.26  https://support.google.com/mail/answer/81126#authentication ID - gsmtp""", """
                421-4.7.28 [IP      15] Our system has detected an unusual rate of
                421-4.7.28 unsolicited mail originating from your IP address. To protect our users
                421-4.7.28 from spam, mail sent from your IP address has been temporarily rate
                421 4.7.28 limited. Please visit https://support.google.com/mail/?p=UnsolicitedRateLimitError ID - gsmtp""", """
                550 5.7.1 Unfortunately, messages from [IP] weren't sent. Please contact your Internet service \
                provider since part of their network is on our block list (S3140). You can also refer your provider to \
                http://mail.live.com/mail/troubleshooting.aspx#errors. [ID.eop-EUR03.prod.protection.outlook.com TIME ID]""", """
                550 5.5.0 Requested action not taken: mailbox unavailable (S2017062302). \
                [ID.eop-EUR03.prod.protection.outlook.com TIME ID]""", """
                550 5.4.1 Recipient address rejected: Access denied. AS(201806281) \
                [ID.eop-EUR02.prod.protection.outlook.com TIME ID]""", """
                421 4.7.0 [TSS04] Messages from IP temporarily deferred due to unexpected volume or user complaints - \
                4.16.55.1; see https://postmaster.yahooinc.com/error-codes""", """
                554 30 Sorry, your message to ADDRESS cannot be delivered. This mailbox is disabled (554.30).""", """
                554 5.7.1 Service unavailable; Client host [IP] blocked using zen.spamhaus.org; \
                https://www.spamhaus.org/query/ip/IP"""})
    void repliesOfOneKindCollapse(String kind) {
        Set<String> templates = new TreeSet<>();
        for (String[] details : new String[][] {
            {"ffacd0b85a97d-3999c5e1d3csi1234567f8f.12", "192.0.2.1", "2026-03-01T12:00:00.000Z", "john@example.com"},
            {"4fb4d7f45d1cf-5e8170d1e2fsi98765a12.345", "203.0.113.254", "2025-11-30T01:59:07.123Z", "x@y.example"},
            {"AM6EUR05FT012", "198.51.100.99", "2026-10-10T20:20:20.202Z", "a.long.name.of.somebody@mail.example.org"},
            {"08DC39B5C6A1D2E3", "2001:db8:1f2e:abcd::c0de", "2026-10-10T20:20:20.202Z", "ü@example.net"}
        }) {
            templates.add(template(kind.replace("ID", details[0])
                    .replace("IP", details[1])
                    .replace("TIME", details[2])
                    .replace("ADDRESS", details[3])));
        }

        assertThat(templates).hasSize(1);
        assertThat(templates.iterator().next()).startsWith(kind.substring(0, 3)).hasSizeBetween(30, 240);
    }

    @Property(tries = 500)
    void templatesOfAnyReplyAreNoLongerThanTheirBound(@ForAll("texts") String reply) {
        String template = ReplyTemplate.of(reply);
        String beginning = ReplyTemplate.beginning(reply, 40);

        assertThat(reply).startsWith(beginning);
        assertThat(ReplyTemplate.of(beginning).length()).isLessThanOrEqualTo(40);
        if (template.length() <= 40) {
            assertThat(beginning).isEqualTo(reply);
        }
    }

    @net.jqwik.api.Provide
    net.jqwik.api.Arbitrary<String> texts() {
        return AnyFacts.texts();
    }
}
