package dev.rebound.suppressions;

import dev.rebound.schema.SuppressionCommand;
import dev.rebound.suppress.SuppressionKey;
import dev.rebound.suppress.SuppressionList;

/**
 * A command and where it belongs: beside the state that it is about.
 *
 * @param command the command
 * @param address the address, in normal form, whose state that is: the command's own, or the erased one for which the command's
 *     stands in
 */
record PlacedCommand(SuppressionCommand command, String address) {

    /** A command about an address or a domain. */
    static PlacedCommand of(SuppressionCommand command) {
        return new PlacedCommand(command, command.getAddress());
    }

    /** What places it among the partitions. */
    byte[] home() {
        return SuppressionKey.home(SuppressionList.parse(command.getList()).tenant(), address);
    }
}
