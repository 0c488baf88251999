package dev.rebound.replay;

import dev.rebound.schema.ReplayDefinition;
import dev.rebound.schema.ReplayProgress;
import dev.rebound.schema.ReplayState;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * A replay and how far it is.
 *
 * @param definition what it is
 * @param phase what it does
 * @param progress as it was told last; null when it has not begun
 */
public record ReplayStatus(ReplayDefinition definition, Phase phase, ReplayProgress progress) {

    /** Who works on a replay says so more often than that. */
    private static final Duration SILENCE = Duration.ofSeconds(15);

    /** What a replay does. */
    public enum Phase {
        /** Its topics and tables are being made. */
        PREPARING,
        /** It is under way. */
        RUNNING,
        /** The process that worked on it has gone without a word; starting it again goes on. */
        INTERRUPTED,
        /** Somebody stopped it; starting it again goes on. */
        STOPPED,
        /** It cannot go on as it is; the problem says why. */
        FAILED,
        /** It is at its end. */
        FINISHED;

        /** The name in lower case, as people see it. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Somebody works on it. */
        public boolean isUnderWay() {
            return this == PREPARING || this == RUNNING;
        }
    }

    static ReplayStatus of(ReplayRecords.Content content, Instant now) {
        ReplayProgress progress = content.progress();
        return new ReplayStatus(content.definition(), phase(progress, now), progress);
    }

    private static Phase phase(ReplayProgress progress, Instant now) {
        if (progress == null) {
            return Phase.INTERRUPTED;
        }
        boolean silent = progress.getAt().plus(SILENCE).isBefore(now) || Workers.isGone(progress.getHost());
        return switch (progress.getState()) {
            case STOPPED -> Phase.STOPPED;
            case FAILED -> Phase.FAILED;
            case FINISHED -> Phase.FINISHED;
            case PREPARING -> silent ? Phase.INTERRUPTED : Phase.PREPARING;
            case RUNNING, UNKNOWN -> silent ? Phase.INTERRUPTED : Phase.RUNNING;
        };
    }

    /** It will not go on by itself, or it is known that nobody works on it. */
    boolean isSettled() {
        return phase == Phase.STOPPED
                || phase == Phase.FAILED
                || phase == Phase.FINISHED
                || progress == null
                || Workers.isGone(progress.getHost());
    }

    /** What it does where it is known whether somebody works on it. */
    ReplayStatus knowing(boolean somebodyDoes) {
        Phase known = !somebodyDoes
                ? Phase.INTERRUPTED
                : progress.getState() == ReplayState.PREPARING ? Phase.PREPARING : Phase.RUNNING;
        return new ReplayStatus(definition, known, progress);
    }

    /** How much of it is done, 0 to 1. */
    public double share() {
        if (phase == Phase.FINISHED) {
            return 1;
        }
        if (progress == null || progress.getTotal() == 0) {
            return 0;
        }
        double processed = progress.getFed() == 0 ? 1 : (double) progress.getProcessed() / progress.getFed();
        return Math.min(1, processed * progress.getRead() / progress.getTotal());
    }

    /** About how many seconds it will still take; empty when nobody can tell. */
    public OptionalLong secondsLeft() {
        if (!phase.isUnderWay() || progress == null || progress.getPerSecond() <= 0 || share() <= 0) {
            return OptionalLong.empty();
        }
        double events = progress.getProcessed() / share();
        return OptionalLong.of(Math.round((events - progress.getProcessed()) / progress.getPerSecond()));
    }

    /** It has come to its end, so that it can be compared and promoted. */
    public boolean isFinished() {
        return phase == Phase.FINISHED && progress.getState() == ReplayState.FINISHED;
    }
}
