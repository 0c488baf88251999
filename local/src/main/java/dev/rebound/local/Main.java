package dev.rebound.local;

import dev.rebound.cli.Rebound;

/** The program: all commands of the processor, and {@code local}. */
public final class Main {

    private Main() {}

    /** Runs a command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(Rebound.commandLine().addSubcommand(new LocalCommand()).execute(arguments));
    }
}
