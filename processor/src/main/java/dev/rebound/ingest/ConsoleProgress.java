package dev.rebound.ingest;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Progress for people: on a terminal one line that is rewritten in place, at most four times a second; elsewhere a line every
 * five seconds. A run that is over before the first of these is due shows nothing.
 */
public final class ConsoleProgress implements Progress {
    private static final long TERMINAL_FIRST_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long TERMINAL_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long LOG_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** ECMA-48: to the beginning of the line, then erase to its end. */
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintStream out;
    private final boolean terminal;
    private final String format;
    private final LongSupplier nanoTime;
    private long due;
    private boolean lineShown;

    /**
     * @param out where it is shown; standard error, since standard output carries results only
     * @param terminal whether that is a terminal, so that a line can be rewritten
     * @param units what is counted, such as {@code mails}
     */
    public ConsoleProgress(PrintStream out, boolean terminal, String units) {
        this(out, terminal, "%,d " + units + " read, %,d events%s", System::nanoTime);
    }

    /** Progress of events that are made, and read nowhere. */
    public static ConsoleProgress ofEvents(PrintStream out, boolean terminal) {
        return new ConsoleProgress(out, terminal, "%2$,d events%3$s", System::nanoTime);
    }

    /**
     * Progress of changes to what is read.
     *
     * @param units what is read, such as {@code entries}
     * @param changed what became of some of them, such as {@code removed}
     */
    public static ConsoleProgress ofChanges(PrintStream out, boolean terminal, String units, String changed) {
        return new ConsoleProgress(out, terminal, "%,d " + units + " read, %,d " + changed + "%s", System::nanoTime);
    }

    /** @param format takes units read, events, and the share done as text */
    ConsoleProgress(PrintStream out, boolean terminal, String format, LongSupplier nanoTime) {
        this.out = out;
        this.terminal = terminal;
        this.format = format;
        this.nanoTime = nanoTime;
        this.due = nanoTime.getAsLong() + (terminal ? TERMINAL_FIRST_NANOS : LOG_NANOS);
    }

    @Override
    public void advanced(long read, long events, double share) {
        long now = nanoTime.getAsLong();
        if (now - due < 0) {
            return;
        }
        String done = share < 0 ? "" : String.format(Locale.ROOT, ", %.0f %%", Math.floor(share * 100));
        String line = String.format(Locale.ROOT, format, read, events, done);
        if (terminal) {
            out.print(CLEAR_LINE + line);
            out.flush();
            lineShown = true;
        } else {
            out.println(line);
        }
        due = now + (terminal ? TERMINAL_NANOS : LOG_NANOS);
    }

    @Override
    public void problem(String message) {
        clear();
        out.println(message);
    }

    @Override
    public void finished() {
        clear();
    }

    private void clear() {
        if (lineShown) {
            out.print(CLEAR_LINE);
            out.flush();
            lineShown = false;
        }
    }
}
