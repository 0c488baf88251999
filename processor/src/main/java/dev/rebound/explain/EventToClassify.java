package dev.rebound.explain;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rebound.json.InvalidJsonException;
import dev.rebound.json.PlainJson;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.schema.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** An event that somebody wants to see classified: no more of it than matters for that. */
public final class EventToClassify {

    private EventToClassify() {}

    /**
     * Reads a delivery event of which only {@code reply} or {@code status} has to be there; without an outcome it is
     * {@code BOUNCED}, without a time now. Fields that events do not have are passed over when there is a reply or a status, so
     * that labelled sets can be read as they are; without either, one may be a misspelt name, and is an error.
     *
     * @param object the event as JSON; changed
     * @throws InvalidJsonException when it is empty, or a field has a value of the wrong kind
     */
    public static DeliveryEvent read(ObjectNode object) throws InvalidJsonException {
        if (object.isEmpty()) {
            throw new InvalidJsonException("nothing to classify (expected: one of reply, status)");
        }
        putIfAbsent(object, "eventId", "");
        putIfAbsent(object, "eventTime", Instant.now().toString());
        putIfAbsent(object, "tenant", "default");
        putIfAbsent(object, "recipient", "");
        putIfAbsent(object, "outcome", Outcome.BOUNCED.name());
        if (object.has("reply") || object.has("status")) {
            List<String> extra = new ArrayList<>();
            object.fieldNames().forEachRemaining(name -> {
                if (DeliveryEvent.getClassSchema().getField(name) == null) {
                    extra.add(name);
                }
            });
            object.remove(extra);
        }
        return PlainJson.read(object, DeliveryEvent.class);
    }

    private static void putIfAbsent(ObjectNode object, String field, String value) {
        if (!object.hasNonNull(field)) {
            object.put(field, value);
        }
    }
}
