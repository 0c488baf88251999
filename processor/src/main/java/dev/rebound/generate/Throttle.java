package dev.rebound.generate;

import dev.rebound.schema.Outcome;
import java.time.Duration;

/** A provider puts off all mail for an hour; what is tried again after that goes through. */
final class Throttle implements Incident {

    static final Duration BEGINS_AFTER = Duration.ofMinutes(5);
    static final Duration LASTS = Duration.ofHours(1);

    private final Window window;
    private final OrdinaryMail mail;

    Throttle(TrafficPlan plan, Duration beginsAfter, OrdinaryMail mail) {
        this.window = Window.of(plan, beginsAfter, LASTS);
        this.mail = mail;
    }

    @Override
    public Answer answer(Receiver receiver, long at) {
        return window.holds(at) && receiver.isTroubled()
                ? new Answer(Outcome.DEFERRED, mail.reply(Cause.THROTTLED, receiver), window.to())
                : null;
    }
}
