package dev.rebound.mail;

import java.time.Instant;
import java.util.Optional;

/**
 * What all recipients of a report share, found once: a hostile report has as many recipients as fit.
 *
 * @param reportTime when the report was written; else when a server on its way took it
 * @param messageId Message-ID of the message that the report is about
 * @param sender its envelope sender; empty text for the null reverse-path
 * @param fromDomain domain of its author
 * @param mailedTo the one recipient in its header: after a forwarding it is not the one that refused. Not an address of the domain
 *     that the report went to or that the message came from, which is a list that the message went out through
 */
record AboutAll(
        Optional<Instant> reportTime,
        Optional<String> messageId,
        Optional<String> sender,
        Optional<String> fromDomain,
        Optional<String> mailedTo) {

    /**
     * Looks in the headers.
     *
     * @param mail header of the report
     * @param returnedHeader header of the message that came back
     */
    static AboutAll of(HeaderFields mail, Optional<HeaderFields> returnedHeader) {
        Optional<ReturnedMessage> returned = returnedHeader.map(ReturnedMessage::new);
        Optional<String> fromDomain = returned.flatMap(ReturnedMessage::fromDomain);
        return new AboutAll(
                reportTime(mail),
                returned.flatMap(ReturnedMessage::messageId),
                returned.flatMap(ReturnedMessage::sender),
                fromDomain,
                returned.flatMap(ReturnedMessage::onlyRecipient)
                        .filter(recipient -> !isOfSender(recipient, mail, fromDomain)));
    }

    private static Optional<Instant> reportTime(HeaderFields mail) {
        return DsnFields.date(mail, "Date").or(() -> mail.first("Received")
                .flatMap(trace -> MailDate.parse(trace.substring(trace.lastIndexOf(';') + 1))));
    }

    private static boolean isOfSender(String recipient, HeaderFields mail, Optional<String> fromDomain) {
        String domain = domain(recipient);
        return fromDomain.filter(domain::equalsIgnoreCase).isPresent()
                || mail.first("To").stream()
                        .flatMap(to -> MailAddresses.all(to).stream())
                        .anyMatch(own -> domain(own).equalsIgnoreCase(domain));
    }

    private static String domain(String address) {
        return address.substring(address.lastIndexOf('@') + 1);
    }
}
