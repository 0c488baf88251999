package dev.rebound.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.schema.Correlation;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.schema.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComplaintReaderTest {

    private static final Instant NOW = Instant.parse("2026-02-01T00:00:00Z");
    private static final Verp VERP =
            new Verp("b+{recipient}+{date}+{signature}@bounces.example.com", "correct horse battery staple", 30);

    private final DsnReader reader =
            new DsnReader("acme", Correlation.ASSERTED, Clock.fixed(NOW, ZoneOffset.UTC), Optional.of(VERP));

    @Test
    void readsEveryField() {
        assertThat(events("arf-fraud-several.eml").get(1))
                .isEqualTo(DeliveryEvent.newBuilder()
                        .setEventId(events("arf-fraud-several.eml").get(1).getEventId())
                        .setEventTime(Instant.parse("2026-01-05T09:00:10Z"))
                        .setReceivedAt(NOW)
                        .setTenant("acme")
                        .setMessageId("n12@sender.example.com")
                        .setRecipient("angry@example.net")
                        .setOriginalRecipient("angry@example.net")
                        .setSender("bounce@sender.example.com")
                        .setFromDomain("sender.example.com")
                        .setOutcome(Outcome.COMPLAINED)
                        .setCorrelation(Correlation.ASSERTED)
                        .setSourceAddress("192.0.2.25")
                        .setReportingMta("mx.example.net")
                        .setFeedbackType("fraud")
                        .setIngestSource("arf")
                        .setSourceRef("arf-fraud-several.eml#2")
                        .build());
    }

    @Test
    void eachRecipientThatIsNamedComplainsOnce() {
        assertThat(events("arf-fraud-several.eml"))
                .extracting(DeliveryEvent::getRecipient)
                .containsExactly("cross@example.net", "angry@example.net");
    }

    @Test
    void theOnlyRecipientOfTheMessageComplainsWhereTheReportNamesNone() {
        DeliveryEvent event = events("complaint.eml").get(0);

        assertThat(event.getRecipient()).isEqualTo("cross@example.net");
        assertThat(event.getOriginalRecipient()).isNull();
        assertThat(event.getSender()).isEqualTo("news@sender.example.com");
        assertThat(event.getEventTime()).isEqualTo(Instant.parse("2026-01-15T13:00:00Z"));
    }

    @Test
    void readsDisorder() {
        assertThat(events("arf-disorder.eml"))
                .extracting(
                        DeliveryEvent::getRecipient,
                        DeliveryEvent::getFeedbackType,
                        DeliveryEvent::getSourceAddress,
                        DeliveryEvent::getEventTime)
                .containsExactly(Tuple.tuple(
                        "cross@example.net", "abuse", "2001:db8::25", Instant.parse("2026-01-05T09:00:10Z")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"arf-in-text.eml", "arf-junk-mail-reporting.eml"})
    void readsWhatIsNoReportByItsType(String name) {
        assertThat(events(name))
                .extracting(
                        DeliveryEvent::getRecipient,
                        DeliveryEvent::getFeedbackType,
                        DeliveryEvent::getSourceAddress,
                        DeliveryEvent::getMessageId)
                .containsExactly(Tuple.tuple("cross@example.net", "abuse", "192.0.2.25", "n12@sender.example.com"));
    }

    @Test
    void readsANotificationInJson() {
        assertThat(events("arf-notification-service.eml"))
                .extracting(DeliveryEvent::getRecipient, DeliveryEvent::getEventTime, DeliveryEvent::getMessageId)
                .containsExactly(
                        Tuple.tuple(
                                "cross@example.net", Instant.parse("2026-01-05T09:00:10Z"), "n12@sender.example.com"),
                        Tuple.tuple(
                                "angry@example.net", Instant.parse("2026-01-05T09:00:10Z"), "n12@sender.example.com"));
        assertThat(events("arf-notification-service.eml"))
                .extracting(DeliveryEvent::getSender, DeliveryEvent::getSourceAddress)
                .containsOnly(Tuple.tuple("news@sender.example.com", "192.0.2.25"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bounce@sender.example.com", "news@sender.example.com"})
    void aSignedEnvelopeSenderTellsWhoComplainsWhereTheReportIsRedacted(String replaced) throws Exception {
        String signed = VERP.sign("cross@example.net", null, LocalDate.of(2026, 1, 5));

        DeliveryEvent event = event(text("arf-redacted.eml").replace("<" + replaced + ">", "<" + signed + ">"));

        assertThat(event.getRecipient()).isEqualTo("cross@example.net");
        assertThat(event.getCorrelation()).isEqualTo(Correlation.VERIFIED);
        assertThat(event.getOriginalRecipient()).isNull();
    }

    @Test
    void aSignedEnvelopeSenderWinsOverTheAddressThatMailWasForwardedTo() throws Exception {
        String signed = VERP.sign("cross@example.org", null, LocalDate.of(2026, 1, 5));

        DeliveryEvent event =
                event(text("arf-disorder.eml").replace("USER-AGENT: Button", "Original-Mail-From: " + signed));

        assertThat(event.getRecipient()).isEqualTo("cross@example.org");
        assertThat(event.getOriginalRecipient()).isEqualTo("cross@example.net");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redacted@example.net",
                "[REDACTED]@example.net",
                "d41d8cd98f00b204e9800998ecf8427e@example.net",
                "XXXXXX@example.net",
                "undisclosed-recipient@example.net",
                "",
                "several@example.net, others@example.net"
            })
    void whoIsNotNamedDoesNotComplain(String to) {
        assertThat(read(text("complaint.eml").replace("To: cross@example.net", "To: " + to)))
                .isEqualTo(new MailReading.NotRead(SetAsideReason.NO_COMPLAINT_RECIPIENT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"hidden-valley@example.net", "x@example.net", "redactedly@example.net", "deadbeef@example.net"})
    void namesThatOnlyLookRedactedAreNames(String to) {
        assertThat(event(text("complaint.eml").replace("To: cross@example.net", "To: " + to))
                        .getRecipient())
                .isEqualTo(to);
    }

    @Test
    void aReportWithoutATypeIsNoComplaint() {
        assertThat(read(text("complaint.eml").replace("Feedback-Type: abuse\n", "")))
                .isEqualTo(new MailReading.NotRead(SetAsideReason.OTHER_FEEDBACK));
    }

    @Test
    void somebodyWhoWritesAboutComplaintsIsNone() {
        String mail = "From: ann@example.com\nSubject: how to\n\nYour reports begin with\n\nFeedback-Type: abuse\n\n"
                + "and I do not know why.\n";

        assertThat(read(mail)).isInstanceOf(MailReading.NotRead.class);
    }

    private MailReading read(String mail) {
        return reader.read(mail.getBytes(StandardCharsets.UTF_8), "x");
    }

    private DeliveryEvent event(String mail) {
        MailReading reading = read(mail);
        assertThat(reading).isInstanceOf(MailReading.Report.class);
        return ((MailReading.Report) reading).events().get(0);
    }

    private List<DeliveryEvent> events(String name) {
        MailReading reading = reader.read(SampleMails.bytes(name), name);
        assertThat(reading).isInstanceOf(MailReading.Report.class);
        return ((MailReading.Report) reading).events();
    }

    private static String text(String name) {
        return new String(SampleMails.bytes(name), StandardCharsets.UTF_8);
    }
}
