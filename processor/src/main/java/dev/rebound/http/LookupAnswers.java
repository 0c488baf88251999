package dev.rebound.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rebound.http.Problem.Mistake;
import dev.rebound.lookup.InvalidLookupException;
import dev.rebound.lookup.UnavailableException;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.Header;
import java.util.Optional;

/** Answers of what is looked up in the state of all instances, and what goes wrong with that. */
final class LookupAnswers {

    private LookupAnswers() {}

    /** What a look-up answers. */
    @FunctionalInterface
    interface Lookup {
        JsonNode answer() throws InvalidLookupException;
    }

    /** Answers with JSON, on one of the threads. */
    static void answer(WaitingRequests threads, Context context, Lookup lookup) {
        send(threads, context, () -> context.json(lookup.answer()));
    }

    /** Sends what a look-up finds. */
    @FunctionalInterface
    interface Sending {
        void send() throws InvalidLookupException;
    }

    /** Answers in whatever form, on one of the threads. */
    static void send(WaitingRequests threads, Context context, Sending sending) {
        threads.answer(context, () -> {
            try {
                sending.send();
            } catch (InvalidLookupException e) {
                throw invalid(ProblemType.INVALID_PARAMETER, "", e);
            } catch (UnavailableException e) {
                throw unavailable(context, e);
            }
        });
    }

    /** What this instance answers another one. */
    @FunctionalInterface
    interface PeerAnswer {
        Optional<String> to(String question) throws InvalidLookupException;
    }

    /** What instances ask each other. Answered at once and on the server's own thread: the other instance waits. */
    static Route peers(String path, PeerAnswer answers) {
        return new Route(HandlerType.POST, path, Access.READ, context -> answerPeer(context, context.body(), answers));
    }

    /** What instances ask each other where it takes time: on one of the threads, which no other look-ups wait for. */
    static Route peers(String path, WaitingRequests threads, PeerAnswer answers) {
        return new Route(HandlerType.POST, path, Access.READ, context -> {
            String question = context.body();
            threads.answer(context, () -> answerPeer(context, question, answers));
        });
    }

    private static void answerPeer(Context context, String question, PeerAnswer answers) {
        try {
            String answer = answers.to(question)
                    .orElseThrow(() -> ProblemException.of(
                            ProblemType.UNAVAILABLE, "this instance does not hold the partition that was asked for"));
            context.contentType("application/json").result(answer);
        } catch (InvalidLookupException e) {
            throw invalid(ProblemType.INVALID_BODY, "", e);
        } catch (UnavailableException e) {
            throw unavailable(context, e);
        }
    }

    static ProblemException invalid(ProblemType type, String prefix, InvalidLookupException e) {
        return ProblemException.of(
                type,
                e.mistakes().stream()
                        .map(mistake -> new Mistake(prefix + mistake.parameter(), mistake.detail()))
                        .toList());
    }

    static ProblemException unavailable(Context context, UnavailableException e) {
        if (e.why() == UnavailableException.Why.TOO_MUCH) {
            return ProblemException.of(ProblemType.TOO_LONG, e.getMessage());
        }
        context.header(Header.RETRY_AFTER, "1");
        return ProblemException.of(e.isNotReady() ? ProblemType.NOT_READY : ProblemType.UNAVAILABLE, e.getMessage());
    }
}
