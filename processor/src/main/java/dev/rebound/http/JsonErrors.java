package dev.rebound.http;

import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Errors as {@code {"error": "a sentence"}}: those of handlers, and those of requests that never reach one. */
final class JsonErrors extends ErrorHandler {

    private static final Logger LOG = LoggerFactory.getLogger(JsonErrors.class);
    private static final String JSON = "application/json";

    static void refused(HttpResponseException problem, Context context) {
        context.status(problem.getStatus()).json(body(problem.getMessage()));
    }

    /** What went wrong is for the log; a client learns only that something did. */
    static void failed(Exception problem, Context context) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof HttpResponseException refusal) {
                refused(refusal, context);
                return;
            }
            if (cause instanceof EofException || cause instanceof ClosedChannelException) {
                LOG.debug("{} {}: the client has gone", context.method(), context.matchedPath());
                return;
            }
        }
        LOG.error("{} {} failed", context.method(), context.matchedPath(), problem);
        context.status(HttpStatus.INTERNAL_SERVER_ERROR_500).json(body("internal error; the log says more"));
    }

    private static Map<String, String> body(String message) {
        return Map.of("error", message == null ? "refused" : message);
    }

    @Override
    public boolean errorPageForMethod(String method) {
        return true;
    }

    /** Jetty's own refusals: their reason is a fixed phrase, because messages can quote the request. */
    @Override
    protected void generateAcceptableResponse(
            Request base, HttpServletRequest request, HttpServletResponse response, int code, String message)
            throws IOException {
        base.setHandled(true);
        response.setContentType(JSON);
        response.getOutputStream().write(phrase(code));
    }

    @Override
    public ByteBuffer badMessageError(int status, String reason, HttpFields.Mutable fields) {
        fields.put(HttpHeader.CONTENT_TYPE, JSON);
        return ByteBuffer.wrap(phrase(status));
    }

    private static byte[] phrase(int status) {
        return ("{\"error\":\"" + HttpStatus.getMessage(status) + "\"}").getBytes(StandardCharsets.US_ASCII);
    }
}
