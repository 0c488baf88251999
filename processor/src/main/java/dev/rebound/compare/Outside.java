package dev.rebound.compare;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.rebound.suppress.History;
import java.util.Locale;

/** Why a recipient's suppression cannot be compared: a side knows of something that the other cannot know of. */
public enum Outside {
    /** A failure or complaint from before the scope, or from elsewhere. */
    EVIDENCE,
    /** A failure or complaint after the scope's end. */
    FAILURE,
    /** A delivery after the scope's end. */
    DELIVERY,
    /** A message that came back after the scope's end. */
    CONTRADICTION,
    /** A decision of somebody after the scope's end. */
    COMMAND,
    /** A side left out events of the recipient on purpose. */
    FILTERED,
    /** The address was erased; the other side has made it up anew from events that are still there. */
    ERASED;

    /** The name in JSON. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The first reason by which a history is not wholly in a scope, first what came before it; null when it is. */
    static Outside of(History history, Scope scope) {
        boolean before = history.evidence().stream()
                .anyMatch(found ->
                        !scope.holds(found.topic(), found.partition(), found.offset()) && !scope.isBehind(found));
        if (before) {
            return EVIDENCE;
        }
        Later later = Later.of(history, scope);
        return later == null ? null : later.what();
    }
}
