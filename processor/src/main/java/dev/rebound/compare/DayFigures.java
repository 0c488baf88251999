package dev.rebound.compare;

import dev.rebound.compare.Comparison.Change;
import dev.rebound.compare.Comparison.Day;
import dev.rebound.lookup.Measure;
import dev.rebound.statistics.Counts;
import dev.rebound.statistics.Counts.Counter;
import dev.rebound.statistics.Fact;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the statistics of domains' days have of changed events, by each side. So many days of domains are told apart. */
final class DayFigures {

    private static final Comparator<Day> ORDER = Comparator.comparingLong(Day::size)
            .reversed()
            .thenComparing(Day::day)
            .thenComparing(Day::domain);

    private final int most;
    private final Map<Subject, Sides> days = new HashMap<>();
    private long otherEvents;

    DayFigures(int most) {
        this.most = most;
    }

    private record Subject(String domain, LocalDate day) {}

    private record Sides(Counts before, Counts after) {}

    /** Takes what both sides count of an event. */
    void add(Fact before, Fact after) {
        LocalDate day =
                Instant.ofEpochMilli(after.eventTime()).atOffset(ZoneOffset.UTC).toLocalDate();
        Subject subject = new Subject(after.domain(), day);
        if (days.size() >= most && !days.containsKey(subject)) {
            otherEvents++;
            return;
        }
        Sides sides = days.computeIfAbsent(subject, none -> new Sides(new Counts(), new Counts()));
        sides.before().add(before);
        sides.after().add(after);
    }

    /** Changed events of days that are not told apart. */
    long otherEvents() {
        return otherEvents;
    }

    /** Days on which a figure differs, the greatest differences first. */
    List<Day> days() {
        return days.entrySet().stream()
                .map(entry -> day(entry.getKey(), entry.getValue()))
                .filter(day -> day.size() > 0)
                .sorted(ORDER)
                .toList();
    }

    private static Day day(Subject subject, Sides sides) {
        Map<String, Change> figures = new TreeMap<>();
        for (Counter counter : Counter.values()) {
            put(
                    figures,
                    name(counter),
                    sides.before().get(counter),
                    sides.after().get(counter));
        }
        Map<String, Change> categories = new TreeMap<>();
        TreeSet<String> names = new TreeSet<>(sides.before().categories().keySet());
        names.addAll(sides.after().categories().keySet());
        for (String category : names) {
            put(
                    categories,
                    category,
                    sides.before().categories().getOrDefault(category, 0L),
                    sides.after().categories().getOrDefault(category, 0L));
        }
        return new Day(subject.domain(), subject.day(), figures, categories);
    }

    private static void put(Map<String, Change> changes, String name, long before, long after) {
        if (before != after) {
            changes.put(name, new Change(before, after));
        }
    }

    /** As the topics call it. */
    private static String name(Counter counter) {
        return Measure.valueOf(counter.name()).text();
    }
}
