package dev.rebound.http;

import java.util.Locale;

/** Problems that only this interface has; all others are told by their HTTP status alone. Listed in topology-docs/api.md. */
public enum ProblemType {
    /** Parameters in the path or the query cannot be used. */
    INVALID_PARAMETER(400, "A parameter cannot be used"),
    /** The body is not what the route takes. */
    INVALID_BODY(400, "The body cannot be used"),
    /** What is asked for does not go with what is there, such as a name that is taken, or a promotion that live stands against. */
    CONFLICT(409, "That does not go with what is there"),
    /** The instance lacks something that it still has to load; the same request can be answered later. */
    NOT_READY(503, "The instance is not ready"),
    /** Brokers or schema registry do not answer or refuse; nothing is acknowledged, and the same request can be sent again. */
    CLUSTER_UNREACHABLE(503, "The cluster cannot be reached"),
    /** The instances that could answer cannot be reached; the same request can be answered later. */
    UNAVAILABLE(503, "No instance can answer"),
    /** As many requests of the kind are being answered as may be. */
    BUSY(503, "Too many requests at a time"),
    /** The work cannot be done within the time for a request, and nothing was done; it can be done otherwise. */
    TOO_LONG(503, "The work takes longer than a request may");

    private final int status;
    private final String title;

    ProblemType(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /** HTTP status of every answer with this problem. */
    public int status() {
        return status;
    }

    /** Summary, the same for every answer with this problem. */
    public String title() {
        return title;
    }

    /** What programs know it by: a URI reference (RFC 9457 section 3.1.1), such as {@code /problems/not-ready}. */
    public String uri() {
        return "/problems/" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
