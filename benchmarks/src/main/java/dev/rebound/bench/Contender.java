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

    /** Starts so many workers, which share the events. */
    void start(int count) throws Exception {
        Map<String, String> keys = new HashMap<>(stream.keys());
        keys.putAll(variant.keys());
        for (int i = 0; i < count; i++) {
            String worker = count == 1 ? name : name + '-' + i;
            workers.add(
                    WorkerProcess.start(WorkerProcess.Program.own(), worker, variant.text(), keys, cluster.path("")));
        }
    }

    /** Runs it once. Run 0 warms up: it is checked, and does not count. */
    Figures run(int run) throws Exception {
        String application = "bench-" + name + '-' + run;
        Path state = cluster.path("state-" + name + '-' + run);
        long bytesBefore = cluster.bytesWritten();
        double cpuBefore = Usage.cpuSeconds();
        for (int i = 0; i < workers.size(); i++) {
            workers.get(i)
                    .order(new Order(
                            run, application, state.resolve(Integer.toString(i)).toString(), stream.events()));
        }
        double workerCpu = 0;
        Long peak = null;
        for (WorkerProcess worker : workers) {
            Report report = worker.report();
            workerCpu += report.cpuSeconds();
            peak = report.peakBytes() == null ? peak : Long.valueOf(report.peakBytes() + (peak == null ? 0 : peak));
        }
        double brokerCpu = Usage.cpuSeconds() - cpuBefore;
        double bytes = cluster.bytesWritten() - bytesBefore;
        Check.Facts facts = new Check(stream, variant, name + ", run " + run).run();
        checkSuppressed(run, facts.suppressed());
        stream.forget(application);
        Cluster.delete(state);
        double millions = stream.events() / 1e6;
        Figures figures = new Figures(
                stream.events() / facts.seconds(),
                workerCpu / millions,
                brokerCpu / millions,
                bytes / stream.events(),
                peak);
        if (run > 0) {
            counted.add(figures);
        }
        return figures;
    }

    private void checkSuppressed(int run, Long found) {
        if (suppressed != null && !suppressed.equals(found)) {
            throw new IllegalStateException(name + ", run " + run + ": suppressed addresses: expected " + suppressed
                    + " as in run 0, found " + found);
        }
        suppressed = found;
    }

    String name() {
        return name;
    }

    Variant variant() {
        return variant;
    }

    EventStream stream() {
        return stream;
    }

    /** Of the runs that count. */
    List<Figures> counted() {
        return counted;
    }

    @Override
    public void close() {
        workers.forEach(WorkerProcess::close);
    }
}
