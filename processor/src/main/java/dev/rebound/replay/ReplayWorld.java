package dev.rebound.replay;

import dev.rebound.config.ReboundConfig;
import dev.rebound.topology.Topics;

/**
 * The world of a replay: its own topics and its own application on the cluster of the live one.
 *
 * @param live configuration of the live application
 * @param own configuration of the replay's
 * @param name its name
 */
record ReplayWorld(ReboundConfig live, ReboundConfig own, ReplayName name) {

    /** @param partitions number of partitions of its topics */
    static ReplayWorld of(ReboundConfig live, ReplayName name, int partitions) {
        return new ReplayWorld(live, live.forReplay(name.text(), partitions), name);
    }

    Topics topics() {
        return own.topics();
    }

    /** Under this consumer group stands how far the span was read. No name of a replay has a dot, so that it is no other replay's. */
    String feederGroup() {
        return own.applicationId() + ".feeder";
    }

    /** Topic that its own records are in. */
    String home() {
        return topics().replay().name();
    }
}
