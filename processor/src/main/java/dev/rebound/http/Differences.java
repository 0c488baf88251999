package dev.rebound.http;

import dev.rebound.replay.ReplayName;
import dev.rebound.suppressions.Watch;
import java.util.Optional;

/** Compares replays. It can take minutes. */
@FunctionalInterface
public interface Differences {

    /**
     * What came of a comparison.
     *
     * @param json as {@code rebound replay diff --json} prints it
     * @param html a page that stands alone, with masked recipients
     */
    record Difference(String json, String html) {}

    /**
     * Compares a replay that is at its end.
     *
     * @param against another replay; empty for live
     * @param watch told how far it is
     * @throws dev.rebound.replay.ReplayException when one of them cannot be compared
     * @throws IllegalStateException when their topics cannot be matched
     * @throws org.apache.kafka.common.KafkaException when the brokers do not answer
     */
    Difference compare(ReplayName replay, Optional<ReplayName> against, Watch watch);
}
