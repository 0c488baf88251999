package dev.rebound.http;

import io.javalin.http.Context;
import io.javalin.http.Header;
import java.io.IOException;
import java.io.OutputStream;
import org.eclipse.jetty.server.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An answer that can be very long: sent while it is written, because as a whole it would fill the memory. */
final class StreamedAnswer {

    private static final Logger LOG = LoggerFactory.getLogger(StreamedAnswer.class);

    private StreamedAnswer() {}

    /** Writes an answer. */
    @FunctionalInterface
    interface Writing {

        /**
         * Writes all of it and closes the stream at its end alone: closing ends an answer, also one that lacks something.
         *
         * @param partOut to be run for each part that was flushed
         */
        void to(OutputStream out, Runnable partOut) throws IOException;
    }

    /** Sends what is written. When that fails, the connection is cut, so that nobody takes a part for all. */
    static void send(Context context, String mediaType, Writing writing) {
        context.contentType(mediaType);
        if (StatisticsRoutes.isHead(context)) {
            return;
        }
        // Without it, the end of an answer on a connection that is not kept looks like a cut.
        context.header(Header.TRANSFER_ENCODING, "chunked");
        Runnable partOut = SlowConnections.partOut(context);
        try {
            writing.to(context.outputStream(), partOut);
        } catch (IOException | RuntimeException e) {
            LOG.debug("An answer was cut off", e);
            Request.getBaseRequest(context.req()).getHttpChannel().abort(e);
        }
    }
}
