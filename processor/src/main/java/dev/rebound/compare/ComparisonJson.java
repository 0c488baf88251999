package dev.rebound.compare;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.rebound.compare.Comparison.Change;
import dev.rebound.compare.Comparison.Day;
import dev.rebound.compare.Comparison.Domain;
import dev.rebound.compare.Comparison.Events;
import dev.rebound.compare.Comparison.Keys;
import dev.rebound.compare.Comparison.Move;
import dev.rebound.compare.Comparison.Sample;
import dev.rebound.compare.Comparison.Statistics;
import dev.rebound.compare.Comparison.Suppressions;
import dev.rebound.compare.Comparison.Verdict;
import dev.rebound.json.PlainJson;
import dev.rebound.schema.Suppression;
import dev.rebound.topology.Coordinates;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A comparison as a JSON object. Suppressions are in it with their addresses, as in the feed. */
public final class ComparisonJson {

    private static final JsonFactory FACTORY = new JsonFactory();

    private final JsonGenerator out;

    private ComparisonJson(JsonGenerator out) {
        this.out = out;
    }

    /** In one line, without a line end. */
    public static String text(Comparison comparison) {
        StringWriter text = new StringWriter(4096);
        try (JsonGenerator out = FACTORY.createGenerator(text)) {
            write(comparison, out);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return text.toString();
    }

    /** Writes it as the next value of a larger document. */
    public static void write(Comparison comparison, JsonGenerator out) throws IOException {
        new ComparisonJson(out).comparison(comparison);
    }

    private void comparison(Comparison comparison) throws IOException {
        out.writeStartObject();
        out.writeStringField("before", comparison.before());
        out.writeStringField("after", comparison.after());
        out.writeStringField("at", comparison.at().toString());
        out.writeBooleanField("complete", comparison.complete());
        out.writeBooleanField("filtered", comparison.filtered());
        out.writeStringField("note", comparison.note());
        events(comparison.events());
        out.writeFieldName("suppressions");
        suppressions(comparison.suppressions());
        out.writeFieldName("statistics");
        statistics(comparison.statistics());
        out.writeEndObject();
    }

    private void events(Events events) throws IOException {
        out.writeNumberField("events", events.compared());
        out.writeNumberField("changed", events.changed());
        out.writeNumberField("onlyBefore", events.onlyBefore());
        out.writeNumberField("onlyAfter", events.onlyAfter());
        out.writeNumberField("withoutSource", events.withoutSource());
        out.writeNumberField("unreadable", events.unreadable());
        moves("moved", events.moved());
        moves("categories", events.categories());
        moves("rules", events.rules());
        moves("providers", events.providers());
        out.writeObjectFieldStart("recipientGone");
        out.writeNumberField("became", events.becameGone());
        out.writeNumberField("noLonger", events.noLongerGone());
        out.writeEndObject();
        counts("fields", events.fields());
        out.writeArrayFieldStart("domains");
        for (Domain domain : events.domains()) {
            domain(domain);
        }
        out.writeEndArray();
    }

    private void moves(String name, List<Move> moves) throws IOException {
        out.writeArrayFieldStart(name);
        for (Move move : moves) {
            out.writeStartObject();
            out.writeStringField("from", move.from());
            out.writeStringField("to", move.to());
            out.writeNumberField("count", move.count());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private void counts(String name, Map<String, Long> counts) throws IOException {
        out.writeObjectFieldStart(name);
        for (Map.Entry<String, Long> count : counts.entrySet()) {
            out.writeNumberField(count.getKey(), count.getValue());
        }
        out.writeEndObject();
    }

    private void domain(Domain domain) throws IOException {
        out.writeStartObject();
        out.writeStringField("domain", domain.domain());
        out.writeNumberField("changed", domain.changed());
        out.writeNumberField("moved", domain.moved());
        out.writeArrayFieldStart("samples");
        for (Sample sample : domain.samples()) {
            sample(sample);
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private void sample(Sample sample) throws IOException {
        Coordinates source = sample.source();
        out.writeStartObject();
        out.writeStringField("topic", source.topic());
        out.writeNumberField("partition", source.partition());
        out.writeNumberField("offset", source.offset());
        out.writeStringField("eventTime", sample.eventTime().toString());
        out.writeStringField("outcome", sample.outcome());
        verdict("before", sample.before());
        verdict("after", sample.after());
        out.writeStringField("reply", sample.reply());
        out.writeEndObject();
    }

    private void verdict(String name, Verdict verdict) throws IOException {
        out.writeObjectFieldStart(name);
        out.writeStringField("bounceType", verdict.bounceType());
        out.writeStringField("category", verdict.category());
        out.writeStringField("rule", verdict.rule());
        out.writeStringField("code", verdict.code());
        out.writeStringField("provider", verdict.provider());
        out.writeBooleanField("recipientGone", verdict.recipientGone());
        out.writeEndObject();
    }

    private void suppressions(Suppressions suppressions) throws IOException {
        out.writeStartObject();
        out.writeNumberField("added", suppressions.added());
        out.writeNumberField("lifted", suppressions.lifted());
        out.writeNumberField("changed", suppressions.changed());
        out.writeNumberField("same", suppressions.same());
        out.writeNumberField("outside", suppressions.outside());
        out.writeObjectFieldStart("outsideBecause");
        for (Map.Entry<Outside, Long> reason : suppressions.outsideBecause().entrySet()) {
            out.writeNumberField(reason.getKey().text(), reason.getValue());
        }
        out.writeEndObject();
        out.writeNumberField("unreadable", suppressions.unreadable());
        out.writeArrayFieldStart("differences");
        for (SuppressionDifference difference : suppressions.listed()) {
            difference(difference);
        }
        out.writeEndArray();
        out.writeNumberField(
                "more", suppressions.differences() - suppressions.listed().size());
        out.writeEndObject();
    }

    private void difference(SuppressionDifference difference) throws IOException {
        out.writeStartObject();
        out.writeStringField("kind", difference.kind().name().toLowerCase(Locale.ROOT));
        out.writeStringField("list", difference.key().list().text());
        out.writeStringField("address", difference.key().address());
        out.writeArrayFieldStart("fields");
        for (String field : difference.fields()) {
            out.writeString(field);
        }
        out.writeEndArray();
        suppression("before", difference.before());
        suppression("after", difference.after());
        out.writeEndObject();
    }

    private void suppression(String name, Suppression suppression) throws IOException {
        out.writeFieldName(name);
        if (suppression == null) {
            out.writeNull();
        } else {
            PlainJson.write(suppression, PlainJson.Nulls.OMIT, out);
        }
    }

    private void statistics(Statistics statistics) throws IOException {
        out.writeStartObject();
        out.writeArrayFieldStart("days");
        for (Day day : statistics.days()) {
            out.writeStartObject();
            out.writeStringField("domain", day.domain());
            out.writeStringField("day", day.day().toString());
            changes("figures", day.figures());
            changes("categories", day.categories());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeNumberField("moreDays", statistics.moreDays());
        out.writeNumberField("otherEvents", statistics.otherEvents());
        out.writeArrayFieldStart("byKey");
        for (Keys keys : statistics.byKey()) {
            keys(keys);
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private void changes(String name, Map<String, Change> changes) throws IOException {
        out.writeObjectFieldStart(name);
        for (Map.Entry<String, Change> change : changes.entrySet()) {
            out.writeObjectFieldStart(change.getKey());
            out.writeNumberField("before", change.getValue().before());
            out.writeNumberField("after", change.getValue().after());
            out.writeEndObject();
        }
        out.writeEndObject();
    }

    private void keys(Keys keys) throws IOException {
        out.writeStartObject();
        out.writeStringField("topic", keys.topic());
        out.writeNumberField("same", keys.same());
        out.writeNumberField("differ", keys.differ());
        out.writeNumberField("onlyBefore", keys.onlyBefore());
        out.writeNumberField("onlyAfter", keys.onlyAfter());
        out.writeArrayFieldStart("examples");
        for (String example : keys.examples()) {
            out.writeString(example);
        }
        out.writeEndArray();
        out.writeEndObject();
    }
}
