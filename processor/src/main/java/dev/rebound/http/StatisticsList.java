package dev.rebound.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.Header;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.eclipse.jetty.server.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An answer with a list that can be very long: sent while it is written, because as a tree it would fill the memory. */
final class StatisticsList {

    private static final Logger LOG = LoggerFactory.getLogger(StatisticsList.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Some 64 KiB. */
    private static final int ROWS_IN_A_PART = 100;

    private StatisticsList() {}

    /**
     * Sends the members of an object, and a list as another one. When that fails, the connection is cut, so that nobody takes a part for
     * all.
     *
     * @param name name of the list
     * @param row what the list has for one of the rows
     */
    static <T> void send(Context context, ObjectNode members, String name, List<T> rows, Function<T, ObjectNode> row) {
        context.contentType("application/json");
        if (StatisticsRoutes.isHead(context)) {
            return;
        }
        // Without it, the end of an answer on a connection that is not kept looks like a cut.
        context.header(Header.TRANSFER_ENCODING, "chunked");
        Runnable partOut = SlowConnections.partOut(context);
        try {
            // Closed at its end alone: closing ends an answer, also one that lacks something.
            JsonGenerator out = JSON.createGenerator(context.outputStream());
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
        } catch (IOException | RuntimeException e) {
            LOG.debug("A list was cut off", e);
            Request.getBaseRequest(context.req()).getHttpChannel().abort(e);
        }
    }
}
