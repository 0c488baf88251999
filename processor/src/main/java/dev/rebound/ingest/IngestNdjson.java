package dev.rebound.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Reads lines of JSON into a sink. A file that only grew since it was last read is read from there on; one whose beginning
 * changed is read as a whole. A last line without a line feed is read; if it is no event it is reported, but read again
 * next time, since it may have been half written.
 */
public final class IngestNdjson {
    private static final int LINES_PER_FLUSH = 20_000;

    private final NdjsonReader reader;
    private final EventSink sink;
    private final Ledger ledger;
    private final Progress progress;
    private final StopRequest stop;

    private final Tally tally = new Tally();
    private final FlushPace pace = new FlushPace(LINES_PER_FLUSH);

    /**
     * For one run.
     *
     * @param stop asked before each line; true ends the run as an interrupt does: with everything read stored and noted
     */
    public IngestNdjson(NdjsonReader reader, EventSink sink, Ledger ledger, Progress progress, BooleanSupplier stop) {
        this.reader = reader;
        this.sink = sink;
        this.ledger = ledger;
        this.progress = progress;
        this.stop = new StopRequest(stop);
    }

    /**
     * Reads the sources in order, until their end or until asked to stop; an interrupt status that ended the run is set
     * again on return.
     *
     * @throws IOException when a source, the sink or the ledger failed; what was stored before is noted
     * @throws InterruptedException when the sink was interrupted while it waited
     */
    public IngestSummary run(List<InputSource> sources) throws IOException, InterruptedException {
        boolean stopped = false;
        for (InputSource source : sources) {
            stopped = !read(source);
            if (stopped) {
                break;
            }
        }
        progress.finished();
        stop.passOnInterrupt();
        return tally.summary(stopped);
    }

    /** False when asked to stop. */
    private boolean read(InputSource source) throws IOException, InterruptedException {
        Optional<LineMark> mark = source.path().flatMap(ledger::mark);
        long size = source.path().isPresent() ? Files.size(source.path().get()) : -1;
        if (mark.isPresent() && size >= mark.get().bytes()) {
            try (InputStream in = source.open()) {
                ByteLines lines = new ByteLines(in, NdjsonReader.MAX_LINE_BYTES);
                if (lines.skip(mark.get().bytes())
                        && lines.digest().equals(mark.get().sha256())) {
                    tally.alreadyRead(mark.get().lines());
                    return read(source, lines, mark.get().lines(), size);
                }
            }
        }
        try (InputStream in = source.open()) {
            return read(source, new ByteLines(in, NdjsonReader.MAX_LINE_BYTES), 0, size);
        }
    }

    private boolean read(InputSource source, ByteLines lines, long linesBefore, long size)
            throws IOException, InterruptedException {
        // What follows a line that had no end yet is the rest of that line.
        long number = lines.atLineStart() ? linesBefore : linesBefore - 1;
        boolean stopped = false;
        while (true) {
            stopped = stop.isMade();
            ByteLines.Line line = stopped ? null : lines.next();
            if (line == null) {
                break;
            }
            number++;
            boolean event = read(source, line, number);
            if (!line.terminated() && !event) {
                lines.giveBackLast();
                number--;
            }
            progress.advanced(
                    tally.unitsRead(), tally.events(), size > 0 ? Math.min(1, (double) lines.offset() / size) : -1);
            if (pace.unitDone()) {
                acknowledge(source, lines, number);
            }
        }
        acknowledge(source, lines, number);
        return !stopped;
    }

    /** Whether the line is an event. */
    private boolean read(InputSource source, ByteLines.Line line, long number)
            throws IOException, InterruptedException {
        LineReading reading = line.content() == null
                ? new LineReading.Bad("longer than " + NdjsonReader.MAX_LINE_BYTES + " bytes")
                : reader.read(line.content(), source, number);
        if (reading instanceof LineReading.Event found) {
            tally.read();
            sink.accept(found.event());
            tally.event(found.event());
            return true;
        }
        if (reading instanceof LineReading.Bad bad) {
            tally.read();
            tally.badLine();
            String message = source.name() + ":" + number + ": " + bad.reason();
            tally.problem(message);
            progress.problem(message);
        }
        return false;
    }

    private void acknowledge(InputSource source, ByteLines lines, long number)
            throws IOException, InterruptedException {
        stop.holdBackInterrupt();
        sink.flush();
        stop.holdBackInterrupt();
        if (source.path().isPresent()) {
            ledger.putMark(source.path().get(), new LineMark(lines.offset(), number, lines.digest()));
        }
        pace.flushed();
    }
}
