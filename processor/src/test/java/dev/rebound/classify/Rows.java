package dev.rebound.classify;

import dev.rebound.schema.BounceType;
import dev.rebound.schema.StatusCode;
import dev.rebound.schema.StatusCodeRevision;
import java.util.List;

/** Rows of the code table, where a test names only what it is about. */
final class Rows {

    private Rows() {}

    /** What an origin says of a code, over time. */
    static StatusCode row(Origin origin, String id, StatusCodeRevision.Builder... revisions) {
        return new StatusCode(
                id,
                origin.text(),
                List.of(revisions).stream()
                        .map(StatusCodeRevision.Builder::build)
                        .toList());
    }

    /** An operator's row that names a category. */
    static StatusCode categoryOf(String id, String category) {
        return row(Origin.OPERATOR, id, revision().setCategory(category));
    }

    /** An operator's row that names a bounce type. */
    static StatusCode typeOf(String id, BounceType type) {
        return row(Origin.OPERATOR, id, revision().setBounceType(type));
    }

    /** A revision in force since the beginning of time that says nothing yet. */
    static StatusCodeRevision.Builder revision() {
        return StatusCodeRevision.newBuilder();
    }
}
