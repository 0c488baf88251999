package dev.rebound.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.classify.Classifier;
import dev.rebound.classify.ShippedCodes;
import dev.rebound.schema.Confidence;
import dev.rebound.schema.Correlation;
import dev.rebound.schema.DeliveryEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NoticeReadersTest {

    private static final DsnReader READER = new DsnReader("default", Correlation.ASSERTED, Clock.systemUTC());

    private static MailReading.Report read(String name) {
        MailReading reading = READER.read(SampleMails.bytes("notices/" + name + ".eml"), name + ".eml");
        assertThat(reading).as(name).isInstanceOf(MailReading.Report.class);
        return (MailReading.Report) reading;
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "exim | exim | BOUNCED kim@example.net, BOUNCED lee@example.net | 550 5.1.1 <kim@example.net>: there is nobody",
                "exim-delay | exim | DEFERRED kim@example.net | connection to mx.example.net timed out",
                "qmail | qmail | BOUNCED kim@example.net, BOUNCED lee@example.net | Remote host said: 550 5.1.1 no kim here",
                "yahoo | yahoo | BOUNCED kim@example.net | 554 5.7.1 the content",
                "postfix | postfix | BOUNCED kim@example.net | unknown here (in reply to RCPT TO command)",
                "sendmail | sendmail | BOUNCED kim@example.net | 550 5.1.1 kim moved out long ago",
                "gmail | gmail | BOUNCED kim@example.net | 550 5.1.1 kim is not one of ours",
                "exchange | exchange | BOUNCED kim@example.net | The e-mail account does not exist",
                "domino | domino | BOUNCED kim@example.net | not listed in Domino Directory",
                "groupwise | groupwise | BOUNCED kim@example.net | user not found",
                "messaging-server | messaging-server | BOUNCED kim@example.net | smtp;550 5.1.1 no kim at this system",
                "courier | courier | BOUNCED kim@example.net | 550 kim has no mailbox",
                "mdaemon | mdaemon | BOUNCED kim@example.net | 550 kim unknown at this server",
                "imail | imail | BOUNCED kim@example.net | Unknown user",
                "opensmtpd | opensmtpd | BOUNCED kim@example.net | 550 5.1.1 kim is a stranger",
                "dragonfly | dragonfly | BOUNCED kim@example.net | 550 5.1.1 kim left no address",
                "communigate | communigate | BOUNCED kim@example.net | no such mailbox at this host",
                "mailenable | mailenable | BOUNCED kim@example.net | 550 kim is not local",
                "icewarp | icewarp | BOUNCED kim@example.net | 550 5.1.1 kim unknown",
                "interscan | interscan | BOUNCED kim@example.net | check if address is correct",
                "mail-marshal | mail-marshal | BOUNCED kim@example.net | 550 5.1.1 nobody is called kim",
                "japanese-mobile | japanese-mobile | BOUNCED kim@mobile.example | 550 <kim@mobile.example>: User unknown",
                "report-fields | report-fields | BOUNCED kim@example.net | 552 5.2.2 kim's box is full",
                "ses-notification | ses-notification | BOUNCED kim@example.net | 550 5.1.1 kim unknown",
                "mailing-list | mailing-list | BOUNCED choir@example.net | not a member of this mailing list",
                "generic | generic | BOUNCED kim@example.net | closed at the wish of its owner",
                "generic-html | generic | BOUNCED kim@example.net | 550 5.1.1 kim's account was never opened",
                "generic-german | generic | BOUNCED kim@example.de | Der Empfänger ist unbekannt",
                "forwarded | sendmail | BOUNCED kim@example.net | 550 5.1.1 kim is unknown",
            })
    void eachFormatIsKnownAndRead(String mail, String reader, String verdicts, String reply) {
        MailReading.Report report = read(mail);

        assertThat(report.reader()).isEqualTo(reader);
        assertThat(report.events().stream()
                        .map(event -> event.getOutcome() + " " + event.getRecipient())
                        .collect(Collectors.joining(", ")))
                .isEqualTo(verdicts);
        assertThat(report.events().get(0).getReply()).contains(reply);
        assertThat(report.events())
                .allSatisfy(event -> assertThat(event.getSourceRef()).endsWith("(free text, " + reader + ")"));
    }

    /** What one kind of mail system writes must not be taken for another's. */
    @Test
    void everyReaderHasASampleAndANameOfItsOwn() {
        List<String> names =
                NoticeReaders.inOrder().stream().map(NoticeReader::name).toList();

        assertThat(names).doesNotHaveDuplicates().last().isEqualTo("generic");
        assertThat(names).allSatisfy(name -> assertThat(SampleMails.bytes("notices/" + name + ".eml"))
                .isNotEmpty());
    }

    @Test
    void whatIsReadFromWordsForPeopleIsNotFullyBelieved() {
        DeliveryEvent event = read("exim").events().get(0);
        DeliveryEvent reported =
                DeliveryEvent.newBuilder(event).setIngestSource("dsn").build();

        assertThat(Classifier.classify(event, ShippedCodes.table()).getConfidence())
                .isEqualTo(Confidence.MEDIUM);
        assertThat(Classifier.classify(reported, ShippedCodes.table()).getConfidence())
                .isEqualTo(Confidence.HIGH);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "to kim@example.net could not be delivered: the mailbox is disabled./E-mail: info@isp.example | BOUNCED kim@example.net",
                "to kim@example.net could not be delivered: user unknown./For help, please contact/admin@isp.example. | BOUNCED kim@example.net",
                "to kim@example.net has not been delivered yet. It will be retried for 4 days before giving up. | DEFERRED kim@example.net",
                "to kim@example.net has not yet been delivered. We will keep trying. In 5 days it will be returned to sender. | DEFERRED kim@example.net",
                "to kim@example.net could not be delivered: 550 5.1.1 user unknown. You need not resend it. | BOUNCED kim@example.net",
                "was undeliverable:/<kim@example.net> 550 5.1.1 unknown/<lee@example.net> 452 4.2.2 full. Will keep trying until it is 5 days old. | BOUNCED kim@example.net, DEFERRED lee@example.net",
            })
    void tellsWhomAndWhatNoticesAreAbout(String text, String verdicts) {
        MailReading reading = read(
                "From: MAILER-DAEMON@mx.isp.example\nReturn-Path: <>",
                "Undelivered mail",
                "Your message " + text.replace("/", "\n\n"));

        assertThat(((MailReading.Report) reading)
                        .events().stream()
                                .map(event -> event.getOutcome() + " " + event.getRecipient())
                                .collect(Collectors.joining(", ")))
                .isEqualTo(verdicts);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "I tried to reach bob@corp.example but got 'user unknown'. We use CommuniGate here.",
                "bob@corp.example gives 550 5.1.1 user unknown since we moved from GroupWise. He is now at\nbob@new.example",
                "The mailbox was full, it works now: ann@corp.example\n-- \nScanned by InterScan",
                "Your parcel could not be delivered.\nRecipient address: 12 High Street\nE-mail: kim@example.net",
            })
    void whatPeopleWriteOfBouncesIsNone(String text) {
        assertThat(read("From: Jo <jo@corp.example>\nReturn-Path: <jo@corp.example>", "Delivery failed", text))
                .isInstanceOf(MailReading.NotRead.class);
    }

    @Test
    void aRecipientOfACopyIsNotTakenForTheOneInTo() {
        String mail = new String(SampleMails.bytes("notices/opensmtpd.eml"), StandardCharsets.UTF_8);
        String copied = mail.replace("To: kim@example.net", "To: first@example.net\nCc: kim@example.net");
        assertThat(copied).isNotEqualTo(mail);

        MailReading reading = READER.read(copied.getBytes(StandardCharsets.UTF_8), "x");

        assertThat(((MailReading.Report) reading).events())
                .extracting(DeliveryEvent::getRecipient)
                .containsExactly("kim@example.net");
    }

    private static MailReading read(String header, String subject, String text) {
        String mail = header + "\nTo: news@sender.example.com\nSubject: " + subject + "\n\n" + text + "\n";
        return READER.read(mail.getBytes(StandardCharsets.UTF_8), "x");
    }

    @Test
    void everyReaderIsDocumented() throws IOException {
        String page = Files.readString(
                Path.of(System.getProperty("repository.root", "..")).resolve("topology-docs/bounce-mails.md"));

        assertThat(NoticeReaders.inOrder())
                .allSatisfy(reader -> assertThat(page).contains("\n| `" + reader.name() + "` |"));
    }

    @Test
    void whatStandsInTheNoticeIsRecovered() {
        DeliveryEvent event = read("exim").events().get(0);

        assertThat(event.getMessageId()).isEqualTo("n77@sender.example.com");
        assertThat(event.getSender()).isEqualTo("news@sender.example.com");
        assertThat(event.getFromDomain()).isEqualTo("sender.example.com");
        assertThat(event.getRemoteHost()).isEqualTo("mx.example.net");
        assertThat(event.getSmtpCommand()).isEqualTo("RCPT");
        assertThat(event.getEventTime()).isEqualTo("2026-01-13T13:00:00Z");
        assertThat(read("exim").events()).extracting(DeliveryEvent::getReply).doesNotHaveDuplicates();
    }

    @Test
    void whereNoAddressIsNamedTheReturnedMessageTells() {
        String mail = new String(SampleMails.bytes("notices/imail.eml"), StandardCharsets.UTF_8)
                .replace("Unknown user: kim@example.net", "Unknown user.");

        MailReading reading = READER.read(mail.getBytes(StandardCharsets.UTF_8), "x");

        assertThat(((MailReading.Report) reading).events())
                .extracting(DeliveryEvent::getRecipient)
                .containsExactly("kim@example.net");
    }
}
