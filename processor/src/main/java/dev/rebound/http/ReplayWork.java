package dev.rebound.http;

import dev.rebound.logging.AddressMask;
import dev.rebound.replay.ReplayException;
import dev.rebound.serde.SchemaRegistryException;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work on replays for requests: on threads of its own, because it waits for the brokers, and given up in time. What goes wrong becomes a
 * problem.
 */
final class ReplayWork {

    private static final Logger LOG = LoggerFactory.getLogger(ReplayWork.class);

    /** Brokers that are there answer within a fraction of that. */
    private static final Duration LOOKUP = Duration.ofSeconds(5);

    private static final int THREADS = 4;
    private static final int QUEUED = 32;

    private final WaitingRequests waiting = new WaitingRequests("replays", THREADS, QUEUED);
    private final ExecutorService workers = Executors.newFixedThreadPool(THREADS, daemons());
    private final Duration change;

    /** @param request how long a request may take */
    ReplayWork(Duration request) {
        this.change = request.multipliedBy(2).dividedBy(3);
    }

    private static ThreadFactory daemons() {
        AtomicInteger numbers = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, "replay-work-" + numbers.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** How long a change may take. */
    Duration most() {
        return change;
    }

    /** Answers with something that is only looked up. */
    <T> void lookUp(Context context, Callable<T> work, Consumer<T> answer) {
        run(context, LOOKUP.compareTo(change) < 0 ? LOOKUP : change, work, answer);
    }

    /** Answers once something is changed. */
    <T> void change(Context context, Callable<T> work, Consumer<T> answer) {
        run(context, change.plus(LOOKUP), work, answer);
    }

    private <T> void run(Context context, Duration most, Callable<T> work, Consumer<T> answer) {
        waiting.answer(context, () -> answer.accept(within(most, work)));
    }

    private <T> T within(Duration most, Callable<T> work) {
        Future<T> done = workers.submit(work);
        try {
            return done.get(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw unreachable("not done within " + most.toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable("interrupted");
        } catch (ExecutionException e) {
            throw refused(e.getCause());
        } finally {
            // Kafka's clients give up when they are interrupted.
            done.cancel(true);
        }
    }

    /** The problem that something is, where it is one for the client; else thrown as it is. */
    static RuntimeException refused(Throwable problem) {
        if (problem instanceof HttpResponseException refusal) {
            return refusal;
        }
        if (problem instanceof KafkaException || problem instanceof SchemaRegistryException) {
            LOG.warn("A request about replays was not carried out: {}", AddressMask.mask(problem.getMessage()));
            return unreachable(AddressMask.mask(problem.getMessage()));
        }
        if (problem instanceof ReplayException || problem instanceof IllegalStateException) {
            return ProblemException.of(ProblemType.CONFLICT, AddressMask.mask(problem.getMessage()));
        }
        if (problem instanceof CancellationException) {
            return ProblemException.of(ProblemType.TOO_LONG, AddressMask.mask(problem.getMessage()));
        }
        return problem instanceof RuntimeException e ? e : new IllegalStateException(problem);
    }

    private static ProblemException unreachable(String why) {
        return ProblemException.of(
                ProblemType.CLUSTER_UNREACHABLE, why + "; the same request can be sent again once the brokers answer");
    }
}
