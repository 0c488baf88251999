package dev.rebound.replay;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rebound.schema.ReplayDefinition;
import dev.rebound.schema.ReplayProgress;
import java.time.Instant;
import java.util.List;

/** A replay as JSON, the same for the command line and over HTTP. */
public final class ReplayJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ReplayJson() {}

    /** {@code name}, {@code state}, what it is, and how far it is. What is not known is left out. */
    public static ObjectNode of(ReplayStatus replay) {
        ReplayDefinition definition = replay.definition();
        ObjectNode node = JSON.createObjectNode();
        node.put("name", definition.getName());
        node.put("id", definition.getId());
        node.put("state", replay.phase().text());
        node.put("createdAt", definition.getCreatedAt().toString());
        node.put("createdBy", definition.getCreatedBy());
        node.put("topic", definition.getTopic());
        put(node, "archive", definition.getArchive());
        put(node, "from", definition.getFrom());
        put(node, "to", definition.getTo());
        node.put("asLive", definition.getAsLive());
        ArrayNode span = node.putArray("span");
        definition.getSpan().forEach(part -> span.addObject()
                .put("partition", part.getPartition())
                .put("from", part.getFrom())
                .put("to", part.getTo()));
        filters(node, definition);
        ObjectNode tables = node.putObject("tables");
        tables.put("position", definition.getTablePosition());
        ArrayNode rows = tables.putArray("rows");
        definition.getOverlay().forEach(row -> rows.add(row.getId()));
        tables.put("policyGiven", definition.getPolicyGiven());
        put(tables, "preset", definition.getPreset());
        if (replay.progress() != null) {
            progress(node, replay);
        }
        return node;
    }

    private static void filters(ObjectNode node, ReplayDefinition definition) {
        ObjectNode filters = node.putObject("filters");
        array(filters, "tenants", definition.getTenants());
        array(filters, "domains", definition.getDomains());
        array(filters, "codes", definition.getCodes());
        array(filters, "outcomes", definition.getOutcomes());
    }

    private static void array(ObjectNode node, String name, List<String> values) {
        if (!values.isEmpty()) {
            values.forEach(node.putArray(name)::add);
        }
    }

    private static void progress(ObjectNode node, ReplayStatus replay) {
        ReplayProgress progress = replay.progress();
        ObjectNode records = node.putObject("records");
        records.put("total", progress.getTotal());
        records.put("read", progress.getRead());
        records.put("fed", progress.getFed());
        records.put("processed", progress.getProcessed());
        node.put("share", Math.round(replay.share() * 1000) / 1000.0);
        node.put("perSecond", Math.round(progress.getPerSecond()));
        replay.secondsLeft().ifPresent(seconds -> node.put("secondsLeft", seconds));
        node.put("toldAt", progress.getAt().toString());
        put(node, "asOf", progress.getAsOf());
        put(node, "fingerprint", progress.getFingerprint());
        put(node, "problem", progress.getProblem());
    }

    private static void put(ObjectNode node, String name, String value) {
        if (value != null) {
            node.put(name, value);
        }
    }

    private static void put(ObjectNode node, String name, Instant value) {
        if (value != null) {
            node.put(name, value.toString());
        }
    }
}
