package dev.rebound.replay;

import dev.rebound.app.Connections;
import dev.rebound.compare.Comparer;
import dev.rebound.compare.Comparison;
import dev.rebound.compare.Comparison.Suppressions;
import dev.rebound.compare.Scope;
import dev.rebound.compare.Settings;
import dev.rebound.compare.Side;
import dev.rebound.compare.SuppressionDifference;
import dev.rebound.config.ReboundConfig;
import dev.rebound.replay.EventLog.Range;
import dev.rebound.schema.ReplayDefinition;
import dev.rebound.schema.ReplaySpan;
import dev.rebound.suppress.SuppressionKey;
import dev.rebound.suppressions.Watch;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A replay that has come to its end, beside live or beside another one of the same events. */
final class ReplayComparison {

    private static final String LIVE = "live";

    private final ReboundConfig live;
    private final Connections connections;
    private final ReplayStatus replay;

    /** @throws ReplayException when the replay is not at its end */
    ReplayComparison(ReboundConfig live, Connections connections, ReplayStatus replay) {
        this.live = live;
        this.connections = connections;
        this.replay = finished(replay);
    }

    private static ReplayStatus finished(ReplayStatus replay) {
        if (!replay.isFinished()) {
            String name = replay.definition().getName();
            throw new ReplayException("replay " + name + " is " + replay.phase().text()
                    + " (expected: finished); bring it to its end with: rebound replay start --name " + name
                    + " --wait");
        }
        return replay;
    }

    Comparison withLive(Settings settings, Watch watch) {
        return comparer().compare(liveSide(), side(replay), scope(), settings, watch);
    }

    /**
     * With another replay.
     *
     * @throws ReplayException when it is not at its end, or of other events
     */
    Comparison with(ReplayStatus other, Settings settings, Watch watch) {
        ReplayDefinition one = replay.definition();
        ReplayDefinition two = finished(other).definition();
        boolean same = one.getTopic().equals(two.getTopic())
                && offsets(one.getSpan()).equals(offsets(two.getSpan()))
                && EventFilter.of(one).equals(EventFilter.of(two));
        if (!same) {
            throw new ReplayException("replays " + one.getName() + " and " + two.getName()
                    + " are not of the same events (expected: the same span and filters); compare each with live, or"
                    + " start one with --offsets and the filters of the other");
        }
        return comparer()
                .compare(side(other), side(replay), scope(), settings.withStatisticsByKey(), watch)
                .withNote(note(two, one).orElse(null));
    }

    /** What live and the replay suppress differently; see {@link Comparer#suppressionDifferences}. */
    Suppressions suppressionDifferences(Settings settings, Watch watch, Consumer<SuppressionDifference> each) {
        return comparer().suppressionDifferences(liveSide(), side(replay), scope(), settings, watch, each);
    }

    /** When the last event of a replay at its end had arrived. An older version did not tell that apart from commands. */
    static Instant until(ReplayStatus replay) {
        Instant until = replay.progress().getUntil();
        return until == null ? replay.progress().getAsOf() : until;
    }

    /** Why two replays of the same events can differ that have the same tables; empty when they know the same commands. */
    static Optional<String> note(ReplayDefinition before, ReplayDefinition after) {
        Map<Integer, List<Long>> one = offsets(before.getCommands());
        Map<Integer, List<Long>> two = offsets(after.getCommands());
        if (one.equals(two)) {
            return Optional.empty();
        }
        return Optional.of(
                "The replays do not know the same suppression commands: " + before.getName() + " those up to "
                        + before.getCreatedAt() + ", " + after.getName() + " those up to " + after.getCreatedAt()
                        + ". Suppressions can differ for that reason, whatever the tables and policies say.");
    }

    private Comparer comparer() {
        return new Comparer(connections.writerSchemas(), connections.schemas());
    }

    private Side liveSide() {
        return new Side(LIVE, live, live.suppressionPolicies(), true);
    }

    private Side side(ReplayStatus status) {
        ReplayDefinition definition = status.definition();
        return new Side(
                definition.getName(),
                live.forReplay(definition.getName(), definition.getPartitions()),
                ReplayPolicy.of(definition).policies(),
                false);
    }

    private Scope scope() {
        ReplayDefinition definition = replay.definition();
        EventFilter filter = EventFilter.of(definition);
        Map<Integer, Scope.Range> ranges = new HashMap<>();
        definition
                .getSpan()
                .forEach(span -> ranges.put(span.getPartition(), new Scope.Range(span.getFrom(), span.getTo())));
        return new Scope(
                definition.getTopic(),
                ranges,
                definition.getFrom(),
                until(replay),
                replay.progress().getAsOf(),
                filter.isOpen() && isAll(definition),
                !filter.isOpen(),
                key -> isWhole(filter, key));
    }

    /** Nothing was in the topic before the span, and nothing has come since. */
    private boolean isAll(ReplayDefinition definition) {
        if (definition.getSpan().size() < definition.getPartitions()
                || definition.getSpan().stream().anyMatch(span -> span.getFrom() > 0)) {
            return false;
        }
        Map<Integer, Range> now =
                new TopicLog(live, live.topics().deliveryEvents().name()).ranges();
        return definition.getSpan().stream()
                .allMatch(span -> now.get(span.getPartition()).to() == span.getTo());
    }

    /** No event of the address, or of the addresses of a domain, was left out for what it is. */
    private static boolean isWhole(EventFilter filter, SuppressionKey key) {
        return filter.codes().isEmpty()
                && filter.outcomes().isEmpty()
                && (filter.tenants().isEmpty()
                        || filter.tenants().contains(key.list().tenant()))
                && (filter.domains().isEmpty() || filter.domains().contains(domain(key.address())));
    }

    private static String domain(String address) {
        return address.substring(address.lastIndexOf('@') + 1);
    }

    private static Map<Integer, List<Long>> offsets(List<ReplaySpan> spans) {
        return spans.stream()
                .collect(Collectors.toMap(ReplaySpan::getPartition, span -> List.of(span.getFrom(), span.getTo())));
    }
}
