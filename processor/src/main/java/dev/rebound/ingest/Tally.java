package dev.rebound.ingest;

import dev.rebound.mail.MailReading;
import dev.rebound.mail.SetAsideReason;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.schema.Outcome;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts of a run while it lasts. */
final class Tally {
    private static final int MAX_PROBLEMS = 10;

    private final Map<String, Long> byReader = new TreeMap<>();
    private final Map<Outcome, Long> byOutcome = new EnumMap<>(Outcome.class);
    private final Map<SetAsideReason, Long> setAside = new EnumMap<>(SetAsideReason.class);
    private final Map<SetAsideReason, Long> refusedBlocks = new EnumMap<>(SetAsideReason.class);
    private final List<String> firstProblems = new ArrayList<>();
    private long read;
    private long events;
    private long alreadyRead;
    private long badLines;
    private long moved;
    private long notMoved;

    void read() {
        read++;
    }

    void report(String reader) {
        byReader.merge(reader, 1L, Long::sum);
    }

    void event(DeliveryEvent event) {
        events++;
        byOutcome.merge(event.getOutcome(), 1L, Long::sum);
    }

    void alreadyRead(long units) {
        alreadyRead += units;
    }

    void setAside(SetAsideReason reason) {
        setAside.merge(reason, 1L, Long::sum);
    }

    void refused(List<MailReading.RefusedBlock> blocks) {
        blocks.forEach(block -> refusedBlocks.merge(block.reason(), 1L, Long::sum));
    }

    void badLine() {
        badLines++;
    }

    void moved() {
        moved++;
    }

    void notMoved() {
        notMoved++;
    }

    void problem(String message) {
        if (firstProblems.size() < MAX_PROBLEMS) {
            firstProblems.add(message);
        }
    }

    long unitsRead() {
        return read;
    }

    long events() {
        return events;
    }

    IngestSummary summary(boolean stopped) {
        return new IngestSummary(
                read,
                byReader,
                events,
                byOutcome,
                alreadyRead,
                setAside,
                refusedBlocks,
                badLines,
                moved,
                notMoved,
                firstProblems,
                stopped);
    }
}
