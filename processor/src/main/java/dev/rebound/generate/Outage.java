package dev.rebound.generate;

import dev.rebound.schema.Outcome;
import java.time.Duration;

/** A provider that has lost its directory knows none of its users for an hour. The messages are sent again after that. */
final class Outage implements Incident {

    static final Duration BEGINS_AFTER = Duration.ofMinutes(10);
    static final Duration LASTS = Duration.ofHours(1);

    private static final Reply REPLY = Replies.only(Cause.OUTAGE);

    private final Window window;

    Outage(TrafficPlan plan) {
        this.window = Window.of(plan, BEGINS_AFTER, LASTS);
    }

    @Override
    public Answer answer(Receiver receiver, long at) {
        return window.holds(at) && receiver.isTroubled() ? new Answer(Outcome.BOUNCED, REPLY, window.to()) : null;
    }
}
