package dev.rebound.suppressions;

import dev.rebound.event.Digests;
import java.util.UUID;

/** Ids of commands. */
public final class CommandIds {

    private CommandIds() {}

    /** An id that no other command has. */
    public static String fresh() {
        return UUID.randomUUID().toString();
    }

    /** The id of what these say: the same for the same, so that it counts once however often it is written. Null is a value, too. */
    public static String derived(Object... parts) {
        StringBuilder text = new StringBuilder();
        for (Object part : parts) {
            String value = String.valueOf(part);
            text.append(value.length()).append(':').append(value);
        }
        return Digests.id(text.toString());
    }
}
