package dev.rebound.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.rebound.json.PlainJson;
import dev.rebound.schema.Suppression;
import dev.rebound.schema.SuppressionEvidence;
import dev.rebound.suppress.Playback;
import dev.rebound.suppress.SuppressionKey;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;

/**
 * What becomes of an address on a list.
 *
 * @param key list and address
 * @param events how many events there are of it
 * @param evidence how many of them are evidence against it
 * @param changes when it is suppressed and released
 */
record TrialOutcome(SuppressionKey key, int events, int evidence, List<Playback.Change> changes) {

    private static final JsonFactory JSON = new JsonFactory();

    /** In lines, without a line end behind the last. */
    String text() {
        StringBuilder text = new StringBuilder(String.format(
                "%s, list %s: %d event%s, %d of them evidence",
                key.address(), key.list().text(), events, events == 1 ? "" : "s", evidence));
        if (changes.isEmpty()) {
            text.append(String.format("%n  never suppressed"));
        }
        boolean suppressed = false;
        for (Playback.Change change : changes) {
            text.append(String.format("%n  %s  ", Instant.ofEpochMilli(change.at())));
            if (change.suppression() == null) {
                text.append("may be written to again");
            } else {
                append(change.suppression(), suppressed, text);
            }
            suppressed = change.suppression() != null;
        }
        return text.toString();
    }

    private static void append(Suppression suppression, boolean before, StringBuilder text) {
        text.append(before ? "still suppressed " : "suppressed ")
                .append(suppression.getExpires() == null ? "for ever" : "until " + suppression.getExpires())
                .append(" by rule ")
                .append(suppression.getRule());
        if (suppression.getOccurrence() > 1) {
            text.append(", time ").append(suppression.getOccurrence()).append(" in succession");
        }
        for (SuppressionEvidence found : suppression.getEvidence()) {
            text.append(String.format(
                    "%n    %s  %s %s%s%s",
                    found.getEventTime(),
                    found.getOutcome(),
                    found.getCategory(),
                    found.getCode() == null ? "" : " " + found.getCode(),
                    found.getReply() == null ? "" : "  " + found.getReply()));
        }
    }

    /** In one line of JSON. */
    String json() {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(text)) {
            out.writeStartObject();
            out.writeStringField("list", key.list().text());
            out.writeStringField("address", key.address());
            out.writeNumberField("events", events);
            out.writeNumberField("evidence", evidence);
            out.writeArrayFieldStart("changes");
            for (Playback.Change change : changes) {
                out.writeStartObject();
                out.writeStringField("at", Instant.ofEpochMilli(change.at()).toString());
                out.writeBooleanField("suppressed", change.suppression() != null);
                out.writeFieldName("suppression");
                if (change.suppression() == null) {
                    out.writeNull();
                } else {
                    PlainJson.write(change.suppression(), PlainJson.Nulls.OMIT, out);
                }
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return text.toString();
    }
}
