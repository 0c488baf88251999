package dev.rebound.replay;

import dev.rebound.config.ReboundConfig;
import dev.rebound.schema.ReplayDefinition;
import java.nio.file.Path;
import java.util.Optional;

/** Where the events of a replay are read from. */
final class EventLogs {

    private EventLogs() {}

    static EventLog of(ReboundConfig live, ReplayDefinition definition) {
        return of(live, Optional.ofNullable(definition.getArchive()).map(Path::of));
    }

    /** @param archive empty for the topic */
    static EventLog of(ReboundConfig live, Optional<Path> archive) {
        return archive.isPresent()
                ? new ArchiveLog(archive.get())
                : new TopicLog(live, live.topics().deliveryEvents().name());
    }
}
