package dev.rebound.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A variant with its workers, run after run over the same stream. */
final class Contender implements AutoCloseable {

    private final Variant variant;
    private final String name;
    private final Cluster cluster;
    private final EventStream stream;
    private final List<WorkerProcess> workers = new ArrayList<>();
    private final List<Figures> counted = new ArrayList<>();
    private Long suppressed;

    /** @param name what it is called in messages, applications and files */
    Contender(Variant variant, String name, Cluster cluster, EventStream stream) {
        this.variant = variant;
        this.name = name;
        this.cluster = cluster;
        this.stream = stream;
    }

    /** Starts so many workers, which share the events, with keys beside those of the stream and the variant. */
    void start(int instances, Map<String, String> ownKeys) throws Exception {
        Map<String, String> keys = new HashMap<>(stream.keys());
        keys.putAll(variant.keys());
        keys.putAll(ownKeys);
        for (int instance = 0; instance < instances; instance++) {
            workers.add(WorkerProcess.start(
                    variant.program(), name + '-' + instance, variant.text(), keys, cluster.path("workers")));
        }
    }

    /**
     * Runs it once, and empties the topics again.
     *
     * @param run its number; 0 warms up: it is checked, and does not count
     * @throws WrongOutputException when its outputs are not what they have to be
     */
    Figures run(int run) throws Exception {
        String application = "bench-" + name + '-' + run;
        Path state = cluster.path("state").resolve(application);
        long bytesBefore = cluster.bytesWritten();
        double cpuBefore = Usage.cpuSeconds();
        for (int i = 0; i < workers.size(); i++) {
            String own = state.resolve(Integer.toString(i)).toString();
            workers.get(i).order(new Order(run, application, own, stream.shape().events()));
        }
        double cpuSeconds = 0;
        Long peak = 0L;
        for (WorkerProcess worker : workers) {
            Report report = worker.report();
            cpuSeconds += report.cpuSeconds();
            peak = peak == null || report.peakBytes() == null ? null : Long.valueOf(peak + report.peakBytes());
        }
        double brokerCpuSeconds = Usage.cpuSeconds() - cpuBefore;
        long bytes = cluster.bytesWritten() - bytesBefore;
        double seconds = checkedSeconds(run);
        stream.forget(application);
        Cluster.delete(state);
        double events = stream.shape().events();
        Figures figures = new Figures(
                events / seconds, cpuSeconds / events * 1e6, brokerCpuSeconds / events * 1e6, bytes / events, peak);
        if (run > 0) {
            counted.add(figures);
        }
        return figures;
    }

    private double checkedSeconds(int run) {
        String text = name + ", run " + run;
        Check.Facts facts = new Check(stream, variant.output(), text).run();
        if (suppressed != null && !suppressed.equals(facts.suppressed())) {
            throw new WrongOutputException(text, "suppressed addresses, as in run 0", suppressed, facts.suppressed());
        }
        suppressed = facts.suppressed();
        return facts.seconds();
    }

    String name() {
        return name;
    }

    /** The runs that counted so far; at least one. */
    Result result() {
        return new Result(name, variant.threads(), stream.shape().events(), counted);
    }

    /** How many addresses a run suppresses; null when it suppresses none or has not run. */
    Long suppressed() {
        return suppressed;
    }

    @Override
    public void close() {
        workers.forEach(WorkerProcess::close);
    }
}
