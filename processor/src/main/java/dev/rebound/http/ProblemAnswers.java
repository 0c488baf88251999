package dev.rebound.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.router.EndpointNotFound;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers with a {@link Problem}: for routes that refuse or fail, and for requests that never reach one. */
final class ProblemAnswers extends ErrorHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemAnswers.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    static void refused(HttpResponseException refusal, Context context) {
        answer(problem(refusal), context);
    }

    private static Problem problem(HttpResponseException refusal) {
        if (refusal instanceof ProblemException thrown) {
            return thrown.problem();
        }
        if (refusal instanceof EndpointNotFound) {
            // Its message quotes the path, which may hold an address.
            return Problem.plain(
                    refusal.getStatus(),
                    "nothing answers to this method at this path; /api/v1/openapi.json says what does");
        }
        return Problem.plain(refusal.getStatus(), refusal.getMessage());
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
        answer(Problem.plain(HttpStatus.INTERNAL_SERVER_ERROR_500, "internal error; the log says more"), context);
    }

    private static void answer(Problem problem, Context context) {
        context.status(problem.status()).contentType(Problem.MEDIA_TYPE).result(json(problem));
    }

    @Override
    public boolean errorPageForMethod(String method) {
        return true;
    }

    @Override
    protected void generateAcceptableResponse(
            Request base, HttpServletRequest request, HttpServletResponse response, int code, String message)
            throws IOException {
        base.setHandled(true);
        response.setContentType(Problem.MEDIA_TYPE);
        response.getOutputStream().write(json(unrouted(code)));
    }

    @Override
    public ByteBuffer badMessageError(int status, String reason, HttpFields.Mutable fields) {
        fields.put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
        return ByteBuffer.wrap(json(unrouted(status)));
    }

    /** Jetty's own refusals, in fixed sentences: Jetty's can quote the request. */
    private static Problem unrouted(int status) {
        return Problem.plain(
                status,
                switch (status) {
                    case HttpStatus.BAD_REQUEST_400 -> "the request is not valid HTTP (expected: RFC 9112)";
                    case HttpStatus.URI_TOO_LONG_414, HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431 ->
                        "the request's line and headers are too large; rebound.http.max.header.bytes sets the limit";
                    default -> "the request reached no route";
                });
    }

    private static byte[] json(Problem problem) {
        try {
            return JSON.writeValueAsBytes(problem);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
    }
}
