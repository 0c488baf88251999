package dev.rebound.cli;

import dev.rebound.suppress.Commands;
import dev.rebound.suppressions.Issued;
import java.time.Instant;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Who gives a command, and why. */
final class IssueOptions {

    @Option(
            names = "--why",
            paramLabel = "TEXT",
            description = "The reason, 1 to " + Commands.MAX_TEXT + " characters. It is kept with the command.")
    private String why;

    @Option(names = "--by", paramLabel = "WHO", description = "Who gives it. Default: the user's name.")
    private String by;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** Given now. @throws ParameterException when the reason is missing, or a text is empty or too long */
    Issued now() {
        if (why == null) {
            throw new ParameterException(
                    spec.commandLine(), "--why is missing (expected: the reason, such as --why \"asked by phone\")");
        }
        return now(why);
    }

    /** Given now, with a reason where none is named. @throws ParameterException as {@link #now()} */
    Issued nowOr(String defaultWhy) {
        return now(why == null ? defaultWhy : why);
    }

    private Issued now(String reason) {
        return new Issued(
                checked("--by", by == null ? System.getProperty("user.name", "unknown") : by),
                checked("--why", reason),
                Instant.now());
    }

    private String checked(String option, String text) {
        if (text.isBlank() || text.length() > Commands.MAX_TEXT) {
            throw new ParameterException(
                    spec.commandLine(),
                    option + " cannot be used (expected: 1 to " + Commands.MAX_TEXT + " characters)");
        }
        return text;
    }
}
