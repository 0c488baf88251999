package dev.rebound.generate;

import java.time.Duration;

/** Hours in which two things go wrong, one after the other: a {@link Throttle} and a {@link StaleList}. */
final class Morning implements Incident {

    static final Duration THROTTLE_BEGINS_AFTER = Duration.ofHours(2);
    static final Duration CAMPAIGN_BEGINS_AFTER = Duration.ofHours(4);

    private final Incident throttle;
    private final Incident campaign;

    Morning(TrafficPlan plan, OrdinaryMail mail) {
        this.throttle = new Throttle(plan, THROTTLE_BEGINS_AFTER, mail);
        this.campaign = new StaleList(plan, CAMPAIGN_BEGINS_AFTER, mail);
    }

    @Override
    public Dispatch dispatch(long at) {
        return campaign.dispatch(at);
    }

    @Override
    public Answer answer(Receiver receiver, long at) {
        return throttle.answer(receiver, at);
    }
}
