package dev.rebound.app;

import dev.rebound.compare.Comparison;
import dev.rebound.compare.ComparisonJson;
import dev.rebound.compare.ComparisonPage;
import dev.rebound.compare.Settings;
import dev.rebound.config.ReboundConfig;
import dev.rebound.http.Differences;
import dev.rebound.http.Differences.Difference;
import dev.rebound.http.Promotions;
import dev.rebound.http.ReplayControl;
import dev.rebound.replay.BackgroundReplay;
import dev.rebound.replay.ReplayException;
import dev.rebound.replay.ReplayName;
import dev.rebound.replay.ReplayRequest;
import dev.rebound.replay.ReplayStatus;
import dev.rebound.replay.Replays;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Replays as an instance shows and starts them. Those that it starts go on in processes of their own when it ends. */
final class InstanceReplays implements ReplayControl, AutoCloseable {

    /** However many look on, the brokers are asked once in that time. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final ReboundConfig config;
    private final Replays replays;
    private final Map<ReplayName, Started> started = new ConcurrentHashMap<>();
    private List<ReplayStatus> listed = List.of();
    private long listedAt;
    private boolean isListed;

    private record Started(BackgroundReplay work, Instant at) {}

    InstanceReplays(ReboundConfig config) {
        this.config = config;
        this.replays = new Replays(config);
    }

    @Override
    public synchronized List<ReplayStatus> list() {
        if (!isListed || System.nanoTime() - listedAt > FRESH.toNanos()) {
            listed = replays.list();
            listedAt = System.nanoTime();
            isListed = true;
        }
        return listed;
    }

    private synchronized void forgetList() {
        isListed = false;
    }

    @Override
    public Optional<ReplayStatus> find(ReplayName name) {
        return replays.find(name);
    }

    @Override
    public Optional<Launch> launch(ReplayName name) {
        return Optional.ofNullable(started.get(name)).map(one -> {
            Process process = one.work().process();
            return new Launch(
                    one.at(),
                    process.isAlive() ? null : process.exitValue(),
                    one.work().log().toString());
        });
    }

    @Override
    public ReplayStatus define(ReplayRequest request) {
        try {
            return replays.define(request);
        } catch (TopicsException e) {
            throw new ReplayException(e.getMessage(), e);
        } finally {
            forgetList();
        }
    }

    @Override
    public void start(ReplayName name) throws IOException {
        synchronized (started) {
            if (launch(name).filter(launch -> launch.exit() == null).isEmpty()) {
                Instant now = Instant.now();
                started.put(name, new Started(BackgroundReplay.start(name, config), now));
            }
        }
    }

    @Override
    public ReplayStatus stop(ReplayName name, Duration atMost) {
        try {
            ReplayStatus replay = replays.get(name);
            Started own = started.get(name);
            if (!replay.phase().isUnderWay()
                    && own != null
                    && own.work().process().isAlive()) {
                end(own.work().process(), atMost);
                started.remove(name);
                return replays.get(name);
            }
            return replays.stop(name, atMost);
        } catch (ReplayException e) {
            ReplayStatus replay = replays.get(name);
            if (replay.phase().isUnderWay()) {
                return replay;
            }
            throw e;
        } finally {
            forgetList();
        }
    }

    /** Of a process that has not begun: nobody is asked to stop what nobody works on. */
    private static void end(Process process, Duration atMost) {
        process.destroy();
        try {
            if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public List<String> delete(ReplayName name) {
        try {
            List<String> deleted = replays.delete(name);
            started.remove(name);
            return deleted;
        } finally {
            forgetList();
        }
    }

    /** Compares them. */
    Differences differences() {
        return (replay, against, watch) -> {
            Comparison comparison = replays.compare(replay, against, Settings.standard(Instant.now()), watch);
            return new Difference(ComparisonJson.text(comparison), page(comparison));
        };
    }

    private static String page(Comparison comparison) {
        StringWriter page = new StringWriter();
        try {
            ComparisonPage.write(comparison, false, page);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return page.toString();
    }

    /** Brings them to live. */
    Promotions promotions() {
        return new InstancePromotions(config);
    }

    @Override
    public void close() {
        replays.close();
    }
}
