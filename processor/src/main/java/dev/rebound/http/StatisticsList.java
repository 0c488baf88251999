package dev.rebound.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** An answer in JSON with a list that can be very long. */
final class StatisticsList {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Some 64 KiB. */
    private static final int ROWS_IN_A_PART = 100;

    private StatisticsList() {}

    /**
     * Sends the members of an object, and a list as another one.
     *
     * @param name name of the list
     * @param row what the list has for one of the rows
     */
    static <T> void send(Context context, ObjectNode members, String name, List<T> rows, Function<T, ObjectNode> row) {
        StreamedAnswer.send(context, "application/json", (stream, partOut) -> {
            JsonGenerator out = JSON.createGenerator(stream);
            out.writeStartObject();
            for (Map.Entry<String, ?> member : members.properties()) {
                out.writePOJOField(member.getKey(), member.getValue());
            }
            out.writeArrayFieldStart(name);
            int written = 0;
            for (T each : rows) {
                out.writePOJO(row.apply(each));
                if (++written % ROWS_IN_A_PART == 0) {
                    out.flush();
                    partOut.run();
                }
            }
            out.writeEndArray();
            out.writeEndObject();
            out.close();
        });
    }
}
