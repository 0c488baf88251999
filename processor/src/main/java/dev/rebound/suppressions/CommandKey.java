package dev.rebound.suppressions;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What the key of a command's record says.
 *
 * @param list the list, as text
 * @param address the address
 * @param id id of the command
 */
record CommandKey(String list, String address, String id) {

    /** Reads {@code list|address|commandId}; empty for anything else. Of the three, only addresses have bars of their own. */
    static Optional<CommandKey> parse(byte[] key) {
        String text = new String(key, StandardCharsets.UTF_8);
        int first = text.indexOf('|');
        int last = text.lastIndexOf('|');
        return first > 0 && last > first + 1
                ? Optional.of(new CommandKey(
                        text.substring(0, first), text.substring(first + 1, last), text.substring(last + 1)))
                : Optional.empty();
    }

    /** As the record has it. */
    String text() {
        return list + '|' + address + '|' + id;
    }
}
