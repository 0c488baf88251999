package dev.rebound.cli;

import dev.rebound.codes.OperatorRows;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** When a change of the code table counts, and who makes it. */
final class EffectOptions {

    private static final String BEGINNING = "beginning";

    @Option(
            names = "--effective-from",
            paramLabel = "TIME",
            description = "Event time from which the change counts, ISO 8601, or " + BEGINNING + ". Default: now.")
    private String effectiveFrom;

    @Option(names = "--by", paramLabel = "WHO", description = "Who makes the change. Default: the user's name.")
    private String by;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** The effect of a change that is made now. @throws ParameterException when the time cannot be understood */
    OperatorRows.Effect effect() {
        String who = by == null ? System.getProperty("user.name", "unknown") : by;
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        if (effectiveFrom == null) {
            return new OperatorRows.Effect(now, now, who);
        }
        if (effectiveFrom.equals(BEGINNING)) {
            return new OperatorRows.Effect(null, now, who);
        }
        try {
            return new OperatorRows.Effect(Instant.parse(effectiveFrom), now, who);
        } catch (DateTimeParseException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--effective-from: " + effectiveFrom + " (expected: such as 2026-03-01T00:00:00Z, or " + BEGINNING
                            + ")");
        }
    }

    /** The end of a sentence about a change. */
    static String since(OperatorRows.Effect effect) {
        return effect.from() == null ? " for all events." : " for events from " + effect.from() + " on.";
    }
}
