package dev.rebound.cli;

import dev.rebound.ingest.EventSink;
import dev.rebound.json.PlainJson;
import dev.rebound.schema.DeliveryEvent;
import java.io.IOException;
import java.io.PrintWriter;

/** Prints events as JSON, a line each. */
final class PrintedEvents implements EventSink {

    private final PrintWriter out;

    PrintedEvents(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void accept(DeliveryEvent event) throws IOException {
        out.println(PlainJson.write(event, PlainJson.Nulls.OMIT));
        flushed();
    }

    @Override
    public void flush() throws IOException {
        out.flush();
        flushed();
    }

    private void flushed() throws IOException {
        if (out.checkError()) {
            throw new IOException("standard output was closed");
        }
    }
}
