package dev.rebound.generate;

import dev.rebound.schema.Outcome;
import java.time.Duration;

/** For half an hour every other new message is of a campaign to a list that nobody has looked after for years. */
final class StaleList implements Incident {

    static final Duration BEGINS_AFTER = Duration.ofMinutes(5);
    static final Duration LASTS = Duration.ofMinutes(30);
    static final String CAMPAIGN = "stale-list";

    private static final Mailing MAILING = Mailing.campaign("club", CAMPAIGN);

    private final Window window;
    private final OrdinaryMail mail;

    StaleList(TrafficPlan plan, Duration beginsAfter, OrdinaryMail mail) {
        this.window = Window.of(plan, beginsAfter, LASTS);
        this.mail = mail;
    }

    @Override
    public Dispatch dispatch(long at) {
        if (!window.holds(at) || mail.below(2) == 0) {
            return null;
        }
        int draw = mail.below(100);
        if (draw < 5) {
            return bounced(at, mail.missingReceiver(), Cause.NO_SUCH_DOMAIN);
        }
        if (draw < 8) {
            return bounced(at, mail.refusingReceiver(), Cause.NULL_MX);
        }
        Receiver receiver = mail.receiver();
        if (draw < 26) {
            return bounced(at, receiver, Cause.GONE);
        }
        if (draw < 32) {
            return bounced(at, receiver, Cause.DISABLED);
        }
        if (draw < 35) {
            return bounced(at, receiver, Cause.FULL_FOR_GOOD);
        }
        Course taken = Course.ends(Outcome.DELIVERED, mail.reply(Cause.DELIVERED, receiver));
        return new Dispatch(message(at, receiver), draw < 36 ? taken.followedBy(Course.Sequel.COMPLAINT) : taken);
    }

    private Dispatch bounced(long at, Receiver receiver, Cause cause) {
        return new Dispatch(message(at, receiver), Course.ends(Outcome.BOUNCED, mail.reply(cause, receiver)));
    }

    /** Addresses of their own, so that nobody is gone here and alive in other mailings. */
    private Message message(long at, Receiver receiver) {
        return mail.message(at, MAILING, receiver, "old", mail.below(receiver.population()));
    }
}
