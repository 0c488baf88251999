package dev.rebound.mail;

import dev.rebound.schema.Correlation;
import dev.rebound.schema.DeliveryEvent;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What all mails that are read together share.
 *
 * @param tenant whose mail the reports are about
 * @param correlation how far reports are believed that no signature vouches for
 * @param clock gives the time of receipt
 * @param verp the signed envelope senders; empty when senders are not signed
 */
record MailContext(String tenant, Correlation correlation, Clock clock, Optional<Verp> verp) {

    /** The time of receipt, in the precision of events. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    /** Whom the address tells that a mail was delivered to, when it is one of ours and its signature is right. */
    Optional<Verp.Valid> signed(HeaderFields mail) {
        return verp.flatMap(one -> one.deliveredTo(mail, today()))
                .filter(Verp.Valid.class::isInstance)
                .map(Verp.Valid.class::cast);
    }

    /** An event with what is the same for all recipients of a report. */
    DeliveryEvent.Builder event(AboutAll aboutAll) {
        Instant now = now();
        return DeliveryEvent.newBuilder()
                .setEventTime(aboutAll.reportTime().orElse(now))
                .setReceivedAt(now)
                .setTenant(tenant)
                .setMessageId(aboutAll.messageId().orElse(null))
                .setSender(aboutAll.sender().orElse(null))
                .setFromDomain(aboutAll.fromDomain().orElse(null))
                .setCorrelation(correlation);
    }
}
