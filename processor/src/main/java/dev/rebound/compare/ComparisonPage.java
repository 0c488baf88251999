package dev.rebound.compare;

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
import dev.rebound.logging.AddressMask;
import dev.rebound.schema.Suppression;
import dev.rebound.schema.SuppressionEvidence;
import dev.rebound.statistics.WordMask;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A comparison as one HTML page that stands alone: it loads nothing and runs no script. Recipients are masked, unless they are asked for. */
public final class ComparisonPage {

    private static final int MOST_MOVES = 50;
    private static final int MOST_DOMAINS = 100;
    private static final int MOST_DAYS = 100;
    private static final int MOST_DIFFERENCES = 200;

    private static final List<String> BOUNCE_TYPES = List.of("hard", "soft", "none");

    private final Comparison comparison;
    private final boolean addresses;
    private final Html html;

    private ComparisonPage(Comparison comparison, boolean addresses, Writer out) {
        this.comparison = comparison;
        this.addresses = addresses;
        this.html = new Html(out);
    }

    /**
     * Writes the page.
     *
     * @param addresses recipients are shown in full
     */
    public static void write(Comparison comparison, boolean addresses, Writer out) throws IOException {
        new ComparisonPage(comparison, addresses, out).page();
    }

    /** Why recipients were not compared, for people. */
    public static String words(Outside reason) {
        return switch (reason) {
            case EVIDENCE -> "a failure or complaint from before or beside the span counts too";
            case FAILURE -> "a failure or complaint after the span counts too";
            case DELIVERY -> "a delivery after the span counts too";
            case CONTRADICTION -> "a message that came back after the span counts too";
            case COMMAND -> "somebody decided about them after the span";
            case FILTERED -> "events of theirs were left out by filters";
            case ERASED -> "their address was erased";
        };
    }

    private void page() throws IOException {
        html.raw("<!doctype html>\n<html lang=en>\n<head>\n<meta charset=utf-8>\n")
                .raw("<meta name=viewport content=\"width=device-width, initial-scale=1\">\n")
                .raw("<meta name=color-scheme content=\"light dark\">\n<meta name=robots content=noindex>\n")
                .element("title", comparison.before() + " → " + comparison.after() + " · Rebound")
                .raw("\n<style>\n")
                .raw(style())
                .raw("</style>\n</head>\n<body>\n<main>\n");
        head();
        figures();
        moved();
        domains();
        suppressions();
        statistics();
        notCompared();
        html.raw("</main>\n</body>\n</html>\n");
    }

    private static String style() {
        try (InputStream in = ComparisonPage.class.getResourceAsStream("page.css")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("page.css of this build cannot be read", e);
        }
    }

    private void head() throws IOException {
        html.raw("<header>\n<p class=brand>Rebound · replay diff</p>\n<h1>")
                .text(comparison.before())
                .raw(" <span aria-label=to>→</span> ")
                .text(comparison.after())
                .raw("</h1>\n")
                .element("p class=lead", summary())
                .raw("\n<p class=under>Compared at <time>")
                .text(comparison.at().toString())
                .raw("</time>. ")
                .text(comparison.complete() ? "All events." : "Events of a span.")
                .raw("</p>\n");
        if (comparison.note() != null) {
            html.element("p class=note", comparison.note()).raw("\n");
        }
        html.raw("</header>\n");
    }

    private String summary() {
        Events events = comparison.events();
        Suppressions suppressions = comparison.suppressions();
        if (events.changed() == 0 && suppressions.differences() == 0) {
            return "Nothing differs.";
        }
        String first = events.moved().isEmpty()
                ? Html.digits(events.changed()) + " of " + Html.digits(events.compared())
                        + " events are classified differently; none is another kind of bounce."
                : Html.digits(moved(events)) + " of " + Html.digits(events.compared())
                        + " events are another kind of bounce: most go from "
                        + events.moved().get(0).from() + " to "
                        + events.moved().get(0).to() + ".";
        return suppressions.differences() == 0
                ? first + " No suppression differs."
                : first + " " + Html.digits(suppressions.differences()) + " suppressions differ.";
    }

    private static long moved(Events events) {
        return events.moved().stream().mapToLong(Move::count).sum();
    }

    private void figures() throws IOException {
        Events events = comparison.events();
        Suppressions suppressions = comparison.suppressions();
        html.raw("<section class=\"card figures\" aria-label=\"In short\">\n<dl>\n");
        figure("events compared", events.compared(), "");
        figure("events changed", events.changed(), share(events.changed(), events.compared()));
        figure("another kind of bounce", moved(events), share(moved(events), events.compared()));
        figure("suppressions added", suppressions.added(), "");
        figure("suppressions lifted", suppressions.lifted(), "");
        figure("suppressions changed", suppressions.changed(), Html.digits(suppressions.same()) + " the same");
        html.raw("</dl>\n</section>\n");
    }

    private static String share(long part, long of) {
        return of == 0 ? "" : String.format(Locale.ROOT, "%.2f %%", 100.0 * part / of);
    }

    private void figure(String name, long value, String under) throws IOException {
        html.raw(value == 0 ? "<div class=zero>" : "<div>")
                .element("dt", name)
                .element("dd", Html.digits(value))
                .element("dd class=small", under)
                .raw("</div>\n");
    }

    private void moved() throws IOException {
        Events events = comparison.events();
        if (events.changed() == 0) {
            return;
        }
        html.raw("<section class=card>\n<h2>Kind of bounce</h2>\n<div class=scroll>\n<table class=matrix>\n<thead><tr>")
                .element("th scope=col", comparison.before() + " ↓  " + comparison.after() + " →");
        for (String to : BOUNCE_TYPES) {
            html.element("th scope=col class=n", to);
        }
        html.raw("</tr></thead>\n<tbody>\n");
        for (String from : BOUNCE_TYPES) {
            html.raw("<tr>").element("th scope=row class=" + from, from);
            for (String to : BOUNCE_TYPES) {
                long count = count(events.moved(), from, to);
                html.element(
                        count > 0 ? "td class=\"n hot\"" : "td class=\"n zero\"",
                        from.equals(to) ? "·" : Html.digits(count));
            }
            html.raw("</tr>\n");
        }
        html.raw("</tbody>\n</table>\n</div>\n</section>\n<div class=columns>\n");
        moves("Category", events.categories(), events.changed());
        moves("Rule", events.rules(), events.changed());
        moves("Provider", events.providers(), events.changed());
        fields(events);
        html.raw("</div>\n");
    }

    private static long count(List<Move> moves, String from, String to) {
        return moves.stream()
                .filter(move -> move.from().equals(from) && move.to().equals(to))
                .mapToLong(Move::count)
                .sum();
    }

    private void moves(String what, List<Move> moves, long changed) throws IOException {
        if (moves.isEmpty()) {
            return;
        }
        html.raw("<section class=card>\n").element("h2", what).raw("\n<table>\n<thead><tr>");
        html.element("th scope=col", comparison.before())
                .element("th scope=col", comparison.after())
                .element("th scope=col class=n", "events")
                .raw("</tr></thead>\n<tbody>\n");
        for (Move move : moves.subList(0, Math.min(MOST_MOVES, moves.size()))) {
            html.raw("<tr>")
                    .element("td", move.from())
                    .element("td", move.to())
                    .raw(String.format(
                            Locale.ROOT, "<td class=\"n bar\" style=\"--w:%.1f%%\">", 100.0 * move.count() / changed))
                    .text(Html.digits(move.count()))
                    .raw("</td></tr>\n");
        }
        html.raw("</tbody>\n</table>\n");
        more(moves.size() - MOST_MOVES);
        html.raw("</section>\n");
    }

    private void fields(Events events) throws IOException {
        html.raw("<section class=card>\n<h2>Fields that differ</h2>\n<table>\n<tbody>\n");
        for (Map.Entry<String, Long> field : events.fields().entrySet()) {
            html.raw("<tr>")
                    .element("th scope=row", field.getKey())
                    .number(field.getValue())
                    .raw("</tr>\n");
        }
        html.raw("</tbody>\n</table>\n");
        if (events.becameGone() + events.noLongerGone() > 0) {
            html.element(
                    "p class=note",
                    "Recipients that are gone: " + Html.digits(events.becameGone()) + " more, "
                            + Html.digits(events.noLongerGone()) + " no longer.");
        }
        html.raw("</section>\n");
    }

    private void more(long count) throws IOException {
        if (count > 0) {
            html.element("p class=note", "And " + Html.digits(count) + " more; the JSON tells of more of them.");
        }
    }

    private void domains() throws IOException {
        List<Domain> domains = comparison.events().domains();
        if (domains.isEmpty()) {
            return;
        }
        html.raw("<section class=card>\n<h2>Receiving domains</h2>\n");
        for (Domain domain : domains.subList(0, Math.min(MOST_DOMAINS, domains.size()))) {
            html.raw("<details>\n<summary>")
                    .element("b", domain.domain())
                    .element(
                            "span class=small",
                            Html.digits(domain.changed()) + " changed, " + Html.digits(domain.moved()) + " moved")
                    .raw("</summary>\n<ul class=samples>\n");
            for (Sample sample : domain.samples()) {
                sample(sample);
            }
            html.raw("</ul>\n</details>\n");
        }
        more(domains.size() - MOST_DOMAINS);
        html.raw("</section>\n");
    }

    private void sample(Sample sample) throws IOException {
        html.raw("<li>\n<p class=turn>");
        verdict(sample.before());
        html.raw(" <span aria-label=to>→</span> ");
        verdict(sample.after());
        html.raw("</p>\n");
        reply(sample.reply());
        html.element(
                        "p class=small",
                        sample.outcome() + " " + sample.eventTime() + " · "
                                + place(
                                        sample.source().topic(),
                                        sample.source().partition(),
                                        sample.source().offset()))
                .raw("\n</li>\n");
    }

    private void verdict(Verdict verdict) throws IOException {
        html.raw("<span class=verdict>")
                .element(
                        "b class=" + (BOUNCE_TYPES.contains(verdict.bounceType()) ? verdict.bounceType() : "none"),
                        verdict.bounceType())
                .text(" " + verdict.category() + (verdict.code() == null ? "" : " " + verdict.code()))
                .element("span class=small", verdict.rule() == null ? "" : " " + verdict.rule())
                .raw("</span>");
    }

    private void reply(String reply) throws IOException {
        if (reply != null) {
            html.element("p class=reply", reply).raw("\n");
        }
    }

    private static String place(String topic, int partition, long offset) {
        return topic + '/' + partition + '/' + offset;
    }

    private void suppressions() throws IOException {
        Suppressions suppressions = comparison.suppressions();
        if (suppressions.differences() == 0) {
            return;
        }
        html.raw("<section class=card>\n<h2>Suppressions</h2>\n");
        if (!addresses) {
            html.element("p class=note", "Recipients are masked.");
        }
        List<SuppressionDifference> listed = suppressions.listed();
        int shown = Math.min(MOST_DIFFERENCES, listed.size());
        for (SuppressionDifference difference : listed.subList(0, shown)) {
            difference(difference);
        }
        more(suppressions.differences() - shown);
        html.raw("</section>\n");
    }

    private void difference(SuppressionDifference difference) throws IOException {
        String kind = difference.kind().name().toLowerCase(Locale.ROOT);
        String address = difference.key().address();
        UnaryOperator<String> mask = addresses ? UnaryOperator.identity() : text -> masked(text, address);
        html.raw("<details>\n<summary>")
                .element("span class=\"kind " + kind + "\"", kind)
                .element("b", mask.apply(address))
                .element(
                        "span class=small",
                        "list " + difference.key().list().text()
                                + (difference.fields().isEmpty() ? "" : " · " + String.join(", ", difference.fields())))
                .raw("</summary>\n<div class=sides>\n");
        suppression(comparison.before(), difference.before(), address, mask);
        suppression(comparison.after(), difference.after(), address, mask);
        html.raw("</div>\n</details>\n");
    }

    private static String masked(String text, String address) {
        return named(AddressMask.mask(text), address);
    }

    /** A text whose addresses are masked, also where the recipient is named without one. */
    private static String named(String text, String address) {
        return text == null ? null : WordMask.mask(text, address.substring(0, Math.max(0, address.lastIndexOf('@'))));
    }

    private void suppression(String side, Suppression suppression, String recipient, UnaryOperator<String> mask)
            throws IOException {
        html.raw("<div>\n").element("h3", side);
        if (suppression == null) {
            html.raw("\n<p class=none>May be written to.</p>\n</div>\n");
            return;
        }
        html.raw("\n<dl class=facts>\n");
        fact("reason", suppression.getReason().name());
        fact("category", suppression.getCategory());
        fact("since", suppression.getSince().toString());
        fact(
                "until",
                suppression.getExpires() == null
                        ? "for ever"
                        : suppression.getExpires().toString());
        fact(
                "rule",
                suppression.getRule() == null
                        ? null
                        : suppression.getRule() + ", occurrence " + suppression.getOccurrence());
        fact("command", suppression.getCommandId());
        fact("by", mask.apply(suppression.getBy()));
        fact("why", mask.apply(suppression.getWhy()));
        html.raw("</dl>\n<ol class=chain>\n");
        for (SuppressionEvidence event : suppression.getEvidence()) {
            html.raw("<li>")
                    .element(
                            "p",
                            event.getOutcome() + " " + event.getCategory()
                                    + (event.getCode() == null ? "" : " " + event.getCode()));
            reply(addresses ? event.getReply() : named(event.getReply(), recipient));
            html.element(
                            "p class=small",
                            event.getEventTime() + " · "
                                    + place(event.getTopic(), event.getPartition(), event.getOffset()))
                    .raw("</li>\n");
        }
        html.raw("</ol>\n");
        if (suppression.getEvidenceOmitted() > 0) {
            html.element(
                    "p class=note", "Between them " + Html.digits(suppression.getEvidenceOmitted()) + " more events.");
        }
        html.raw("</div>\n");
    }

    private void fact(String name, String value) throws IOException {
        if (value != null) {
            html.raw("<div>").element("dt", name).element("dd", value).raw("</div>\n");
        }
    }

    private void statistics() throws IOException {
        Statistics statistics = comparison.statistics();
        if (!statistics.days().isEmpty()) {
            html.raw("<section class=card>\n<h2>Statistics</h2>\n")
                    .element("p class=note", "How the figures of a domain's day would differ, by the changed events.")
                    .raw("\n<table class=stackable>\n<thead><tr>")
                    .element("th scope=col", "domain")
                    .element("th scope=col", "day (UTC)")
                    .element("th scope=col", "figures")
                    .element("th scope=col", "categories")
                    .raw("</tr></thead>\n<tbody>\n");
            int shown = Math.min(MOST_DAYS, statistics.days().size());
            for (Day day : statistics.days().subList(0, shown)) {
                html.raw("<tr>")
                        .element("th scope=row", day.domain())
                        .element("td class=day", day.day().toString());
                changes(day.figures());
                changes(day.categories());
                html.raw("</tr>\n");
            }
            html.raw("</tbody>\n</table>\n");
            more(statistics.days().size() - shown + statistics.moreDays());
            html.raw("</section>\n");
        }
        byKey(statistics.byKey());
    }

    private void changes(Map<String, Change> changes) throws IOException {
        html.raw("<td>");
        for (Map.Entry<String, Change> change : changes.entrySet()) {
            html.raw("<span class=change>")
                    .text(change.getKey() + " ")
                    .element("b", Html.signed(change.getValue().difference()))
                    .raw("</span> ");
        }
        html.raw("</td>");
    }

    private void byKey(List<Keys> byKey) throws IOException {
        if (byKey.isEmpty()) {
            return;
        }
        html.raw("<section class=card>\n<h2>Statistics by key</h2>\n<div class=scroll>\n<table>\n<thead><tr>")
                .element("th scope=col", "topic")
                .element("th scope=col class=n", "the same")
                .element("th scope=col class=n", "differ")
                .element("th scope=col class=n", "only " + comparison.before())
                .element("th scope=col class=n", "only " + comparison.after())
                .raw("</tr></thead>\n<tbody>\n");
        for (Keys keys : byKey) {
            html.raw("<tr>")
                    .element("th scope=row", keys.topic())
                    .number(keys.same())
                    .number(keys.differ())
                    .number(keys.onlyBefore())
                    .number(keys.onlyAfter())
                    .raw("</tr>\n");
        }
        html.raw("</tbody>\n</table>\n</div>\n</section>\n");
    }

    private void notCompared() throws IOException {
        Events events = comparison.events();
        Suppressions suppressions = comparison.suppressions();
        html.raw("<section class=card>\n<h2>Not compared</h2>\n<table>\n<tbody>\n");
        row(
                "events only in " + comparison.before() + (comparison.filtered() ? ": filters left them out" : ""),
                events.onlyBefore());
        row("events only in " + comparison.after(), events.onlyAfter());
        row("records of an older version, without their source", events.withoutSource());
        row("events that cannot be read", events.unreadable());
        for (Map.Entry<Outside, Long> reason : suppressions.outsideBecause().entrySet()) {
            row("recipients: " + words(reason.getKey()), reason.getValue());
        }
        row("entries on recipients that cannot be read", suppressions.unreadable());
        row(
                "changed events of further days and domains, in statistics",
                comparison.statistics().otherEvents());
        html.raw("</tbody>\n</table>\n</section>\n");
    }

    private void row(String what, long count) throws IOException {
        html.raw(count == 0 ? "<tr class=zero>" : "<tr>")
                .element("th scope=row", what)
                .number(count)
                .raw("</tr>\n");
    }
}
