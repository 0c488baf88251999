package dev.rebound.http;

import io.javalin.http.ContentTooLargeResponse;
import io.javalin.http.Context;
import org.eclipse.jetty.server.HttpInput;
import org.eclipse.jetty.server.Request;

/** Refuses a request whose body is too large: at once when it says so, else when it has sent that much. */
final class BodyLimit {

    private final int bytes;

    BodyLimit(int bytes) {
        this.bytes = bytes;
    }

    void watch(Context context) {
        if (context.req().getContentLengthLong() > bytes) {
            throw tooLarge();
        }
        Request.getBaseRequest(context.req()).getHttpInput().addInterceptor(new Counting());
    }

    private ContentTooLargeResponse tooLarge() {
        return new ContentTooLargeResponse("the body is too large (expected: at most " + bytes
                + " bytes); send less in a request; rebound.http.max.body.bytes sets the limit");
    }

    /** Counts what one request sends; a length that is not told in advance is found out here. */
    private final class Counting implements HttpInput.Interceptor {

        private long read;

        @Override
        public HttpInput.Content readFrom(HttpInput.Content content) {
            read += content.remaining();
            if (read > bytes) {
                throw tooLarge();
            }
            return content;
        }
    }
}
