package dev.rebound.classify;

import dev.rebound.schema.BounceType;
import dev.rebound.schema.StatusCode;
import dev.rebound.schema.StatusCodeRevision;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Rows of the code table, where a test names only what it is about. */
final class Rows {

    /** Of tables with rows beside the shipped ones. */
    static final long POSITION = 42;

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

    /** The shipped table with these rows instead of those with the same origin and id, and beside the others. */
    static CodeTable shippedWith(StatusCode... rows) {
        Map<String, StatusCode> all = new LinkedHashMap<>();
        Stream.concat(ShippedCodes.rows().stream(), Stream.of(rows))
                .forEach(row -> all.put(row.getOrigin() + '/' + row.getId(), row));
        return CodeTable.of(all.values(), POSITION);
    }

    /** A revision in force since the beginning of time that says nothing yet. */
    static StatusCodeRevision.Builder revision() {
        return StatusCodeRevision.newBuilder();
    }
}
