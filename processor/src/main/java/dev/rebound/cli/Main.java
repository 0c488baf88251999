package dev.rebound.cli;

/** The processor as a program: all commands but those that need a stack of their own. */
public final class Main {

    private Main() {}

    /** Runs a command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(Rebound.commandLine().execute(arguments));
    }
}
