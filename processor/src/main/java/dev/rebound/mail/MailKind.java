package dev.rebound.mail;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells mails that are never bounces from those that can be: automatic replies (RFC 3834), challenges, read receipts (RFC 8098),
 * mail about subscriptions, aggregate reports, and ordinary mail. Bounces in free text often call themselves automatic replies;
 * where a mail speaks of a failure and nothing stronger speaks against it, it is of none of these kinds. Pure, and does not throw.
 */
final class MailKind {

    private static final int MAX_LINES = 100;
    private static final int MAX_TEXT = 16_000;

    /** Behind so many lines stand signatures and quotations. */
    private static final int FIRST_LINES = 40;

    private static final Pattern MAIL_SYSTEM = Pattern.compile(
            "(?i)mailer[-_.]?daemon|postmaster|mail[-_. ]?deliver|mail[-_. ]?system|mail administrator|system administrator"
                    + "|maildaemon|mdaemon|\\bndr\\b|^\\s*(?:\"[^\"]{0,200}\"\\s*)?<>");

    private static final Pattern NOBODY =
            Pattern.compile("(?i)\\b(?:no|do)[-_.]?(?:not[-_.]?)?reply\\b|\\badmin\\b|[a-z]-admin@");
    private static final Pattern NULL_PATH = Pattern.compile("(?i)<\\s*>|<?mailer-daemon(?:@.*)?>?");

    /** A status code as replies have it: enhanced (RFC 3463), or basic with the dash or text behind it (RFC 5321 section 4.2). */
    private static final Pattern CODE = Pattern.compile(
            "(?<![\\d.])[45]\\.\\d{1,3}\\.\\d{1,3}(?![\\d.]\\d)|(?<![\\d.,])[45][0-5]\\d[- ](?=[45]\\.\\d|#)");

    private static final Pattern AUTO_REPLY = Pattern.compile("(?i)\\s*auto[-_ ]?(?:reply|replied)\\b.*");
    private static final Pattern CHALLENGER =
            Pattern.compile("(?i)@(?:[a-z0-9-]{1,63}\\.){0,5}(?:boxbe|spamarrest|mailinblack|sendio|bluebottle)\\.");
    private static final Pattern LIST_MANAGER = Pattern.compile(
            "(?i)(?:[-+](?:request|confirm|help)|listserv|majordomo|sympa|mailman|ezmlm)[a-z0-9._+=-]{0,100}@");
    private static final Pattern AGGREGATE =
            Pattern.compile("(?:\\[[^\\]]{0,100}\\] ?)?(?:report domain:.* submitter:.*|.*\\breport-id:.*)");
    private static final Pattern DISPOSITION = Pattern.compile("(?i).*report-type=\"?disposition-notification.*");
    private static final Pattern DELIVERY = Pattern.compile("(?i).*report-type=\"?delivery-status.*");
    private static final Pattern TLS_REPORT = Pattern.compile("(?i).*report-type=\"?tlsrpt.*");

    private static final Set<String> AUTO_REPLY_FIELDS = Set.of(
            "x-autoreply",
            "x-autoreply-from",
            "x-autoreply-domain",
            "x-auto-reply-from",
            "x-autorespond",
            "x-autoresponder",
            "x-mail-autoreply",
            "x-vacation",
            "x-ms-exchange-inbox-rules-loop");

    private static final Set<String> DELIVERY_TYPES =
            Set.of("message/delivery-status", "message/global-delivery-status");
    private static final Set<String> RETURNED_TYPES =
            Set.of("message/rfc822", "message/global", "text/rfc822-headers", "message/global-headers");

    private final HeaderFields header;
    private final Set<String> types;
    private final String subject;
    private final String text;
    private final String firstText;

    private MailKind(HeaderFields header, List<String> lines, Set<String> types) {
        this.header = header;
        this.types = types;
        this.subject = KindWords.subject(header);
        this.text = joined(lines, MAX_LINES, true);
        this.firstText = joined(lines, FIRST_LINES, false);
    }

    /**
     * Why a mail is never a bounce.
     *
     * @param header fields of the mail's own header
     * @param lines the text that people read, as far as possible without the message that came back
     * @param types types of all parts, lower case
     * @return empty when it can be a bounce
     */
    static Optional<SetAsideReason> of(HeaderFields header, List<String> lines, Set<String> types) {
        return new MailKind(header, lines, types).reason();
    }

    private Optional<SetAsideReason> reason() {
        if (isReportOfDelivery()) {
            return Optional.empty();
        }
        if (types.contains("message/disposition-notification") || matches("Content-Type", DISPOSITION)) {
            return Optional.of(SetAsideReason.DISPOSITION_NOTIFICATION);
        }
        boolean system = isFromMailSystem();
        if (!system && isChallenge()) {
            return Optional.of(SetAsideReason.CHALLENGE);
        }
        if (speaksOfFailure(system)) {
            return Optional.empty();
        }
        if (AGGREGATE.matcher(subject).matches() || matches("Content-Type", TLS_REPORT)) {
            return Optional.of(SetAsideReason.AGGREGATE_REPORT);
        }
        if (says(KindWords.Kind.READ_RECEIPT)) {
            return Optional.of(SetAsideReason.DISPOSITION_NOTIFICATION);
        }
        if (!system && isAboutSubscription()) {
            return Optional.of(SetAsideReason.SUBSCRIPTION);
        }
        if (isAutomaticReply(system)) {
            return Optional.of(SetAsideReason.AUTOMATIC_REPLY);
        }
        return !system && isOrdinary() ? Optional.of(SetAsideReason.ORDINARY_MAIL) : Optional.empty();
    }

    private boolean isReportOfDelivery() {
        return header.has("X-Failed-Recipients")
                || DELIVERY_TYPES.stream().anyMatch(types::contains)
                || matches("Content-Type", DELIVERY);
    }

    private boolean isFromMailSystem() {
        return contains("From", MAIL_SYSTEM);
    }

    /** In the subject; or in the text, unless somebody who is away speaks of it there. */
    private boolean speaksOfFailure(boolean system) {
        boolean away = KindWords.inSubject(KindWords.Kind.AUTOMATIC_REPLY, subject);
        if (!away && KindWords.inSubject(KindWords.Kind.FAILURE, subject)) {
            return true;
        }
        boolean failure = KindWords.inText(KindWords.Kind.FAILURE, text)
                || CODE.matcher(text).find();
        if (!failure || system) {
            return failure;
        }
        boolean sentByHand = header.has("Return-Path") && !hasNullPath();
        boolean awayInText = KindWords.inText(KindWords.Kind.AUTOMATIC_REPLY, firstText);
        return !away
                && !(awayInText
                        && (sentByHand || isDeclaredAutomaticReply())
                        && !CODE.matcher(text).find());
    }

    private boolean hasNullPath() {
        return header.all().stream()
                .anyMatch(field -> field.name().equals("return-path")
                        && NULL_PATH.matcher(field.value()).matches());
    }

    private boolean isChallenge() {
        return contains("From", CHALLENGER)
                || header.all().stream()
                        .anyMatch(field -> field.name().startsWith("x-tmda-")
                                || field.name().startsWith("x-boxbe-"))
                || says(KindWords.Kind.CHALLENGE);
    }

    private boolean isAboutSubscription() {
        return header.has("X-Apple-Unsubscribe") || isListManagers() || says(KindWords.Kind.SUBSCRIPTION);
    }

    /** List managers mark what they themselves answer to commands. */
    private boolean isListManagers() {
        return contains("From", LIST_MANAGER)
                && (header.has("X-List-Administrivia")
                        || header.has("List-Id")
                        || header.has("List-Help")
                        || header.has("List-Unsubscribe")
                        || header.has("X-Mailman-Version"));
    }

    private boolean isAutomaticReply(boolean system) {
        boolean worded = says(KindWords.Kind.AUTOMATIC_REPLY);
        return worded || !system && isDeclaredAutomaticReply();
    }

    /** RFC 3834 section 5, and the fields that were used before it. */
    private boolean isDeclaredAutomaticReply() {
        return header.all().stream().anyMatch(field -> AUTO_REPLY_FIELDS.contains(field.name()))
                || List.of("Auto-Submitted", "Precedence", "X-Precedence", "X-Autogenerated", "Preference").stream()
                        .anyMatch(name -> matches(name, AUTO_REPLY))
                || header.first("X-Autogenerated")
                        .filter("Reply"::equalsIgnoreCase)
                        .isPresent()
                || header.has("X-Auto-Response-Suppress")
                        && header.has("In-Reply-To")
                        && header.first("Auto-Submitted")
                                .filter(value -> value.toLowerCase(Locale.ROOT).startsWith("auto-generated"))
                                .isPresent();
    }

    /**
     * What a person or a mailing sent: with a return path of its own, or where servers left none, with signs of a mail
     * program or a list; nothing came back with it, and nothing in it speaks of a mail system.
     */
    private boolean isOrdinary() {
        if (!header.has("From")
                || text.isEmpty()
                || hasNullPath()
                || RETURNED_TYPES.stream().anyMatch(types::contains)
                || header.first("Auto-Submitted")
                        .filter(value -> !value.equalsIgnoreCase("no"))
                        .isPresent()) {
            return false;
        }
        boolean toList = header.has("List-Unsubscribe") || header.has("List-Id");
        if (contains("From", NOBODY) && !toList) {
            return false;
        }
        return header.has("Return-Path")
                || toList
                || header.has("User-Agent")
                || header.has("X-Mailer")
                || header.has("X-Originating-IP");
    }

    private boolean says(KindWords.Kind kind) {
        return KindWords.inSubject(kind, subject) || KindWords.inText(kind, firstText);
    }

    private boolean matches(String name, Pattern pattern) {
        return header.first(name)
                .filter(value -> pattern.matcher(value).matches())
                .isPresent();
    }

    private boolean contains(String name, Pattern pattern) {
        return header.first(name).filter(value -> pattern.matcher(value).find()).isPresent();
    }

    /** Lines that quote what is answered say nothing about the answer; but people forward bounces as quotations. */
    private static String joined(List<String> lines, int most, boolean quotedToo) {
        StringBuilder joined = new StringBuilder();
        int taken = 0;
        for (String line : lines) {
            if (taken == most || joined.length() >= MAX_TEXT) {
                break;
            }
            if (!line.isBlank() && (quotedToo || !line.startsWith(">"))) {
                joined.append(line, 0, Math.min(line.length(), MAX_TEXT)).append('\n');
                taken++;
            }
        }
        return KindWords.folded(joined.toString());
    }
}
