package dev.rebound.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.jetty.http.HttpStatus;

/**
 * Why a request was refused or failed: a problem detail (RFC 9457).
 *
 * @param type what kind of problem: the URI of a {@link ProblemType}, or {@link #PLAIN}
 * @param title summary of the kind
 * @param status HTTP status of the answer
 * @param detail what is wrong with this request and what to do about it; quotes no address
 * @param errors what is wrong, one by one; empty when there is nothing to add to the detail
 */
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Mistake> errors) {

    /** Media type of a problem as JSON (RFC 9457 section 6.1). */
    public static final String MEDIA_TYPE = "application/problem+json";

    /** Type of a problem of which the HTTP status says everything (RFC 9457 section 4.2.1). */
    public static final String PLAIN = "about:blank";

    /** A body can be wrong in as many places as it has values; so many are told of. */
    static final int MAX_ERRORS = 100;

    /**
     * One thing that is wrong.
     *
     * @param at name of a parameter, or JSON pointer (RFC 6901) into the body
     * @param detail what was found there and what was expected; quotes no address
     */
    public record Mistake(String at, String detail) {}

    /** Copies the errors, the first hundred of them. */
    public Problem {
        errors = List.copyOf(errors.subList(0, Math.min(errors.size(), MAX_ERRORS)));
    }

    /** A problem of a kind of its own, told in a sentence. */
    public static Problem of(ProblemType type, String detail) {
        return new Problem(type.uri(), type.title(), type.status(), detail, List.of());
    }

    /**
     * A problem of a kind of its own, with everything that is wrong; its detail is the first of these.
     *
     * @throws IllegalArgumentException when nothing is wrong
     */
    public static Problem of(ProblemType type, List<Mistake> mistakes) {
        if (mistakes.isEmpty()) {
            throw new IllegalArgumentException("mistakes: none (expected: at least one)");
        }
        Mistake first = mistakes.get(0);
        int others = mistakes.size() - 1;
        String detail =
                first.at() + ": " + first.detail() + (others == 0 ? "" : "; and " + others + " more, see errors");
        return new Problem(type.uri(), type.title(), type.status(), detail, mistakes);
    }

    /** A problem of which the HTTP status says what kind it is. Without a detail, null or blank, it has the status' phrase. */
    public static Problem plain(int status, String detail) {
        String phrase = phrase(status);
        return new Problem(PLAIN, phrase, status, detail == null || detail.isBlank() ? phrase : detail, List.of());
    }

    /** The phrase of RFC 9110; Jetty has older ones for some. */
    private static String phrase(int status) {
        return switch (status) {
            case HttpStatus.PAYLOAD_TOO_LARGE_413 -> "Content Too Large";
            case HttpStatus.UNPROCESSABLE_ENTITY_422 -> "Unprocessable Content";
            case HttpStatus.INTERNAL_SERVER_ERROR_500 -> "Internal Server Error";
            default -> HttpStatus.getMessage(status);
        };
    }
}
