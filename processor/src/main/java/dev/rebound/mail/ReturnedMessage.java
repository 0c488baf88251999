package dev.rebound.mail;

import dev.rebound.address.EmailAddress;
import dev.rebound.address.InvalidAddressException;
import java.util.List;
import java.util.Optional;
import org.apache.james.mime4j.dom.address.Mailbox;
import org.apache.james.mime4j.field.address.LenientAddressParser;

/** What the header of the message that a report is about tells; its subject and body are nobody's business here. */
record ReturnedMessage(HeaderFields header) {
    private static final List<String> RECIPIENT_FIELDS =
            List.of("To", "X-Envelope-To", "X-Rcpt-To", "X-Original-To", "Envelope-To", "Delivered-To");

    private static final int MAX_ID_LENGTH = 998;
    private static final int MAX_ADDRESSES_LENGTH = 8_192;

    /** Message-ID without angle brackets. */
    Optional<String> messageId() {
        return header.first("Message-ID").flatMap(ReturnedMessage::messageId);
    }

    static Optional<String> messageId(String field) {
        int open = field.indexOf('<');
        int close = field.indexOf('>', open + 1);
        String id = open >= 0 && close > open ? field.substring(open + 1, close) : field;
        return Optional.of(id.strip())
                .filter(text -> !text.isEmpty()
                        && text.length() <= MAX_ID_LENGTH
                        && text.chars().noneMatch(Character::isWhitespace));
    }

    /** Envelope sender from Return-Path; an empty text for the null reverse-path. */
    Optional<String> sender() {
        return header.first("Return-Path")
                .flatMap(path -> path.replace(" ", "").startsWith("<>")
                        ? Optional.of("")
                        : ReportedAddress.text(path).filter(ReportedAddress::isUsable));
    }

    /** Domain of the header From, in normal form, when there is exactly one author. */
    Optional<String> fromDomain() {
        return single("From").flatMap(address -> {
            try {
                return Optional.of(EmailAddress.parse(address).domain());
            } catch (InvalidAddressException e) {
                return Optional.empty();
            }
        });
    }

    /**
     * The recipient in the header To, when there is exactly one; else in a header in which senders and servers note it. Empty where the
     * message went to others too, as any of them can be meant. A blind copy does not show.
     */
    Optional<String> onlyRecipient() {
        if (header.has("Cc") || header.has("Bcc") || header.has("Resent-To")) {
            return Optional.empty();
        }
        return RECIPIENT_FIELDS.stream()
                .flatMap(name -> single(name).filter(ReportedAddress::isUsable).stream())
                .findFirst();
    }

    private Optional<String> single(String name) {
        return header.first(name)
                .filter(field -> field.length() <= MAX_ADDRESSES_LENGTH)
                .map(field ->
                        LenientAddressParser.DEFAULT.parseAddressList(field).flatten())
                .filter(mailboxes -> mailboxes.size() == 1)
                .map(List<Mailbox>::iterator)
                .map(mailboxes -> mailboxes.next().getAddress());
    }
}
