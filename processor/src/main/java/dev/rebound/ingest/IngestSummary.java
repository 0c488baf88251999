package dev.rebound.ingest;

import dev.rebound.mail.SetAsideReason;
import dev.rebound.schema.Outcome;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a run read. Everything read is accounted for: mails read are reports and mails set aside; lines read are events and
 * bad lines.
 *
 * @param read mails, or lines that are not blank, that were not read before
 * @param byReader mails that gave at least one event, by the reader that took them for its own, such as {@code dsn} or {@code qmail};
 *     empty for lines
 * @param events events handed to the sink and acknowledged by it
 * @param byOutcome the events by outcome; outcomes that did not occur are absent
 * @param alreadyRead mails passed over because their content was read before, now or in an earlier run; lines at the
 *     beginning of files, blank ones included, that an earlier run read
 * @param setAside mails that gave no event, by reason; reasons that did not occur are absent
 * @param refusedBlocks recipients of delivery reports that gave no event, by reason; their mails are either among
 *     {@code reports}, with other recipients, or among {@code setAside}
 * @param badLines lines that are no event
 * @param moved files moved away after they were read
 * @param notMoved files that were to be moved and were left, with their mails read
 * @param firstProblems the first few messages about bad lines and files that could not be read or moved
 * @param stopped whether the run ended before its input did
 */
public record IngestSummary(
        long read,
        Map<String, Long> byReader,
        long events,
        Map<Outcome, Long> byOutcome,
        long alreadyRead,
        Map<SetAsideReason, Long> setAside,
        Map<SetAsideReason, Long> refusedBlocks,
        long badLines,
        long moved,
        long notMoved,
        List<String> firstProblems,
        boolean stopped) {

    public IngestSummary {
        byReader = Collections.unmodifiableMap(new TreeMap<>(byReader));
        byOutcome = copy(Outcome.class, byOutcome);
        setAside = copy(SetAsideReason.class, setAside);
        refusedBlocks = copy(SetAsideReason.class, refusedBlocks);
        firstProblems = List.copyOf(firstProblems);
    }

    /** Mails that gave at least one event; 0 for lines. */
    public long reports() {
        return byReader.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Mails that gave no event. */
    public long setAsideTotal() {
        return setAside.values().stream().mapToLong(Long::longValue).sum();
    }

    private static <K extends Enum<K>> Map<K, Long> copy(Class<K> type, Map<K, Long> counts) {
        Map<K, Long> copy = new EnumMap<>(type);
        copy.putAll(counts);
        return Collections.unmodifiableMap(copy);
    }
}
