package dev.rebound.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rebound.compare.AComparison;
import dev.rebound.compare.ComparisonJson;
import dev.rebound.http.Differences.Difference;
import dev.rebound.http.Promotions.Report;
import dev.rebound.promote.Conflict;
import dev.rebound.replay.ReplayException;
import dev.rebound.replay.ReplayName;
import dev.rebound.replay.ReplayRequest;
import dev.rebound.replay.ReplayStatus;
import dev.rebound.replay.ReplayStatus.Phase;
import dev.rebound.schema.ReplayDefinition;
import dev.rebound.schema.ReplayProgress;
import dev.rebound.schema.ReplaySpan;
import dev.rebound.schema.ReplayState;
import dev.rebound.suppressions.Issued;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.errors.TimeoutException;

/** Replays without brokers. */
public final class ReplaysInMemory implements ReplayControl {

    static final Instant TOLD = Instant.parse("2026-03-01T12:00:00Z");

    /** An answer to a comparison, as it is made. */
    static final String DIFFERENCE = ComparisonJson.text(AComparison.ordinary());

    final Map<String, ReplayStatus> replays = new TreeMap<>();
    final Map<String, Launch> launches = new ConcurrentHashMap<>();
    final List<ReplayRequest> requests = new ArrayList<>();
    final List<String> started = new ArrayList<>();
    final List<Optional<Issued>> issued = new ArrayList<>();
    RuntimeException defining;
    boolean stopsInTime = true;
    Report report;
    CountDownLatch compared = new CountDownLatch(0);
    RuntimeException comparing;
    int comparisons;
    private boolean unreachable;

    /** As when no broker answers. */
    public static ReplaysInMemory unreachable() {
        ReplaysInMemory replays = new ReplaysInMemory();
        replays.unreachable = true;
        return replays;
    }

    /** Routes to them. @param request how long a request may take */
    public List<Route> routes(Duration request) {
        return ReplayRoutes.of(
                this,
                (replay, against, watch) -> {
                    comparisons++;
                    watch.progress().advanced(10, 0, 0.25);
                    await();
                    if (comparing != null) {
                        throw comparing;
                    }
                    return new Difference(DIFFERENCE, "<!doctype html><title>" + replay + "</title>");
                },
                promotions(),
                request);
    }

    private void await() {
        try {
            compared.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Promotions promotions() {
        Promotions.Change change = (replay, skipConflicts, by, watch) -> {
            issued.add(by);
            boolean refused = by.isPresent() && report.conflicts() > 0 && !skipConflicts;
            return new Report(
                    report.counts(), report.conflicts(), report.named(), report.written(), refused, report.complete());
        };
        return new Promotions() {
            @Override
            public Change promotion() {
                return change;
            }

            @Override
            public Change rollback() {
                return change;
            }
        };
    }

    /** Puts one there. */
    ReplayStatus put(String name, Phase phase) {
        return put(name, phase, "id-of-" + name);
    }

    ReplayStatus put(String name, Phase phase, String id) {
        ReplayDefinition definition = ReplayDefinition.newBuilder()
                .setId(id)
                .setName(name)
                .setCreatedAt(TOLD)
                .setCreatedBy("kim")
                .setTopic("delivery-events")
                .setSpan(List.of(new ReplaySpan(0, 10L, 20L, 0L)))
                .setCommands(List.of())
                .setTenants(List.of())
                .setDomains(List.of())
                .setCodes(List.of())
                .setOutcomes(List.of("BOUNCED"))
                .setAsLive(false)
                .setTablePosition(80)
                .setOverlay(List.of())
                .setReplaced(List.of())
                .setPreset("default")
                .setPolicyGiven(false)
                .setPartitions(1)
                .build();
        ReplayStatus status = new ReplayStatus(definition, phase, phase == Phase.INTERRUPTED ? null : progress(phase));
        replays.put(name, status);
        return status;
    }

    private static ReplayProgress progress(Phase phase) {
        return ReplayProgress.newBuilder()
                .setState(ReplayState.valueOf(phase.name()))
                .setAt(TOLD)
                .setResumedAt(TOLD)
                .setTotal(10)
                .setRead(5)
                .setFed(5)
                .setProcessed(4)
                .setPerSecond(2)
                .setHost("1@here")
                .build();
    }

    private void reach() {
        if (unreachable) {
            throw new TimeoutException("no broker answers jo@example.org");
        }
    }

    @Override
    public List<ReplayStatus> list() {
        reach();
        return List.copyOf(replays.values());
    }

    @Override
    public Optional<ReplayStatus> find(ReplayName name) {
        reach();
        return Optional.ofNullable(replays.get(name.text()));
    }

    @Override
    public Optional<Launch> launch(ReplayName name) {
        return Optional.ofNullable(launches.get(name.text()));
    }

    @Override
    public ReplayStatus define(ReplayRequest request) {
        requests.add(request);
        if (defining != null) {
            throw defining;
        }
        ReplayStatus there = replays.get(request.name().text());
        return there == null ? put(request.name().text(), Phase.INTERRUPTED) : there;
    }

    @Override
    public void start(ReplayName name) {
        started.add(name.text());
        launches.put(name.text(), new Launch(TOLD.plusSeconds(1), null, "/var/log/x.log"));
    }

    @Override
    public ReplayStatus stop(ReplayName name, Duration atMost) {
        return stopsInTime ? put(name.text(), Phase.STOPPED) : replays.get(name.text());
    }

    @Override
    public List<String> delete(ReplayName name) {
        if (replays.get(name.text()).phase().isUnderWay()) {
            throw new ReplayException("replay " + name + " is running");
        }
        replays.remove(name.text());
        return List.of("topic replay." + name + ".replay");
    }

    /** A report of a promotion. */
    static Report report(long conflicts, long written, boolean complete) {
        List<Conflict> named = conflicts == 0
                ? List.of()
                : List.of(new Conflict("default|jo@example.org", "somebody added jo@example.org"));
        ObjectNode counts = new ObjectMapper()
                .createObjectNode()
                .put("added", 1)
                .put("lifted", 2)
                .put("changed", 0)
                .put("rows", 1)
                .put("already", 0)
                .put("erased", 0);
        counts.putObject("notCompared").put("evidence", 3);
        return new Report(counts, conflicts, named, written, false, complete);
    }
}
