package dev.rebound.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rebound.address.InvalidAddressException;
import dev.rebound.event.ReplyText;
import dev.rebound.schema.Correlation;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.schema.Outcome;
import dev.rebound.schema.ReplySource;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DsnReaderTest {

    private static final Instant NOW = Instant.parse("2026-02-01T00:00:00Z");
    private static final List<String> SAMPLES = List.of(
            "postfix-user-unknown.eml",
            "disorder.eml",
            "several-recipients.eml",
            "internationalised.eml",
            "exchange-like.eml",
            "stranded-parts.eml",
            "complaint.eml",
            "arf-disorder.eml",
            "arf-in-text.eml",
            "arf-junk-mail-reporting.eml",
            "arf-notification-service.eml",
            "quoted-report.eml");

    private static final Verp VERP =
            new Verp("b+{recipient}+{date}+{signature}@bounces.example.com", "correct horse battery staple", 30);

    private final DsnReader reader = new DsnReader("acme", Correlation.ASSERTED, Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void readsEveryField() {
        assertThat(only("postfix-user-unknown.eml"))
                .isEqualTo(DeliveryEvent.newBuilder()
                        .setEventId(only("postfix-user-unknown.eml").getEventId())
                        .setEventTime(Instant.parse("2026-01-05T09:00:03Z"))
                        .setReceivedAt(NOW)
                        .setQueuedAt(Instant.parse("2026-01-05T09:00:00Z"))
                        .setTenant("acme")
                        .setMessageId("n1@sender.example.com")
                        .setRecipient("Nobody@Example.net")
                        .setOriginalRecipient("Nobody@Example.net")
                        .setFinalRecipient("nobody@example.net")
                        .setSender("news@sender.example.com")
                        .setFromDomain("sender.example.com")
                        .setOutcome(Outcome.BOUNCED)
                        .setCorrelation(Correlation.ASSERTED)
                        .setReply("550-5.1.1 There is no mailbox of that name 550 5.1.1 at this domain")
                        .setReplySource(ReplySource.REMOTE)
                        .setStatus("5.1.1")
                        .setAction("failed")
                        .setDiagnosticType("smtp")
                        .setRemoteHost("mx.example.net")
                        .setReportingMta("mta1.sender.example.com")
                        .setIngestSource("dsn")
                        .setSourceRef("postfix-user-unknown.eml#1")
                        .build());
    }

    @Test
    void readsADelay() {
        DeliveryEvent event = only("exim-greylisted.eml");

        assertThat(event.getOutcome()).isEqualTo(Outcome.DEFERRED);
        assertThat(event.getEventTime()).isEqualTo(Instant.parse("2026-01-06T09:00:00Z"));
        assertThat(event.getMessageId()).isEqualTo("n2@sender.example.com");
        assertThat(event.getQueuedAt()).isNull();
    }

    @Test
    void readsExchangesWaysOfWriting() {
        DeliveryEvent event = only("exchange-like.eml");

        assertThat(event.getAction()).isEqualTo("failed");
        assertThat(event.getStatus()).isEqualTo("5.2.2");
        assertThat(event.getReply()).isEqualTo("554 5.2.2 mailbox full, as its owner knows");
        assertThat(event.getReplySource()).isEqualTo(ReplySource.UNKNOWN);
        assertThat(event.getReportingMta()).isEqualTo("exch01.corp.example.com");
    }

    @Test
    void readsSeveralRecipients() {
        List<DeliveryEvent> events = report("several-recipients.eml").events();

        assertThat(events)
                .extracting(DeliveryEvent::getRecipient, DeliveryEvent::getOutcome, DeliveryEvent::getEventTime)
                .containsExactly(
                        tuple("one@example.net", Outcome.BOUNCED, "2026-01-08T11:30:00Z"),
                        tuple("two@example.org", Outcome.DEFERRED, "2026-01-08T12:00:00Z"),
                        tuple("three@example.com", Outcome.DELIVERED, "2026-01-08T12:00:00Z"));
        assertThat(events).extracting(DeliveryEvent::getEventId).doesNotHaveDuplicates();
        assertThat(events).extracting(DeliveryEvent::getSourceRef).endsWith("several-recipients.eml#3");
    }

    @Test
    void readsADelivery() {
        DeliveryEvent event = only("delivered.eml");

        assertThat(event.getOutcome()).isEqualTo(Outcome.DELIVERED);
        assertThat(event.getRemoteHost()).isEqualTo("mx.example.net");
        assertThat(event.getRemoteAddress()).isEqualTo("192.0.2.10");
    }

    @Test
    void aFailureAfterTheLastAttemptIsExpired() {
        DeliveryEvent event = only("expired.eml");

        assertThat(event.getOutcome()).isEqualTo(Outcome.EXPIRED);
        assertThat(event.getRecipient()).isEqualTo("away@example.org");
        assertThat(event.getRemoteHost()).isNull();
        assertThat(event.getRemoteAddress()).isEqualTo("192.0.2.77");
        assertThat(event.getEventTime()).isEqualTo(Instant.parse("2026-01-10T16:59:00Z"));
    }

    @Test
    void readsInternationalisedAddresses() {
        DeliveryEvent event = only("internationalised.eml");

        assertThat(event.getRecipient()).isEqualTo("j\u00f6rg@b\u00fccher.example");
        assertThat(event.getFinalRecipient()).isEqualTo(event.getOriginalRecipient());
        assertThat(event.getReply()).endsWith("j\u00f6rg");
    }

    @Test
    void readsDisorderAndCountsWhatItCannotRead() {
        MailReading.Report report = report("disorder.eml");

        assertThat(report.refused()).containsExactly(new MailReading.RefusedBlock(2, SetAsideReason.NO_ADDRESS));
        DeliveryEvent first = report.events().get(0);
        assertThat(first.getRecipient()).isEqualTo("odd+tag@example.net");
        assertThat(first.getStatus()).isEqualTo("5.7.1");
        assertThat(first.getAction()).isEqualTo("failed");
        assertThat(first.getReply()).isEqualTo("refused by a filter that has no name");
        assertThat(first.getReplySource()).isEqualTo(ReplySource.LOCAL);
        assertThat(first.getSender()).isEmpty();
        assertThat(first.getEventTime()).isEqualTo(Instant.parse("2026-01-12T13:14:00Z"));
        DeliveryEvent last = report.events().get(1);
        assertThat(last.getRecipient()).isEqualTo("last@example.net");
        assertThat(last.getAction()).isEqualTo("something-new");
        assertThat(last.getOutcome()).isEqualTo(Outcome.DEFERRED);
    }

    @Test
    void theOnlyRecipientOfTheMessageStandsInForALocalOne() {
        DeliveryEvent event = only("local-user.eml");

        assertThat(event.getRecipient()).isEqualTo("ann@example.com");
        assertThat(event.getFinalRecipient()).isEqualTo("|/usr/local/bin/sort-mail");
        assertThat(event.getReportingMta()).isNull();
    }

    @Test
    void findsAReportWhoseMailLostItsHeader() {
        assertThat(only("stranded-parts.eml").getRecipient()).isEqualTo("lost@example.net");
    }

    @Test
    void theSignedAddressThatAReportCameToTellsWhoWasMailed() throws Exception {
        DeliveryEvent event = ((MailReading.Report)
                        signedTo("kim@example.org", "expired.eml", "news@sender.example.com"))
                .events()
                .get(0);

        assertThat(event.getRecipient()).isEqualTo("kim@example.org");
        assertThat(event.getFinalRecipient()).isEqualTo("away@example.org");
        assertThat(event.getCorrelation()).isEqualTo(Correlation.VERIFIED);
    }

    @Test
    void ofSeveralRecipientsOnlyTheSignedOneIsVerified() throws Exception {
        MailReading reading = signedTo("Two@example.org", "several-recipients.eml", "news@sender.example.com");

        assertThat(((MailReading.Report) reading).events())
                .extracting(DeliveryEvent::getRecipient, DeliveryEvent::getCorrelation)
                .containsExactly(
                        Tuple.tuple("one@example.net", Correlation.ASSERTED),
                        Tuple.tuple("two@example.org", Correlation.VERIFIED),
                        Tuple.tuple("three@example.com", Correlation.ASSERTED));
    }

    @Test
    void anAddressSignedTooLongAgoTellsNothing() throws Exception {
        DeliveryEvent event = ((MailReading.Report) new DsnReader(
                                "acme",
                                Correlation.NONE,
                                Clock.fixed(NOW.plus(Duration.ofDays(31)), ZoneOffset.UTC),
                                Optional.of(VERP))
                        .read(withTo("kim@example.org", "expired.eml", "news@sender.example.com"), "x"))
                .events()
                .get(0);

        assertThat(event.getRecipient()).isEqualTo("away@example.org");
        assertThat(event.getCorrelation()).isEqualTo(Correlation.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "arf-not-spam.eml, NOT_SPAM",
        "arf-auth-failure.eml, AUTHENTICATION_REPORT",
        "arf-virus.eml, VIRUS_REPORT",
        "arf-opt-out.eml, OPT_OUT_REPORT",
        "arf-other.eml, OTHER_FEEDBACK",
        "arf-redacted.eml, NO_COMPLAINT_RECIPIENT",
        "vacation.eml, AUTOMATIC_REPLY",
        "kind-away.eml, AUTOMATIC_REPLY",
        "kind-moved.eml, AUTOMATIC_REPLY",
        "kind-challenge.eml, CHALLENGE",
        "kind-receipt.eml, DISPOSITION_NOTIFICATION",
        "kind-unsubscribe.eml, SUBSCRIPTION",
        "kind-list-manager.eml, SUBSCRIPTION",
        "kind-aggregate-report.eml, AGGREGATE_REPORT",
        "kind-ordinary.eml, ORDINARY_MAIL",
        "read-receipt.eml, DISPOSITION_NOTIFICATION",
        "no-recipient.eml, NO_RECIPIENT_BLOCK",
        "no-verdict.eml, NO_VERDICT",
    })
    void setsOtherMailsAside(String name, SetAsideReason reason) {
        assertThat(read(name)).isInstanceOfSatisfying(MailReading.NotRead.class, notRead -> assertThat(notRead.reason())
                .isEqualTo(reason));
    }

    @ParameterizedTest
    @CsvSource({
        "'Original-Recipient: rfc822;first@example.net', 'To: second@example.net', first@example.net",
        "'X-Nothing: x', 'To: second@example.net', second@example.net",
        "'X-Nothing: x', 'To: a@example.net, b@example.net\nX-Rcpt-To: second@example.net', second@example.net",
        "'X-Nothing: x', 'To: news@sender.example.com', third@example.net",
        "'X-Nothing: x', 'Subject: Things of this week', third@example.net"
    })
    void tellsWhoWasMailedByTheSurestPlace(String field, String returned, String recipient) {
        String mail = "From: MAILER-DAEMON@mx.example.net\nTo: news@sender.example.com\n"
                + "Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\n"
                + "Reporting-MTA: dns; mx.example.net\n\n" + field + "\nX-Actual-Recipient: rfc822; third@example.net\n"
                + "Action: failed\nStatus: 5.1.1\n\n--b\nContent-Type: text/rfc822-headers\n\n"
                + "From: news@sender.example.com\n" + returned + "\n\n--b--\n";

        assertThat(((MailReading.Report) reader.read(mail.getBytes(StandardCharsets.US_ASCII), "x")).events())
                .extracting(DeliveryEvent::getRecipient)
                .containsExactly(recipient);
    }

    @Test
    void fieldsThatAreThereTwiceAreOneRecipient() {
        String mail = "From: MAILER-DAEMON@mx.example.net\nContent-Type: message/delivery-status\n\n"
                + "Reporting-MTA: dns; mx.example.net\nReporting-MTA: dns; localhost\n\n"
                + "Final-Recipient: rfc822; a@example.net\nFinal-Recipient: rfc822; a@example.net\n"
                + "Action: failed\nAction: failed\nStatus: 5.1.1\nStatus: 5.0.0\n";

        assertThat(((MailReading.Report) reader.read(mail.getBytes(StandardCharsets.US_ASCII), "x")).events())
                .singleElement()
                .satisfies(event -> assertThat(event.getStatus()).isEqualTo("5.1.1"));
    }

    @Test
    void readsAReportThatSomebodyForwards() {
        assertThat(only("quoted-report.eml").getRecipient()).isEqualTo("bob@example.net");
    }

    @Test
    void saysOfFreeTextThatItIs() {
        DeliveryEvent event = only("free-text.eml");

        assertThat(event.getRecipient()).isEqualTo("somebody@example.net");
        assertThat(event.getOutcome()).isEqualTo(Outcome.BOUNCED);
        assertThat(event.getReply()).contains("does not live here (#5.1.1)");
        assertThat(event.getSourceRef()).endsWith("#1 (free text, generic)");
    }

    @Test
    void aSeparatorThatStayedBeforeAMailIsPassedOver() {
        String mail = "From MAILER-DAEMON Thu Jan 15 13:00:00 2026\n"
                + new String(SampleMails.bytes("expired.eml"), StandardCharsets.UTF_8);

        assertThat(reader.read(mail.getBytes(StandardCharsets.UTF_8), "x")).isInstanceOf(MailReading.Report.class);
    }

    @Test
    void setsAsideWhatIsBeyondAnyRealMail() {
        String start = "Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\n";
        String block = "Final-Recipient: rfc822; a@example.net\nAction: failed\n\n";

        assertThat(reason((start + block.repeat(100_000)).getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(SetAsideReason.REPORT_TOO_LARGE);
        assertThat(reason((start + block + "--b\n\nx\n".repeat(20_000)).getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(SetAsideReason.TOO_COMPLEX);
        assertThat(reason(("X: y\n".repeat(20_000) + start + block).getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(SetAsideReason.MALFORMED);
        assertThat(reason(("Content-Type: multipart/report" + "; a=b".repeat(1_000_000) + "\n\nx")
                        .getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(SetAsideReason.MALFORMED);
    }

    @Test
    void boundsSizeAndDepth() {
        StringBuilder deep = new StringBuilder();
        for (int i = 0; i < 2_000; i++) {
            deep.append("Content-Type: multipart/mixed; boundary=b")
                    .append(i)
                    .append("\n\n--b")
                    .append(i)
                    .append('\n');
        }

        assertThat(reason(deep.toString().getBytes(StandardCharsets.US_ASCII))).isEqualTo(SetAsideReason.TOO_COMPLEX);
        assertThat(reason(new byte[DsnReader.MAX_MAIL_BYTES + 1])).isEqualTo(SetAsideReason.TOO_LARGE);
        assertThat(reason("\r\n \n".getBytes(StandardCharsets.US_ASCII))).isEqualTo(SetAsideReason.EMPTY);
    }

    @Test
    void cutsAReplyThatIsTooLong() {
        String mail = new String(SampleMails.bytes("exchange-like.eml"), StandardCharsets.UTF_8)
                .replace("mailbox full", "\u00fc".repeat(40_000));

        DeliveryEvent event = ((MailReading.Report) reader.read(mail.getBytes(StandardCharsets.UTF_8), "x"))
                .events()
                .get(0);

        assertThat(event.getReplyTruncated()).isTrue();
        assertThat(event.getReply().getBytes(StandardCharsets.UTF_8))
                .hasSizeBetween(ReplyText.MAX_BYTES - 1, ReplyText.MAX_BYTES);
    }

    @Test
    void aMailWithoutAnyDateIsDatedNow() {
        String mail = new String(SampleMails.bytes("stranded-parts.eml"), StandardCharsets.UTF_8)
                .replaceFirst("Date: .*\n", "");

        assertThat(((MailReading.Report) reader.read(mail.getBytes(StandardCharsets.UTF_8), "x")).events())
                .extracting(DeliveryEvent::getEventTime)
                .containsExactly(NOW);
    }

    @Test
    void idsDependOnContentAlone() {
        byte[] mail = SampleMails.bytes("expired.eml");
        byte[] other = Arrays.copyOf(mail, mail.length + 1);
        other[mail.length] = '\n';

        assertThat(id(mail, "a")).isEqualTo(id(mail, "b")).hasSize(22).isNotEqualTo(id(other, "a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a|b", "a b", "a\tb"})
    void refusesATenantThatCannotBePartOfAKey(String tenant) {
        assertThatThrownBy(() -> new DsnReader(tenant, Correlation.NONE, Clock.systemUTC()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tenant");
    }

    @Property(tries = 300)
    void anyBytesGiveAReading(@ForAll @Size(max = 2_000) byte[] bytes) {
        assertThat(reader.read(bytes, "x")).isInstanceOf(MailReading.NotRead.class);
    }

    @Property(tries = 1_000)
    void damagedMailsGiveAReading(
            @ForAll("samples") String sample,
            @ForAll @IntRange(max = 5_000) int at,
            @ForAll @IntRange(max = 200) int cut,
            @ForAll @Size(max = 30) byte[] inserted) {
        byte[] mail = SampleMails.bytes(sample);
        int from = Math.min(at, mail.length);
        int to = Math.min(from + cut, mail.length);
        byte[] damaged = Arrays.copyOf(mail, from + inserted.length + mail.length - to);
        System.arraycopy(inserted, 0, damaged, from, inserted.length);
        System.arraycopy(mail, to, damaged, from + inserted.length, mail.length - to);

        MailReading reading = reader.read(damaged, sample);

        if (reading instanceof MailReading.Report report) {
            assertThat(report.events()).isNotEmpty().allSatisfy(event -> assertThat(
                            ReportedAddress.isUsable(event.getRecipient()))
                    .isTrue());
        } else {
            assertThat(((MailReading.NotRead) reading).reason()).isNotNull();
        }
    }

    @Provide
    Arbitrary<String> samples() {
        return Arbitraries.of(SAMPLES);
    }

    private static Tuple tuple(String recipient, Outcome outcome, String time) {
        return Tuple.tuple(recipient, outcome, Instant.parse(time));
    }

    private static MailReading signedTo(String recipient, String name, String to) throws InvalidAddressException {
        return new DsnReader("acme", Correlation.ASSERTED, Clock.fixed(NOW, ZoneOffset.UTC), Optional.of(VERP))
                .read(withTo(recipient, name, to), name);
    }

    private static byte[] withTo(String recipient, String name, String to) throws InvalidAddressException {
        String sender = VERP.sign(recipient, null, LocalDate.ofInstant(NOW, ZoneOffset.UTC));
        String mail = new String(SampleMails.bytes(name), StandardCharsets.UTF_8);
        assertThat(mail).contains("\nTo: " + to);
        return mail.replaceFirst("\nTo: " + to, "\nTo: <" + sender + ">").getBytes(StandardCharsets.UTF_8);
    }

    private MailReading read(String name) {
        return reader.read(SampleMails.bytes(name), name);
    }

    private MailReading.Report report(String name) {
        assertThat(read(name)).isInstanceOf(MailReading.Report.class);
        return (MailReading.Report) read(name);
    }

    private DeliveryEvent only(String name) {
        assertThat(report(name).events()).hasSize(1);
        assertThat(report(name).refused()).isEmpty();
        return report(name).events().get(0);
    }

    private SetAsideReason reason(byte[] mail) {
        return ((MailReading.NotRead) reader.read(mail, "x")).reason();
    }

    private String id(byte[] mail, String source) {
        return ((MailReading.Report) reader.read(mail, source)).events().get(0).getEventId();
    }
}
