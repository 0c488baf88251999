package dev.rebound.cli;

import dev.rebound.ingest.EventSink;
import dev.rebound.json.PlainJson;
import dev.rebound.schema.DeliveryEvent;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;

/**
 * Prints events as JSON, a line each, in ASCII: the characters do not depend on the encoding of standard output. What was
 * accepted is out after some events, or with {@link #flush()}.
 */
final class PrintedEvents implements EventSink {

    /** Looking for errors writes what is buffered, which takes far longer than the making of an event. */
    private static final int EVENTS_PER_LOOK = 200;

    private final PrintWriter out;
    private int unseen;

    PrintedEvents(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void accept(DeliveryEvent event) throws IOException {
        out.write(ascii(PlainJson.write(event, PlainJson.Nulls.OMIT)));
        out.write('\n');
        if (++unseen == EVENTS_PER_LOOK) {
            flush();
        }
    }

    /** JSON has other characters within strings only, where an escape stands for the same (RFC 8259 section 7). */
    private static String ascii(String json) {
        StringBuilder escaped = null;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c >= 0x80) {
                escaped = escaped == null ? new StringBuilder(json.length() + 64).append(json, 0, i) : escaped;
                escaped.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else if (escaped != null) {
                escaped.append(c);
            }
        }
        return escaped == null ? json : escaped.toString();
    }

    @Override
    public void flush() throws IOException {
        unseen = 0;
        if (out.checkError()) {
            throw new IOException("standard output was closed");
        }
    }
}
