package dev.rebound.docs;

import java.util.List;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.TopologyDescription.Subtopology;

/** The topology as a picture and in words. */
final class TopologyPage {

    /**
     * What a sub-topology is for.
     *
     * @param step a step that only this sub-topology has
     * @param title its name in the picture
     * @param words a paragraph
     */
    private record Story(String step, String title, String words) {}

    private static final List<Story> STORIES = List.of(
            new Story("classify", "classify and branch", """
                    `decode` turns bytes into a `DeliveryEvent` and works out its proper key, `tenant|recipient`. What cannot be an event
                    (no wire format, unknown schema, broken bytes, no usable recipient or tenant) becomes a dead letter with its reason;
                    nothing is thrown. An event whose record came under another key, or stood in another partition than its key belongs
                    to, goes once through `rekey-repartition` and joins the others behind it, so that from here on all events of a
                    recipient are in one partition. `classify` asks the pure classifier with the code table as it is at that moment,
                    puts the encoded classification behind the event's own bytes, and makes a dead letter of what would be too large to write. Then the outcome
                    and the bounce type choose exactly one of six topics; a bounce whose category is `UNDETERMINED` is copied to
                    `bounces-unclassified` besides. `fold-events` adds the same events up in memory, per domain, provider and minute of
                    event time. Each commit puts the sums that changed since the last one into `statistics-fold-journal`, as part of the transaction; they
                    are read after a restart only. The next flush (`rebound.stats.flush.ms`) passes the sums on as one record per domain
                    and minute, and one per provider and minute, instead of one per event."""), new Story("add-up-statistics", "statistics", """
                    `add-up-statistics` receives the folded sums of all tasks by domain or provider and gathers them, in memory and in
                    `statistics-roll-up-journal`, for `rebound.stats.roll.up.ms`. Then it adds them to the rows of their minute, hour and
                    day in `statistics-counts`, and passes the new totals on to `domain-stats` or `provider-stats`: a record replaces the
                    earlier ones under its key. Hours and days have details besides, in `statistics-details`: how long deliveries took, how
                    many attempts, how many recipients, which replies. Windows are rows that never close, because event time can be years back
                    and in any order. A row that nothing has touched for a time that depends on its size
                    (`rebound.stats.minutes.lay.away.ms` and so on) leaves the stores; `statistics-laid-away` remembers that for its hour
                    or day, and a window that gets events afterwards continues in the next part, under a key with `|part` behind it.
                    Readers add the parts. `statistics-domains-of-day` counts the domains of a tenant's day: beyond
                    `rebound.stats.domains.max` of them the rest share rows whose domain is `(other)`, a part for each partition, so
                    that made-up domains fill nothing, and the sums stay what they are."""));

    private TopologyPage() {}

    static Page of(TopologyDescription topology) {
        TopologyGraph graph = new TopologyGraph(topology);
        Markdown page = Markdown.generated("Topology")
                .paragraph("""
                        One Kafka Streams application under `exactly_once_v2`. Pills are [topics](topics.md), boxes steps, cylinders state
                        stores. Steps that only sort, convert or join are left out; [topology.txt](topology.txt) has them all. The names
                        are stable: stores and repartition topics carry state from release to release under them.""")
                .fenced("mermaid", TopologyPicture.of(graph, part -> story(graph, part)
                        .title()));
        for (Subtopology part : graph.subtopologies()) {
            Story story = story(graph, part);
            page.heading("Sub-topology " + part.id() + ": " + story.title()).paragraph(story.words());
        }
        page.heading("Global store: code table").paragraph("""
                        Every instance reads the whole of `status-codes`, before it processes the first event and from then on. The step of
                        the same name decodes a changed row once and puts a new immutable snapshot in place, so that an event pays for a
                        look-up in a hash map and nothing else. A row that cannot be used leaves the previous one in force, is logged and
                        shown in health. The global store behind it, `status-codes-rows`, is what Kafka Streams asks for; nothing reads it.""");
        return new Page("topology-docs/topology.md", page.toString());
    }

    private static Story story(TopologyGraph graph, Subtopology part) {
        List<String> steps = graph.steps(part);
        return STORIES.stream()
                .filter(story -> steps.contains(story.step()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("sub-topology " + part.id() + " with steps " + steps
                        + " has no words of its own (expected: a Story in TopologyPage)"));
    }
}
