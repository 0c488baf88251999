package dev.rebound.replay;

import dev.rebound.app.Connections;
import dev.rebound.app.TopicAdmin;
import dev.rebound.codes.CodesTopic;
import dev.rebound.config.ReboundConfig;
import dev.rebound.replay.EventLog.Range;
import dev.rebound.replay.ReplayRequest.Offsets;
import dev.rebound.schema.ReplayDefinition;
import dev.rebound.schema.ReplaySpan;
import dev.rebound.schema.StatusCode;
import dev.rebound.schema.StatusCodeRevision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/** Makes of what somebody wants what is replayed: ends and tables are fixed here, once and for all. */
final class ReplayDefinitions {

    private final ReboundConfig live;
    private final Connections connections;

    ReplayDefinitions(ReboundConfig live, Connections connections) {
        this.live = live;
        this.connections = connections;
    }

    /**
     * A definition.
     *
     * @throws IllegalArgumentException when the span or a file cannot be used
     * @throws ReplayException when there is nothing to be replayed so
     */
    ReplayDefinition of(ReplayRequest request) {
        if (request.asLive() && (request.codes().isPresent() || request.rules().isPresent())) {
            throw new IllegalArgumentException(
                    "--as-live uses the tables of then: leave it out, or leave --codes and --rules out");
        }
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        int partitions = new TopicAdmin(live).checkedPartitions();
        TopicLog codes = new TopicLog(live, live.topics().statusCodes().name());
        CodesTopic.Content table = new CodesTopic(live, connections.writerSchemas(), connections.schemas()).read();
        OverlayRows rows = new OverlayRows(table, now, request.by());
        List<StatusCode> overlay = rows.of(request.codes(), request.rules());
        ReplayPolicy policy = policy(request);
        try (EventLog events = EventLogs.of(live, request.archive());
                EventLog commands =
                        new TopicLog(live, live.topics().suppressionCommands().name())) {
            if (Stream.of(events, commands)
                    .flatMap(log -> log.ranges().keySet().stream())
                    .anyMatch(partition -> partition >= partitions)) {
                throw new ReplayException("what is to be replayed has more partitions than "
                        + live.topics().deliveryEvents().name() + ", which has " + partitions
                        + "; commands about addresses would not meet their events");
            }
            boolean foreign = EventLogs.isForeign(live, request.archive());
            if (foreign && request.asLive()) {
                throw new IllegalArgumentException(
                        "--as-live: the archive is not of the topic "
                                + live.topics().deliveryEvents().name()
                                + " as it is now (another cluster, or the topic was made anew), so live has not seen its events");
            }
            return ReplayDefinition.newBuilder()
                    .setId(UUID.randomUUID().toString())
                    .setName(request.name().text())
                    .setCreatedAt(now)
                    .setCreatedBy(request.by())
                    .setTopic(events.topic())
                    .setArchive(request.archive()
                            .map(path -> path.toAbsolutePath().toString())
                            .orElse(null))
                    .setForeign(foreign)
                    .setFrom(request.span().from().orElse(null))
                    .setTo(request.span().to().orElse(null))
                    .setSpan(span(request, events))
                    .setCommands(spans(commands.ranges(), commands.ranges()))
                    .setTenants(request.filter().tenants())
                    .setDomains(request.filter().domains())
                    .setCodes(request.filter().codes())
                    .setOutcomes(request.filter().outcomes().stream()
                            .map(outcome -> outcome.toUpperCase(Locale.ROOT))
                            .toList())
                    .setAsLive(request.asLive())
                    .setTablePosition(codes.ranges().get(0).to() - 1)
                    .setOverlay(overlay)
                    .setReplaced(rows.replaced(overlay))
                    .setPolicy(policy.text())
                    .setPreset(policy.preset())
                    .setPolicyGiven(request.policy().isPresent())
                    .setPartitions(partitions)
                    .build();
        }
    }

    private ReplayPolicy policy(ReplayRequest request) {
        try {
            return ReplayPolicy.of(request.policy(), live);
        } catch (IOException e) {
            throw new UncheckedIOException("the policy file cannot be read", e);
        }
    }

    private static List<ReplaySpan> span(ReplayRequest request, EventLog events) {
        Map<Integer, Range> all = events.ranges();
        ReplayRequest.Span wanted = request.span();
        Map<Integer, Range> ranges = new TreeMap<>(all);
        if (!wanted.offsets().isEmpty()) {
            ranges.keySet().retainAll(wanted.offsets().keySet());
            wanted.offsets().forEach((partition, offsets) -> ranges.put(partition, checked(partition, offsets, all)));
        }
        wanted.from().ifPresent(from -> events.offsetsAt(from)
                .forEach((partition, offset) -> ranges.computeIfPresent(
                        partition, (same, range) -> new Range(Math.max(offset, range.from()), range.to()))));
        wanted.to().ifPresent(to -> events.offsetsAt(to)
                .forEach((partition, offset) -> ranges.computeIfPresent(
                        partition, (same, range) -> new Range(range.from(), Math.min(offset, range.to())))));
        if (ranges.values().stream().mapToLong(Range::length).sum() == 0) {
            throw new ReplayException("there is nothing to replay: " + events.topic() + " has no record of "
                    + wanted.from().map(from -> "that time").orElse("that span")
                    + "; it has "
                    + all.values().stream().mapToLong(Range::length).sum() + " at other times");
        }
        return spans(ranges, all);
    }

    private static Range checked(int partition, Offsets offsets, Map<Integer, Range> all) {
        Range there = all.get(partition);
        if (there == null
                || offsets.from() < there.from()
                || offsets.to() > there.to()
                || offsets.from() > offsets.to()) {
            throw new IllegalArgumentException("--offsets " + partition + ':' + offsets.from() + '-' + offsets.to()
                    + (there == null
                            ? " (there is no such partition)"
                            : " (the partition has " + there.from() + '-' + there.to() + ", the last not included)"));
        }
        return new Range(offsets.from(), offsets.to());
    }

    private static List<ReplaySpan> spans(Map<Integer, Range> ranges, Map<Integer, Range> all) {
        List<ReplaySpan> spans = new ArrayList<>();
        ranges.forEach((partition, range) -> spans.add(new ReplaySpan(
                partition,
                range.from(),
                Math.max(range.from(), range.to()),
                all.get(partition).from())));
        return spans;
    }

    /** Refuses to go on with a replay that was defined in another way than somebody wants now. */
    void refuseOther(ReplayDefinition there, ReplayRequest request) {
        if (request.isBare()) {
            return;
        }
        ReplayDefinition wanted = of(request);
        boolean same = Objects.equals(wanted.getFrom(), there.getFrom())
                && Objects.equals(wanted.getTo(), there.getTo())
                && Objects.equals(wanted.getArchive(), there.getArchive())
                && (request.span().offsets().isEmpty() || wanted.getSpan().equals(there.getSpan()))
                && wanted.getTenants().equals(there.getTenants())
                && wanted.getDomains().equals(there.getDomains())
                && wanted.getCodes().equals(there.getCodes())
                && wanted.getOutcomes().equals(there.getOutcomes())
                && wanted.getAsLive() == there.getAsLive()
                && says(wanted).equals(says(there))
                && Objects.equals(wanted.getPolicy(), there.getPolicy());
        if (!same) {
            throw other(there);
        }
    }

    /** What the rows given for a replay say, whenever that was written. */
    private static Map<String, String> says(ReplayDefinition definition) {
        Map<String, String> says = new TreeMap<>();
        definition
                .getOverlay()
                .forEach(row -> says.put(
                        row.getId(),
                        row.getRevisions().stream()
                                .map(revision -> StatusCodeRevision.newBuilder(revision)
                                        .setRecordedAt(null)
                                        .setRecordedBy(null)
                                        .build())
                                .toList()
                                .toString()));
        return says;
    }

    private static ReplayException other(ReplayDefinition there) {
        return new ReplayException("there is a replay " + there.getName() + " already, of "
                + there.getCreatedAt()
                + " and with other options; give it its name alone to go on with it, choose another"
                + " name, or take it away with: rebound replay delete " + there.getName());
    }
}
