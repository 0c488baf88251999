package dev.rebound.cli;

import dev.rebound.replay.ReplayStatus;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;

/** Shows how far a replay is while this process works on it; Ctrl-C stops it so that it can be gone on with. */
final class ReplayWatch implements Consumer<ReplayStatus> {

    /** ECMA-48: to the beginning of the line, then erase to its end. */
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintWriter err;
    private final boolean terminal;

    private ReplayWatch(PrintWriter err, boolean terminal) {
        this.err = err;
        this.terminal = terminal;
    }

    /** Work on a replay. */
    @FunctionalInterface
    interface Work {
        ReplayStatus until(BooleanSupplier stop, Consumer<ReplayStatus> watcher);
    }

    static ReplayStatus run(CommandSpec spec, Work work) {
        PrintWriter err = spec.commandLine().getErr();
        StopOnSignal stop = new StopOnSignal();
        ReplayWatch watch = new ReplayWatch(err, System.console() != null);
        try {
            ReplayStatus end = work.until(stop, watch);
            watch.clear();
            err.println(sentence(end));
            err.flush();
            return end;
        } finally {
            stop.done();
        }
    }

    private static String sentence(ReplayStatus end) {
        String name = end.definition().getName();
        return switch (end.phase()) {
            case FINISHED -> "Replay " + name + " is at its end.";
            case STOPPED, INTERRUPTED ->
                "Replay " + name + " is stopped; go on with: rebound replay start --name " + name;
            default -> "Replay " + name + " is " + end.phase().text() + ".";
        };
    }

    @Override
    public void accept(ReplayStatus status) {
        String line = line(status);
        if (terminal) {
            err.print(CLEAR_LINE + line);
        } else {
            err.println(line);
        }
        err.flush();
    }

    private void clear() {
        if (terminal) {
            err.print(CLEAR_LINE);
        }
    }

    /** One line: events, share, rate, time left. */
    static String line(ReplayStatus status) {
        if (status.progress() == null || status.phase() == ReplayStatus.Phase.PREPARING) {
            return status.phase().text() + " ...";
        }
        OptionalLong left = status.secondsLeft();
        return String.format(
                Locale.ROOT,
                "%,d events, %.0f %%, %,d/s%s",
                status.progress().getProcessed(),
                Math.floor(status.share() * 100),
                Math.round(status.progress().getPerSecond()),
                left.isPresent() ? ", " + duration(left.getAsLong()) + " left" : "");
    }

    private static String duration(long seconds) {
        return seconds < 90
                ? seconds + " s"
                : seconds < 5_400 ? Math.round(seconds / 60.0) + " min" : Math.round(seconds / 3_600.0) + " h";
    }
}
