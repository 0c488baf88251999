package dev.rebound.cli;

import dev.rebound.compare.Comparison;
import dev.rebound.compare.Comparison.Change;
import dev.rebound.compare.Comparison.Day;
import dev.rebound.compare.Comparison.Domain;
import dev.rebound.compare.Comparison.Events;
import dev.rebound.compare.Comparison.Keys;
import dev.rebound.compare.Comparison.Move;
import dev.rebound.compare.Comparison.Sample;
import dev.rebound.compare.Comparison.Statistics;
import dev.rebound.compare.Comparison.Suppressions;
import dev.rebound.compare.Comparison.Verdict;
import dev.rebound.compare.ComparisonJson;
import dev.rebound.compare.ComparisonPage;
import dev.rebound.compare.Outside;
import dev.rebound.compare.SuppressionDifference;
import dev.rebound.schema.Suppression;
import dev.rebound.schema.SuppressionEvidence;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A comparison of a replay as a table for people, 100 columns wide, as JSON, and as a page. */
final class ReplayDiffOutput {

    private static final int WIDTH = 100;
    private static final int MOST_ROWS = 15;
    private static final int MOST_SUPPRESSIONS = 10;
    private static final int MOST_EVIDENCE = 3;

    private final Comparison comparison;
    private final PrintWriter out;

    private ReplayDiffOutput(Comparison comparison, PrintWriter out) {
        this.comparison = comparison;
        this.out = out;
    }

    /** A JSON object in one line. */
    static void json(Comparison comparison, PrintWriter out) {
        out.println(ComparisonJson.text(comparison));
        out.flush();
    }

    /**
     * A page that stands alone.
     *
     * @param addresses recipients are shown in full
     * @throws IOException when the file cannot be written
     */
    static void html(Comparison comparison, boolean addresses, Path file) throws IOException {
        try (Writer page = Files.newBufferedWriter(file)) {
            ComparisonPage.write(comparison, addresses, page);
        }
    }

    /** The table. */
    static void table(Comparison comparison, PrintWriter out) {
        new ReplayDiffOutput(comparison, out).print();
        out.flush();
    }

    private void print() {
        line(comparison.before() + " -> " + comparison.after() + ", compared at " + comparison.at());
        wrapped(comparison.note());
        events(comparison.events());
        domains(comparison.events().domains());
        statistics(comparison.statistics());
        suppressions(comparison.suppressions());
    }

    /** In as many lines as it takes. */
    private void wrapped(String text) {
        StringBuilder line = new StringBuilder();
        for (String word : text == null ? new String[0] : text.split(" ")) {
            if (line.length() + 1 + word.length() > WIDTH) {
                line(line.toString());
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        if (line.length() > 0) {
            line(line.toString());
        }
    }

    private void events(Events events) {
        out.println();
        line("events: " + number(events.compared()) + " compared, " + number(events.changed()) + " changed"
                + share(events.changed(), events.compared()));
        note(
                events.onlyBefore(),
                comparison.filtered() ? "only in %s, which the replay's filters left out" : "only in %s",
                true);
        note(events.onlyAfter(), "only in %s", false);
        note(events.withoutSource(), "records not compared: an older version wrote them, without their source", true);
        note(events.unreadable(), "events not compared: they cannot be read", true);
        moves("moved", events.moved());
        moves("category", events.categories());
        moves("rule", events.rules());
        moves("provider", events.providers());
        if (events.becameGone() + events.noLongerGone() > 0) {
            heading("recipient gone");
            row(events.becameGone(), "no -> yes");
            row(events.noLongerGone(), "yes -> no");
        }
        if (!events.fields().isEmpty()) {
            heading("fields of the classification that differ");
            events.fields().forEach((field, count) -> row(count, field));
        }
    }

    private static String share(long part, long of) {
        return of == 0 || part == 0 ? "" : String.format(Locale.ROOT, " (%.2f %%)", 100.0 * part / of);
    }

    private void note(long count, String what, boolean before) {
        if (count > 0) {
            row(count, String.format(Locale.ROOT, what, before ? comparison.before() : comparison.after()));
        }
    }

    private void moves(String what, List<Move> moves) {
        if (!moves.isEmpty()) {
            heading(what);
            some(moves, MOST_ROWS, move -> row(move.count(), move.from() + " -> " + move.to()));
        }
    }

    private void domains(List<Domain> domains) {
        if (domains.isEmpty()) {
            return;
        }
        heading("receiving domain");
        some(domains, MOST_ROWS, domain -> {
            row(
                    domain.changed(),
                    domain.domain() + (domain.moved() == 0 ? "" : ", " + number(domain.moved()) + " moved"));
            domain.samples().forEach(this::sample);
        });
    }

    private void sample(Sample sample) {
        String indent = " ".repeat(15);
        line(indent
                + place(
                        sample.source().topic(),
                        sample.source().partition(),
                        sample.source().offset()) + "  " + sample.eventTime() + "  " + sample.outcome());
        line(indent + "   " + verdict(sample.before()));
        line(indent + "-> " + verdict(sample.after()));
        if (sample.reply() != null) {
            line(indent + "   " + sample.reply());
        }
    }

    private static String verdict(Verdict verdict) {
        return verdict.bounceType() + " " + verdict.category() + (verdict.code() == null ? "" : " " + verdict.code())
                + (verdict.rule() == null ? "" : " (" + verdict.rule() + ")")
                + (verdict.recipientGone() ? " gone" : "");
    }

    private void statistics(Statistics statistics) {
        if (!statistics.days().isEmpty()) {
            heading("statistics: figures of the changed events");
            some(statistics.days(), MOST_ROWS, this::day);
            more(statistics.moreDays());
        }
        note(statistics.otherEvents(), "changed events of further days and domains", true);
        for (Keys keys : statistics.byKey()) {
            heading(keys.topic() + ": final values by key");
            row(keys.same(), "the same");
            row(keys.differ(), "differ");
            row(keys.onlyBefore(), "only in " + comparison.before());
            row(keys.onlyAfter(), "only in " + comparison.after());
        }
    }

    private void day(Day day) {
        String figures = differences(day.figures());
        line("  " + day.day() + "  " + day.domain() + (figures.isEmpty() ? "" : ": " + figures));
        if (!day.categories().isEmpty()) {
            line("              " + differences(day.categories()));
        }
    }

    private static String differences(Map<String, Change> changes) {
        return changes.entrySet().stream()
                .map(change -> change.getKey()
                        + String.format(Locale.ROOT, " %+,d", change.getValue().difference()))
                .collect(Collectors.joining(", "));
    }

    private void suppressions(Suppressions suppressions) {
        out.println();
        line("suppressions: " + number(suppressions.added()) + " added, " + number(suppressions.lifted()) + " lifted, "
                + number(suppressions.changed()) + " changed, " + number(suppressions.same()) + " the same");
        suppressions.outsideBecause().forEach((reason, count) -> row(count, "not compared: " + words(reason)));
        note(suppressions.unreadable(), "entries not compared: they cannot be read", true);
        some(suppressions.listed(), MOST_SUPPRESSIONS, this::difference);
        more(suppressions.differences() - suppressions.listed().size());
    }

    private static String words(Outside reason) {
        return ComparisonPage.words(reason);
    }

    private void difference(SuppressionDifference difference) {
        out.println();
        String fields = difference.fields().isEmpty() ? "" : " (" + String.join(", ", difference.fields()) + ")";
        line("  " + difference.kind().name().toLowerCase(Locale.ROOT) + "  "
                + difference.key().address() + " on list "
                + difference.key().list().text() + fields);
        suppression(comparison.before(), difference.before());
        suppression(comparison.after(), difference.after());
    }

    private void suppression(String side, Suppression suppression) {
        if (suppression == null) {
            line("    " + side + ": may be written to");
            return;
        }
        line("    " + side + ": " + suppression.getReason()
                + (suppression.getCategory() == null ? "" : " " + suppression.getCategory())
                + (suppression.getRule() == null
                        ? ", command " + suppression.getCommandId()
                        : ", rule " + suppression.getRule() + ", occurrence " + suppression.getOccurrence()));
        line("      since " + suppression.getSince() + " until "
                + (suppression.getExpires() == null ? "for ever" : suppression.getExpires()));
        List<SuppressionEvidence> chain = suppression.getEvidence();
        chain.stream().limit(MOST_EVIDENCE).forEach(this::evidence);
        int more = Math.max(0, chain.size() - MOST_EVIDENCE) + suppression.getEvidenceOmitted();
        if (more > 0) {
            line("      and " + more + " more events");
        }
    }

    private void evidence(SuppressionEvidence event) {
        line("      " + event.getEventTime() + "  " + event.getOutcome() + " " + event.getCategory()
                + (event.getCode() == null ? "" : " " + event.getCode()) + "  "
                + place(event.getTopic(), event.getPartition(), event.getOffset()));
        if (event.getReply() != null) {
            line("        " + event.getReply());
        }
    }

    private static String place(String topic, int partition, long offset) {
        return topic + '/' + partition + '/' + offset;
    }

    private <T> void some(List<T> all, int most, Consumer<T> each) {
        all.stream().limit(most).forEach(each);
        more(all.size() - most);
    }

    private void more(long count) {
        if (count > 0) {
            line("  and " + number(count) + " more");
        }
    }

    private void heading(String text) {
        out.println();
        line(text);
    }

    private void row(long count, String what) {
        line(String.format(Locale.ROOT, "  %,11d  %s", count, what));
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** What does not fit is cut: the JSON has it in full. */
    private void line(String text) {
        String line = text.codePoints()
                .map(c -> Character.isISOControl(c) ? ' ' : c)
                .limit(WIDTH + 1L)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        boolean fits = line.codePointCount(0, line.length()) <= WIDTH;
        out.println((fits ? line : line.substring(0, line.offsetByCodePoints(0, WIDTH - 1)) + "…").stripTrailing());
    }
}
