package dev.rebound.lookup;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A request over HTTP whose whole answer has to come within a time and a size: the client's own timeout ends with the headers. */
public final class BoundedExchange {

    private static final int MOST_BYTES = 64 << 20;

    private BoundedExchange() {}

    /**
     * Sends, and takes the whole answer.
     *
     * @param most for connecting, asking and being answered
     * @throws HttpTimeoutException when it takes longer
     * @throws IOException when the connection fails, or the answer is larger than 64 MiB
     */
    public static HttpResponse<byte[]> send(HttpClient client, HttpRequest request, Duration most)
            throws IOException, InterruptedException {
        return send(client, request, most, MOST_BYTES);
    }

    static HttpResponse<byte[]> send(HttpClient client, HttpRequest request, Duration most, int mostBytes)
            throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(request, head -> new Body(mostBytes));
        try {
            return answer.get(most.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("no whole answer within " + most.toSeconds() + " s");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException problem) {
                throw problem;
            }
            throw new IOException(e.getCause());
        } finally {
            // Without effect on what is done.
            answer.cancel(true);
        }
    }

    /** The bytes of an answer, as long as they are not too many. */
    private static final class Body implements BodySubscriber<byte[]> {

        private final int most;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
        private Flow.Subscription subscription;

        Body(int most) {
            this.most = most;
        }

        @Override
        public CompletionStage<byte[]> getBody() {
            return whole;
        }

        @Override
        public void onSubscribe(Flow.Subscription granted) {
            subscription = granted;
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(List<ByteBuffer> parts) {
            for (ByteBuffer part : parts) {
                if (part.remaining() > most - bytes.size()) {
                    subscription.cancel();
                    whole.completeExceptionally(new IOException("the answer is larger than " + most + " bytes"));
                    return;
                }
                byte[] some = new byte[part.remaining()];
                part.get(some);
                bytes.write(some, 0, some.length);
            }
        }

        @Override
        public void onError(Throwable problem) {
            whole.completeExceptionally(problem);
        }

        @Override
        public void onComplete() {
            whole.complete(bytes.toByteArray());
        }
    }
}
