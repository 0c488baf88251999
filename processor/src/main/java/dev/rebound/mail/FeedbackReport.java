package dev.rebound.mail;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a report of feedback says (RFC 5965 section 3; RFC 6591, RFC 6430), in its own words or in those of RFC 5965.
 *
 * @param fields fields of the report, wherever blank lines came in between
 * @param returned header of the message that the report is about; empty when it did not come back
 */
record FeedbackReport(HeaderFields fields, Optional<HeaderFields> returned) {

    private static final String TYPE = "feedback-type";
    private static final String RECIPIENT = "original-rcpt-to";
    private static final Pattern TYPE_NAME = Pattern.compile("^[A-Za-z][A-Za-z-]{0,40}");

    /** A line of text that says "Feedback-Type: abuse" is a report only if another field of one is near. */
    private static final Set<String> BESIDE_TYPE = Set.of(
            "user-agent", "version", "original-mail-from", RECIPIENT, "source-ip", "arrival-date", "reported-domain");

    private static final String MICROSOFTS_RECIPIENT = "x-hmxmroriginalrecipient";
    private static final Pattern MICROSOFT =
            Pattern.compile("(?i)@(?:[a-z0-9-]{1,63}\\.){0,5}(?:hotmail|outlook|live|msn|microsoft)\\.[a-z.]{2,10}\\b");
    private static final Pattern ABOUT_ADDRESS =
            Pattern.compile("(?i)complaint about (?:a )?message from ([0-9a-f.:]{3,45})");

    private static final Pattern SNS = Pattern.compile("\"(?:notification|event)Type\"\\s{0,9}:\\s{0,9}\"Complaint\"");
    private static final Pattern SNS_RECIPIENTS =
            Pattern.compile("\"complainedRecipients\"\\s{0,9}:\\s{0,9}\\[([^\\]]{0,20000})\\]");
    private static final Pattern SNS_ADDRESS = jsonText("emailAddress");
    private static final Pattern SNS_MAIL = Pattern.compile("\"mail\"\\s{0,9}:\\s{0,9}\\{");
    private static final Pattern SNS_MESSAGE_ID = Pattern.compile(
            "(?i)\"name\"\\s{0,9}:\\s{0,9}\"Message-ID\"\\s{0,9},\\s{0,9}\"value\"\\s{0,9}:\\s{0,9}\"([^\"\\\\]{1,998})\"");

    /** The report in a part of type message/feedback-report. */
    static FeedbackReport of(byte[] part, Optional<HeaderFields> returned) {
        List<HeaderFields.Field> fields = new ArrayList<>();
        HeaderFields.groups(part).forEach(group -> fields.addAll(group.all()));
        return new FeedbackReport(HeaderFields.of(fields), returned);
    }

    /**
     * The report of a mail that has no such part.
     *
     * @param mail header of the mail
     * @param lines its text
     * @param returned header of the message that came back with it
     */
    static Optional<FeedbackReport> without(HeaderFields mail, List<String> lines, Optional<HeaderFields> returned) {
        return microsofts(mail, returned).or(() -> inText(lines, returned)).or(() -> sns(lines));
    }

    /** Feedback-Type in lower case; empty when it has none. */
    Optional<String> type() {
        return fields.first(TYPE).map(TYPE_NAME::matcher).filter(Matcher::find).map(type -> type.group()
                .toLowerCase(Locale.ROOT));
    }

    /** The recipients of the message as the report names them, as far as they can be used. */
    List<String> recipients() {
        return fields.all().stream()
                .filter(field -> field.name().equals(RECIPIENT))
                .flatMap(field -> ReportedAddress.text(field.value()).stream())
                .filter(ReportedAddress::isUsable)
                .distinct()
                .toList();
    }

    /** Some systems lose the part's type, or write its fields into the text. */
    private static Optional<FeedbackReport> inText(List<String> lines, Optional<HeaderFields> returned) {
        int start = 0;
        while (start < lines.size() && !isTypeLine(lines.get(start))) {
            start++;
        }
        if (start == lines.size()) {
            return Optional.empty();
        }
        while (start > 0 && !lines.get(start - 1).isBlank()) {
            start--;
        }
        List<HeaderFields> groups = HeaderFields.groups(
                String.join("\n", lines.subList(start, lines.size())).getBytes(StandardCharsets.UTF_8));
        boolean real = !groups.isEmpty() && BESIDE_TYPE.stream().anyMatch(groups.get(0)::has);
        return real
                ? Optional.of(new FeedbackReport(groups.get(0), returned.or(() -> groups.stream()
                        .skip(1)
                        .filter(group -> group.has("from") && group.has("subject"))
                        .findFirst())))
                : Optional.empty();
    }

    private static boolean isTypeLine(String line) {
        return line.regionMatches(true, 0, TYPE + ":", 0, TYPE.length() + 1);
    }

    /**
     * Microsoft's complaints (its Junk Mail Reporting Program) are mails with the message in them and no report; the user who
     * complained is in a field of that message.
     */
    private static Optional<FeedbackReport> microsofts(HeaderFields mail, Optional<HeaderFields> returned) {
        Optional<String> recipient = returned.flatMap(message -> message.first(MICROSOFTS_RECIPIENT))
                .or(() -> mail.first(MICROSOFTS_RECIPIENT));
        Matcher about = ABOUT_ADDRESS.matcher(mail.first("Subject").orElse(""));
        boolean aboutAddress = about.find();
        boolean microsofts = aboutAddress
                || mail.first("From")
                        .filter(from -> MICROSOFT.matcher(from).find())
                        .isPresent();
        return recipient.filter(address -> microsofts).map(address -> {
            List<HeaderFields.Field> fields = new ArrayList<>();
            fields.add(new HeaderFields.Field(TYPE, "abuse"));
            fields.add(new HeaderFields.Field(RECIPIENT, address));
            if (aboutAddress) {
                fields.add(new HeaderFields.Field("source-ip", about.group(1)));
            }
            return new FeedbackReport(HeaderFields.of(fields), returned.or(() -> Optional.of(mail)));
        });
    }

    /** Amazon's notification service sends complaints by mail as JSON, whose lines are broken anywhere. */
    private static Optional<FeedbackReport> sns(List<String> lines) {
        String json = String.join("", lines.stream().map(String::strip).toList());
        Matcher recipients = SNS_RECIPIENTS.matcher(json);
        if (!SNS.matcher(json).find() || !recipients.find()) {
            return Optional.empty();
        }
        List<HeaderFields.Field> fields = new ArrayList<>();
        fields.add(new HeaderFields.Field(
                TYPE, first(jsonText("complaintFeedbackType"), json).orElse("abuse")));
        Matcher address = SNS_ADDRESS.matcher(recipients.group(1));
        while (address.find()) {
            fields.add(new HeaderFields.Field(RECIPIENT, address.group(1)));
        }
        first(jsonText("arrivalDate"), json)
                .or(() -> first(jsonText("timestamp"), json))
                .ifPresent(date -> fields.add(new HeaderFields.Field("arrival-date", date)));
        Matcher mail = SNS_MAIL.matcher(json);
        String message = mail.find() ? json.substring(mail.end()) : "";
        first(jsonText("source"), message)
                .ifPresent(sender -> fields.add(new HeaderFields.Field("original-mail-from", sender)));
        first(jsonText("sourceIp"), message).ifPresent(ip -> fields.add(new HeaderFields.Field("source-ip", ip)));
        Optional<HeaderFields> returned = first(SNS_MESSAGE_ID, message)
                .map(id -> HeaderFields.of(List.of(new HeaderFields.Field("message-id", id))));
        return Optional.of(new FeedbackReport(HeaderFields.of(fields), returned));
    }

    private static Pattern jsonText(String name) {
        return Pattern.compile("\"" + name + "\"\\s{0,9}:\\s{0,9}\"([^\"\\\\]{1,998})\"");
    }

    private static Optional<String> first(Pattern pattern, String json) {
        Matcher found = pattern.matcher(json);
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }
}
