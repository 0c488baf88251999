package dev.rebound.http;

import io.javalin.http.HttpResponseException;
import java.util.List;

/** Thrown by a route to refuse a request; the server answers with the problem. */
public final class ProblemException extends HttpResponseException {

    private final Problem problem;

    /** Refuses with this problem. */
    public ProblemException(Problem problem) {
        super(problem.status(), problem.detail());
        this.problem = problem;
    }

    /** Refuses with a problem that a sentence tells; the sentence quotes no address. */
    public static ProblemException of(ProblemType type, String detail) {
        return new ProblemException(Problem.of(type, detail));
    }

    /**
     * Refuses with everything that is wrong, at once.
     *
     * @param mistakes at least one
     */
    public static ProblemException of(ProblemType type, List<Problem.Mistake> mistakes) {
        return new ProblemException(Problem.of(type, mistakes));
    }

    /** What the client is told. */
    public Problem problem() {
        return problem;
    }
}
