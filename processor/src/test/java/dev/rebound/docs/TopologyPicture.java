package dev.rebound.docs;

import dev.rebound.docs.TopologyGraph.Edge;
import dev.rebound.docs.TopologyGraph.End;
import dev.rebound.docs.TopologyGraph.Kind;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.streams.TopologyDescription.Subtopology;

/** The telling steps of a topology as a Mermaid flow chart: topics are pills, stores are cylinders. */
final class TopologyPicture {

    private final StringBuilder lines = new StringBuilder("flowchart LR\n");
    private final Set<End> drawn = new LinkedHashSet<>();

    private TopologyPicture() {}

    /**
     * Draws a topology.
     *
     * @param graph what to draw
     * @param titles what a sub-topology is called
     */
    static String of(TopologyGraph graph, Function<Subtopology, String> titles) {
        TopologyPicture picture = new TopologyPicture();
        graph.subtopologies().forEach(part -> picture.frame(titles.apply(part), graph.edges(part)));
        picture.frame("code table, whole in every instance", graph.globalEdges());
        picture.topicsAndEdges(graph);
        return picture.lines.toString();
    }

    private void frame(String title, Set<Edge> edges) {
        line("subgraph " + title.replaceAll("[^a-z]", "_") + "[\"" + title + "\"]");
        edges.stream()
                .flatMap(edge -> Stream.of(edge.from(), edge.to()))
                .filter(end -> end.kind() != Kind.TOPIC)
                .forEach(end -> draw("  ", end));
        line("end");
    }

    private void topicsAndEdges(TopologyGraph graph) {
        Set<Edge> edges = graph.allEdges();
        edges.stream().flatMap(edge -> Stream.of(edge.from(), edge.to())).forEach(end -> draw("", end));
        edges.forEach(
                edge -> line(id(edge.from()) + (edge.to().kind() == Kind.STORE ? " --- " : " --> ") + id(edge.to())));
        // The classifier asks a snapshot that the global store's processor keeps; Kafka Streams knows nothing of that.
        line(id(new End(Kind.STEP, "status-codes")) + " -. asked by .-> " + id(new End(Kind.STEP, "classify")));
        line("classDef topic fill:#e3edf7,stroke:#4a6fa5,color:#111");
        line("classDef store fill:#f3ecd9,stroke:#9a7b2f,color:#111");
    }

    private void draw(String indent, End end) {
        if (drawn.add(end)) {
            line(indent
                    + id(end)
                    + switch (end.kind()) {
                        case TOPIC -> "([\"" + end.name() + "\"]):::topic";
                        case STEP -> "[\"" + end.name() + "\"]";
                        case STORE -> "[(\"" + end.name() + "\")]:::store";
                    });
        }
    }

    private void line(String line) {
        lines.append("  ").append(line).append('\n');
    }

    private static String id(End end) {
        return end.kind().name().toLowerCase(Locale.ROOT) + "_" + end.name().replaceAll("[^A-Za-z0-9]", "_");
    }
}
