package dev.rebound.promote;

import dev.rebound.config.ReboundConfig;
import dev.rebound.ingest.Progress;
import dev.rebound.schema.Suppression;
import dev.rebound.serde.Schemas;
import dev.rebound.serde.WriterSchemas;
import dev.rebound.suppress.Erasure;
import dev.rebound.suppress.History;
import dev.rebound.suppress.SuppressionKey;
import dev.rebound.suppressions.CompactedTopic;
import dev.rebound.suppressions.FeedReader;
import dev.rebound.suppressions.SuppressionFeed;
import dev.rebound.suppressions.Watch;
import dev.rebound.topology.AddressHistories;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads what live says of addresses from its feed and from the changelog of its state. */
final class LiveTopics implements LiveAddresses {

    private final SuppressionFeed feed;
    private final CompactedTopic histories;
    private final Optional<Erasure> erasure;

    /**
     * Live as a configuration names it.
     *
     * @param writerSchemas schemas of the entries of the feed
     * @param schemas words for a registry that is away
     */
    LiveTopics(ReboundConfig config, WriterSchemas writerSchemas, Schemas schemas) {
        this.feed = new FeedReader(config, writerSchemas, schemas);
        this.histories = new CompactedTopic(config, AddressHistories.changelog(config.applicationId()));
        this.erasure = config.erasure();
    }

    @Override
    public Map<SuppressionKey, LiveAddress> read(Set<SuppressionKey> keys, Watch watch) {
        Watch quiet = new Watch(Progress.none(), watch.stop());
        Set<String> wanted = new HashSet<>();
        keys.forEach(key -> {
            wanted.add(key.text());
            standIns(key).forEach(wanted::add);
        });
        Map<String, Suppression> told = new HashMap<>();
        Map<String, History> known = new HashMap<>();
        boolean complete = feed.read(
                        wanted::contains,
                        entry -> entry,
                        entry -> told.put(entry.getList() + '|' + entry.getAddress(), entry),
                        quiet)
                && histories.read(
                        record -> {
                            String key = new String(record.key(), StandardCharsets.UTF_8);
                            return wanted.contains(key) ? Map.entry(key, AddressHistories.parse(record.value())) : null;
                        },
                        entry -> known.put(entry.getKey(), entry.getValue()),
                        quiet);
        if (!complete) {
            throw new StoppedException();
        }
        Map<SuppressionKey, LiveAddress> found = new HashMap<>();
        for (SuppressionKey key : keys) {
            found.put(
                    key,
                    new LiveAddress(
                            told.get(key.text()),
                            known.getOrDefault(key.text(), History.EMPTY),
                            standIns(key).stream().anyMatch(told::containsKey)));
        }
        return found;
    }

    /** Keys of what stands for an address when it was erased: on its list, and on that of the whole tenant. */
    private List<String> standIns(SuppressionKey key) {
        if (erasure.isEmpty() || key.isErased() || key.isDomain()) {
            return List.of();
        }
        String standIn = erasure.get().standIn(key.address());
        return Stream.of(key.list(), key.list().wholeTenant())
                .distinct()
                .map(list -> new SuppressionKey(list, standIn).text())
                .toList();
    }
}
