package dev.rebound.http;

import dev.rebound.lookup.ExportFormat;
import dev.rebound.lookup.SuppressionFilter;
import dev.rebound.lookup.SuppressionLookups;
import dev.rebound.lookup.SuppressionLookups.Exported;
import dev.rebound.schema.Suppression;
import io.javalin.http.Context;
import io.javalin.http.Header;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.server.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One export on its way to a client. No more of it than a chunk is in memory. */
final class SuppressionExport {

    private static final Logger LOG = LoggerFactory.getLogger(SuppressionExport.class);
    private static final int CHUNK = 64 * 1024;

    private final Context context;
    private final ExportFormat format;
    private final Runnable partOut;
    private final StringBuilder chunk = new StringBuilder();
    private OutputStream out;

    SuppressionExport(Context context, ExportFormat format) {
        this.context = context;
        this.format = format;
        this.partOut = SlowConnections.partOut(context);
    }

    /**
     * Sends all that the filter lets pass. What goes wrong before the first byte is thrown; after it, the connection is cut, so that
     * nobody takes a part for all.
     */
    void send(SuppressionLookups lookups, SuppressionFilter filter, boolean copies) {
        try {
            lookups.export(filter, copies, this::take);
            begin();
            flush();
        } catch (RuntimeException e) {
            if (out == null) {
                throw e;
            }
            LOG.debug("An export was cut off", e);
            Request.getBaseRequest(context.req()).getHttpChannel().abort(e);
        }
    }

    private void take(Exported part) {
        begin();
        for (Suppression suppression : part.suppressions()) {
            format.write(suppression, part.stale(), chunk);
            if (chunk.length() >= CHUNK) {
                flush();
            }
        }
        flush();
    }

    private void begin() {
        if (out == null) {
            context.contentType(format.mediaType());
            context.header(
                    Header.CONTENT_DISPOSITION, "attachment; filename=\"suppressions." + format.extension() + "\"");
            // Without it, the end of an answer on a connection that is not kept looks like a cut.
            context.header(Header.TRANSFER_ENCODING, "chunked");
            out = context.outputStream();
            chunk.append(format.header());
        }
    }

    private void flush() {
        try {
            out.write(chunk.toString().getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        chunk.setLength(0);
        partOut.run();
    }
}
