package dev.rebound.topology;

import dev.rebound.suppress.Command;
import dev.rebound.suppress.SuppressionKey;

/** What reading a record of {@code suppression-commands} gives: an instruction, or a dead letter with the reason in its headers. */
sealed interface Instructed permits Instructed.Instruction, DeadLetter {

    /**
     * A command that can be carried out.
     *
     * @param key what it is about
     * @param command what is to be done
     * @param value the command's bytes as read
     */
    record Instruction(SuppressionKey key, Command command, byte[] value) implements Instructed, Signal {}
}
