package dev.rebound.mail;

import dev.rebound.schema.Outcome;
import dev.rebound.schema.ReplySource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the fields of a delivery report (RFC 3464) that stand in the text, where no part of the mail holds them. */
final class ReportFieldsReader implements NoticeReader {

    private static final Pattern RECIPIENT_FIELD =
            Pattern.compile("(?im)^[\\s>]*(?:final|original)-recipient\\s*:\\s*\\S");
    private static final Pattern VERDICT_FIELD =
            Pattern.compile("(?im)^[\\s>]*(?:action|status|diagnostic-code)\\s*:\\s*\\S");

    @Override
    public String name() {
        return "report-fields";
    }

    @Override
    public Optional<String> mine(Notice notice) {
        String text = notice.text();
        return RECIPIENT_FIELD.matcher(text).find()
                        && VERDICT_FIELD.matcher(text).find()
                ? Optional.of("fields of a delivery report in the text")
                : Optional.empty();
    }

    @Override
    public List<Told> told(Notice notice) {
        StringBuilder fields = new StringBuilder();
        notice.lines().forEach(line -> fields.append(outdented(line)).append('\n'));
        DeliveryReport report = DeliveryReport.parse(fields.toString().getBytes(StandardCharsets.UTF_8));
        List<Told> told = new ArrayList<>();
        for (HeaderFields block : report.recipients()) {
            Optional<String> recipient = DsnFields.recipient(block);
            Optional<Outcome> outcome = Outcomes.of(
                    DsnFields.action(block).orElse(null),
                    DsnFields.status(block).orElse(null));
            if (recipient.isEmpty() || outcome.isEmpty()) {
                continue;
            }
            Diagnostic diagnostic =
                    block.first("Diagnostic-Code").map(Diagnostic::parse).orElse(Diagnostic.NONE);
            Optional<ReportedHost> remote = block.first("Remote-MTA").map(ReportedHost::parse);
            told.add(new Told(
                    recipient.get(),
                    DsnFields.usable(block, "Final-Recipient").orElse(null),
                    outcome.get(),
                    DsnFields.status(block).orElse(null),
                    diagnostic.text().orElse(null),
                    diagnostic.text().isEmpty() ? ReplySource.UNKNOWN : diagnostic.source(remote.isPresent()),
                    remote.flatMap(ReportedHost::name).orElse(null),
                    null));
        }
        return told;
    }

    /** Fields in a text are indented or quoted as a whole; what continues one is indented further. */
    private static String outdented(String line) {
        String bare = line.replaceFirst("^(?:> ?){1,20}", "");
        String stripped = bare.stripLeading();
        return stripped.matches(
                        "(?i)(?:final-recipient|original-recipient|action|status|diagnostic-code|remote-mta|reporting-mta|arrival-date|last-attempt-date)\\s*:.*")
                ? stripped
                : bare;
    }
}
