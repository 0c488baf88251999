package dev.rebound.promote;

import dev.rebound.schema.Promoted;
import dev.rebound.schema.StatusCode;
import dev.rebound.schema.Suppression;
import dev.rebound.schema.SuppressionCommand;
import dev.rebound.suppress.Command;
import dev.rebound.suppress.Commands;
import dev.rebound.suppress.Decision;
import dev.rebound.suppress.History;
import dev.rebound.suppress.InvalidCommandException;
import dev.rebound.suppress.Item;
import dev.rebound.suppress.Policy;
import dev.rebound.suppress.SuppressionKey;
import dev.rebound.suppress.SuppressionList;
import dev.rebound.suppressions.Watch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Live, and the log of a replay, in memory: commands are carried out at once, by the core itself. */
final class LiveInMemory implements LiveAddresses, LiveRows, PromotedLog {

    /** What a crash looks like. */
    static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    final Map<SuppressionKey, History> histories = new HashMap<>();
    final Set<SuppressionKey> erased = new HashSet<>();
    final Map<String, StatusCode> rows = new LinkedHashMap<>();
    final Map<String, Promoted> log = new LinkedHashMap<>();
    final List<SuppressionCommand> given = new ArrayList<>();
    final List<StatusCode> writtenRows = new ArrayList<>();
    private final Policy policy;
    private long now;
    private int writes;
    private int survives = Integer.MAX_VALUE;

    /** Under a policy, at a moment in milliseconds since 1970. */
    LiveInMemory(Policy policy, long now) {
        this.policy = policy;
        this.now = now;
    }

    Edges edges() {
        return new Edges(this, this::give, this, this);
    }

    void timeIs(long moment) {
        now = moment;
    }

    /** Fails with the write after so many more, and never again. A write is one command, row or record. */
    void crashAfter(int more) {
        survives = writes + more;
    }

    void happened(SuppressionKey key, Item item) {
        histories.merge(key, History.EMPTY.with(item), (known, ignored) -> known.with(item));
    }

    /** What the feed has. */
    Suppression feed(SuppressionKey key) {
        return Decision.of(key, histories.getOrDefault(key, History.EMPTY), policy, now)
                .suppression();
    }

    private void write() {
        if (writes++ == survives) {
            survives = Integer.MAX_VALUE;
            throw new Crash();
        }
    }

    private void give(List<SuppressionCommand> commands) {
        for (SuppressionCommand command : commands) {
            write();
            try {
                Commands.check(command, Instant.ofEpochMilli(now));
            } catch (InvalidCommandException e) {
                throw new IllegalArgumentException(e.getMessage(), e);
            }
            given.add(command);
            happened(
                    new SuppressionKey(SuppressionList.parse(command.getList()), command.getAddress()),
                    Command.of(command));
        }
    }

    @Override
    public Map<SuppressionKey, LiveAddress> read(Set<SuppressionKey> keys, Watch watch) {
        Map<SuppressionKey, LiveAddress> found = new HashMap<>();
        for (SuppressionKey key : keys) {
            if (histories.containsKey(key) || erased.contains(key)) {
                found.put(
                        key,
                        new LiveAddress(feed(key), histories.getOrDefault(key, History.EMPTY), erased.contains(key)));
            }
        }
        return found;
    }

    @Override
    public Map<String, StatusCode> read() {
        return Map.copyOf(rows);
    }

    @Override
    public void write(List<StatusCode> changed) {
        for (StatusCode row : changed) {
            write();
            rows.put(row.getId(), row);
            writtenRows.add(row);
        }
    }

    @Override
    public void read(Predicate<String> keys, Predicate<Promoted> wanted, Consumer<Promoted> each, Watch watch) {
        List.copyOf(log.values()).stream()
                .filter(item -> keys.test(item.getKey()))
                .filter(wanted)
                .forEach(each);
    }

    @Override
    public long size() {
        return log.size();
    }

    @Override
    public void keep(List<Promoted> records) {
        for (Promoted item : records) {
            write();
            log.put(item.getKey(), item);
        }
    }
}
