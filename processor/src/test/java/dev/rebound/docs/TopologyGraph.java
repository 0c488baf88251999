package dev.rebound.docs;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.TopologyDescription.Node;
import org.apache.kafka.streams.TopologyDescription.Processor;
import org.apache.kafka.streams.TopologyDescription.Sink;
import org.apache.kafka.streams.TopologyDescription.Source;
import org.apache.kafka.streams.TopologyDescription.Subtopology;

/**
 * A topology as people think of it: topics, steps and stores. Steps that only sort, convert or join what other steps made
 * are passed over, so that an edge leads from one telling step or topic to the next.
 */
final class TopologyGraph {

    private static final Pattern REPARTITION = Pattern.compile(".*-repartition");

    /** What is left out; a new step is shown until it is named here. */
    private static final Pattern MECHANICAL =
            Pattern.compile("(decode|decode-rekeyed|classify|decode-commands|decode-rekeyed-commands)-dead"
                    + "|join-.*|misplaced(-commands)?|.*-repartition-filter");

    private final TopologyDescription description;

    /**
     * A way from one end to the next.
     *
     * @param from what comes first
     * @param to what comes next
     */
    record Edge(End from, End to) {}

    /**
     * An end of an edge.
     *
     * @param kind what it is
     * @param name its name
     */
    record End(Kind kind, String name) {}

    /** What an edge leads from or to. */
    enum Kind {
        TOPIC,
        STEP,
        STORE
    }

    TopologyGraph(TopologyDescription description) {
        this.description = description;
    }

    List<Subtopology> subtopologies() {
        return List.copyOf(description.subtopologies());
    }

    /** The telling steps of a sub-topology, in the order in which an event meets them. */
    List<String> steps(Subtopology part) {
        return part.nodes().stream()
                .filter(node -> node instanceof Processor && isShown(node))
                .map(Node::name)
                .toList();
    }

    /** The ways that a record can take through a sub-topology, and the stores that its steps use. */
    Set<Edge> edges(Subtopology part) {
        Set<Edge> edges = new LinkedHashSet<>();
        for (Node node : part.nodes()) {
            if (node instanceof Source source) {
                source.topicSet()
                        .forEach(topic -> onward(node, next -> edges.add(new Edge(new End(Kind.TOPIC, topic), next))));
            } else if (node instanceof Processor processor && isShown(node)) {
                End step = new End(Kind.STEP, node.name());
                new TreeSet<>(processor.stores())
                        .forEach(store -> edges.add(new Edge(step, new End(Kind.STORE, store))));
                onward(node, next -> edges.add(new Edge(step, next)));
            }
        }
        return edges;
    }

    /** From the topic of a global store to the store. */
    Set<Edge> globalEdges() {
        Set<Edge> edges = new LinkedHashSet<>();
        description.globalStores().forEach(global -> {
            End step = new End(Kind.STEP, global.processor().name());
            global.source().topicSet().forEach(topic -> edges.add(new Edge(new End(Kind.TOPIC, topic), step)));
            global.processor().stores().forEach(store -> edges.add(new Edge(step, new End(Kind.STORE, store))));
        });
        return edges;
    }

    /** Every edge, sub-topology by sub-topology. */
    Set<Edge> allEdges() {
        Set<Edge> edges = new LinkedHashSet<>();
        subtopologies().forEach(part -> edges.addAll(edges(part)));
        edges.addAll(globalEdges());
        return edges;
    }

    /** Names of all nodes, shown or not, and of all stores and topics. */
    Set<String> names() {
        Set<String> names = new TreeSet<>();
        everyNode().forEach(node -> {
            names.add(node.name());
            if (node instanceof Processor processor) {
                names.addAll(processor.stores());
            } else if (node instanceof Source source) {
                names.addAll(source.topicSet());
            } else if (node instanceof Sink sink) {
                names.add(sink.topic());
            }
        });
        return names;
    }

    List<String> repartitionTopics() {
        return names().stream()
                .filter(name ->
                        REPARTITION.matcher(name).matches() && !readersOf(name).isEmpty())
                .toList();
    }

    /** Stores with a changelog: all but the global ones, whose topic is their log. */
    List<String> stores() {
        Set<String> stores = new TreeSet<>();
        description.subtopologies().stream()
                .flatMap(part -> part.nodes().stream())
                .forEach(node -> {
                    if (node instanceof Processor processor) {
                        stores.addAll(processor.stores());
                    }
                });
        return List.copyOf(stores);
    }

    /** The telling steps in front of a topic. */
    List<String> writersOf(String topic) {
        return neighbours(new End(Kind.TOPIC, topic), true);
    }

    /** The telling steps behind a topic. */
    List<String> readersOf(String topic) {
        return neighbours(new End(Kind.TOPIC, topic), false);
    }

    /** The steps that use a store. */
    List<String> usersOf(String store) {
        return neighbours(new End(Kind.STORE, store), true);
    }

    private List<String> neighbours(End end, boolean before) {
        return description.subtopologies().stream()
                .flatMap(part -> edges(part).stream())
                .filter(edge -> (before ? edge.to() : edge.from()).equals(end))
                .map(edge -> (before ? edge.from() : edge.to()).name())
                .distinct()
                .toList();
    }

    private List<Node> everyNode() {
        List<Node> nodes = new ArrayList<>();
        description.subtopologies().forEach(part -> nodes.addAll(part.nodes()));
        description.globalStores().forEach(global -> {
            nodes.add(global.source());
            nodes.add(global.processor());
        });
        return nodes;
    }

    private static void onward(Node node, Consumer<End> visitor) {
        for (Node next : node.successors()) {
            if (next instanceof Sink sink) {
                visitor.accept(new End(Kind.TOPIC, sink.topic()));
            } else if (isShown(next)) {
                visitor.accept(new End(Kind.STEP, next.name()));
            } else {
                onward(next, visitor);
            }
        }
    }

    private static boolean isShown(Node node) {
        return !MECHANICAL.matcher(node.name()).matches();
    }
}
