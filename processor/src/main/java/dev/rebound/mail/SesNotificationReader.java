package dev.rebound.mail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rebound.schema.Outcome;
import dev.rebound.schema.ReplySource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the bounces that Amazon SES publishes as JSON and that Amazon SNS sends on as mail ("Contents of Amazon SES notifications" in
 * the developer guide). Complaints in this form are read before, as reports of feedback; deliveries are not read.
 */
final class SesNotificationReader implements NoticeReader {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MARK = "\"notificationType\"";

    @Override
    public String name() {
        return "ses-notification";
    }

    @Override
    public Optional<String> mine(Notice notice) {
        String text = text(notice);
        return text.indexOf('{') >= 0 && text.contains(MARK) ? Optional.of("the words " + MARK) : Optional.empty();
    }

    /** Mail systems break the line wherever it gets too long. */
    private static String text(Notice notice) {
        return String.join("", notice.lines());
    }

    @Override
    public List<Told> told(Notice notice) {
        String text = text(notice);
        int start = text.indexOf('{');
        JsonNode bounce;
        try {
            bounce = JSON.readTree(text.substring(start)).path("bounce");
        } catch (JsonProcessingException e) {
            return List.of();
        }
        boolean lasting = !bounce.path("bounceType").asText().equals("Transient");
        List<Told> told = new ArrayList<>();
        for (JsonNode recipient : bounce.path("bouncedRecipients")) {
            String status = recipient.path("status").asText("");
            told.add(new Told(
                    recipient.path("emailAddress").asText(null),
                    null,
                    recipient.path("action").asText("").equals("delayed") ? Outcome.DEFERRED : Outcome.BOUNCED,
                    status.isEmpty() ? lasting ? "5.0.0" : "4.0.0" : status,
                    withoutType(recipient.path("diagnosticCode").asText(null)),
                    recipient.has("diagnosticCode") ? ReplySource.REMOTE : ReplySource.UNKNOWN,
                    null,
                    null));
        }
        return told;
    }

    private static String withoutType(String diagnostic) {
        return diagnostic == null ? null : Diagnostic.parse(diagnostic).text().orElse(null);
    }
}
