package dev.rebound.replay;

import dev.rebound.archive.Archive;
import dev.rebound.config.ReboundConfig;
import dev.rebound.schema.ReplayDefinition;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;

/** Where the events of a replay are read from. */
final class EventLogs {

    private EventLogs() {}

    static EventLog of(ReboundConfig live, ReplayDefinition definition) {
        return of(live, Optional.ofNullable(definition.getArchive()).map(Path::of));
    }

    /** Whether an archive is of another topic than live's, or of one that had the same name before: then offsets mean other events. */
    static boolean isForeign(ReboundConfig live, Optional<Path> archive) {
        if (archive.isEmpty()) {
            return false;
        }
        Archive files = Archive.open(archive.get());
        String name = live.topics().deliveryEvents().name();
        try (Admin admin = Admin.create(live.adminClient())) {
            TopicDescription topic = admin.describeTopics(List.of(name))
                    .topicNameValues()
                    .get(name)
                    .get();
            return !files.topic().equals(name)
                    || !files.topicId().equals(topic.topicId().toString())
                    || !files.clusterId()
                            .equals(admin.describeCluster().clusterId().get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while waiting for the brokers", e);
        } catch (ExecutionException e) {
            throw new KafkaException(
                    "cannot look up topic " + name + ": " + e.getCause().getMessage(), e.getCause());
        }
    }

    /** @param archive empty for the topic */
    static EventLog of(ReboundConfig live, Optional<Path> archive) {
        return archive.isPresent()
                ? new ArchiveLog(archive.get())
                : new TopicLog(live, live.topics().deliveryEvents().name());
    }
}
