package dev.rebound.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** A run of a command within the test. */
record CommandRun(int exit, String out, String err) {

    /** Runs {@code rebound} with these arguments. */
    static CommandRun of(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = Rebound.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
        return new CommandRun(exit, out.toString(), err.toString());
    }
}
