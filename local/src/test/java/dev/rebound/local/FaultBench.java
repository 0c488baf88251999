package dev.rebound.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.local.Workload.Input;
import dev.rebound.schema.SuppressionCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A workload, and what a run without faults has made of it, which is the measure for all runs with faults. The run without
 * faults is itself compared with what the classifier says of each event.
 */
final class FaultBench {

    private final RunningStack stack;
    private final Workload workload;
    private final int eventSchema;
    private final Written expected;

    private FaultBench(RunningStack stack) throws Exception {
        this.stack = stack;
        Path directory = Files.createTempDirectory("rebound-without-faults");
        try (TestCluster cluster = new TestCluster(stack, directory)) {
            eventSchema = cluster.eventSchema();
            int newSchema = cluster.registerForEvents(Workload.newerSchema());
            workload = new Workload(Form.seed(), Form.pick(2_000, 10_000), eventSchema, newSchema);
            try (Feed feed = new Feed(cluster, workload.inputs());
                    Outputs outputs = new Outputs(cluster)) {
                for (SuppressionCommand command : workload.commands()) {
                    cluster.send(command);
                }
                feed.allowAll();
                cluster.start();
                TestCluster.await("the run without faults to end", () -> {
                    feed.sent();
                    return outputs.accountedFor() >= workload.inputs().size() && outputs.counted() >= countedEvents();
                });
                cluster.stop();
                expected = outputs.all();
            }
        } finally {
            delete(directory);
        }
        checkAgainstClassifier();
        checkSuppressions();
    }

    RunningStack stack() {
        return stack;
    }

    Workload workload() {
        return workload;
    }

    /** Id of the schema that most events of the workload are written with. */
    int eventSchema() {
        return eventSchema;
    }

    /** What has to be written. */
    Written expected() {
        return expected;
    }

    /** Events that have to be in the statistics. */
    long countedEvents() {
        return workload.inputs().stream()
                .filter(input -> !input.windows().isEmpty())
                .count();
    }

    /** As many records in each topic, and as many events in each window, as the inputs say, each under its own mark. */
    private void checkAgainstClassifier() {
        Map<String, List<Input>> byTopic = workload.inputs().stream()
                .collect(Collectors.groupingBy(Input::topic, TreeMap::new, Collectors.toList()));
        byTopic.forEach((topic, inputs) -> {
            List<String> records = expected.records().get(topic);
            assertThat(records).as(topic).hasSameSizeAs(inputs);
            boolean dead = topic.equals("delivery-events-dlq");
            Map<String, Long> found = records.stream()
                    .collect(Collectors.groupingBy(
                            record -> dead
                                    ? between(record, "rebound.dlq.reason=", " ")
                                    : between(record, "\"eventId\": \"", "\""),
                            Collectors.counting()));
            assertThat(found)
                    .as(topic)
                    .isEqualTo(inputs.stream().collect(Collectors.groupingBy(Input::mark, Collectors.counting())));
        });
        Map<String, Long> windows = workload.inputs().stream()
                .flatMap(input -> input.windows().stream())
                .collect(Collectors.groupingBy(window -> window, Collectors.counting()));
        Map<String, Long> counted = expected.stats().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, stats -> stats.getValue().get("events")));
        assertThat(counted).isEqualTo(windows);
    }

    /** What the workload's commands say is in the feed, and evidence too: else a run with faults is compared with nothing. */
    private void checkSuppressions() {
        assertThat(expected.suppressed())
                .containsKey("default|" + Workload.ADDED)
                .doesNotContainKey("default|" + Workload.REMOVED);
        assertThat(expected.suppressed().values())
                .filteredOn(record -> record.contains("\"source\": \"POLICY\""))
                .hasSizeGreaterThan(50);
    }

    private static String between(String text, String before, String after) {
        int begin = text.indexOf(before) + before.length();
        return text.substring(begin, text.indexOf(after, begin));
    }

    private static void delete(Path directory) throws Exception {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Gives tests the one bench of this JVM, made for the first that asks. */
    static final class Extension implements ParameterResolver {

        private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(Extension.class);

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == FaultBench.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            RunningStack stack = LocalStackExtension.stack(context);
            return context.getRoot()
                    .getStore(NAMESPACE)
                    .getOrComputeIfAbsent(FaultBench.class, type -> make(stack), FaultBench.class);
        }

        private static FaultBench make(RunningStack stack) {
            try {
                return new FaultBench(stack);
            } catch (Exception e) {
                throw new IllegalStateException("the run without faults did not come to its end", e);
            }
        }
    }
}
