package dev.rebound.generate;

import dev.rebound.schema.DeliveryEvent;
import dev.rebound.schema.Outcome;
import java.time.Duration;
import java.util.Random;

/**
 * Delivery events without end, in the order of their arrival ({@code receivedAt}); event times are in order but for a few. The
 * same plan gives the same events: what is drawn comes from {@link Random}, whose algorithm is part of its specification.
 * Arrivals are evenly spaced; each is what is due of earlier messages, or else a new message. Memory is bounded: while
 * {@value Agenda#CAPACITY} things are to come, no new message is deferred or followed by anything.
 *
 * <p>Not for several threads at once.
 */
public final class Traffic {

    /** The fewest recipients that there can be. */
    public static final int FEWEST_RECIPIENTS = 2_000;

    /** The most recipients that there can be. */
    public static final int MOST_RECIPIENTS = 20_000_000;

    /** After so many attempts the next one comes so much later; the last one stands for all further ones. */
    private static final long[] RETRY_AFTER_MINUTES = {2, 4, 8, 16, 32, 60};

    private static final int MINUTE = (int) Duration.ofMinutes(1).toMillis();
    private static final int HOUR = 60 * MINUTE;

    private final TrafficPlan plan;
    private final Random random;
    private final OrdinaryMail mail;
    private final Incident incident;
    private final Lags lags;
    private final Agenda agenda = new Agenda();
    private final Events events;

    /** The traffic of a plan, from its beginning. */
    public Traffic(TrafficPlan plan) {
        this(plan, Receivers.RECIPIENTS);
    }

    /**
     * As {@link #Traffic(TrafficPlan)}, among so many recipients.
     *
     * @param recipients {@value #FEWEST_RECIPIENTS} to {@value #MOST_RECIPIENTS}
     */
    public Traffic(TrafficPlan plan, int recipients) {
        this.plan = plan;
        this.random = new Random(Mix.of(plan.seed()));
        this.mail = new OrdinaryMail(plan, random, new Receivers(recipients));
        this.incident = Incident.of(plan, mail);
        this.lags = new Lags(plan, random);
        this.events = new Events(plan);
    }

    /** The next event. */
    public DeliveryEvent next() {
        long arrival = plan.arrival(events.written());
        Agenda.Step due = agenda.takeDue(arrival);
        return due == null ? newMessage(arrival) : due.at(arrival);
    }

    private DeliveryEvent newMessage(long arrival) {
        long at = lags.firstAttempt(arrival);
        Dispatch own = incident.dispatch(at);
        Dispatch dispatch = own == null ? mail.next(at) : own;
        Message message = dispatch.message();
        Course course = agenda.isFull() && dispatch.course().goesOn() ? taken(message) : dispatch.course();
        return attempt(message, course, 1, null, at, arrival);
    }

    private Course taken(Message message) {
        return Course.ends(Outcome.DELIVERED, mail.reply(Cause.DELIVERED, message.receiver()));
    }

    private DeliveryEvent attempt(Message message, Course course, int attempt, String last, long at, long arrival) {
        Incident.Answer answer = course.end() == Outcome.SUPPRESSED ? null : incident.answer(message.receiver(), at);
        if (answer != null && !(answer.outcome() == Outcome.DEFERRED && agenda.isFull())) {
            return underIncident(answer, message, course, attempt, at, arrival);
        }
        if (attempt <= course.deferrals()) {
            return deferred(course.deferral(), message, course, attempt, at, arrival);
        }
        String text = course.reply().fill(message, attempt, last);
        announce(course.sequel(), message, arrival);
        return events.attempt(message, attempt, course.end(), course.reply(), text, at, arrival);
    }

    private DeliveryEvent underIncident(
            Incident.Answer answer, Message message, Course course, int attempt, long at, long arrival) {
        if (answer.outcome() == Outcome.DEFERRED) {
            return deferred(answer.reply(), message, course, attempt, at, arrival);
        }
        if (course.end() == Outcome.DELIVERED && !agenda.isFull()) {
            agenda.add(Math.max(arrival, answer.recovery()) + MINUTE + random.nextInt(HOUR), later -> {
                Message again = mail.again(message, lags.later(later));
                return attempt(again, taken(again), 1, null, again.queuedAt(), later);
            });
        }
        String text = answer.reply().fill(message, attempt, null);
        return events.attempt(message, attempt, answer.outcome(), answer.reply(), text, at, arrival);
    }

    private DeliveryEvent deferred(Reply reply, Message message, Course course, int attempt, long at, long arrival) {
        String text = reply.fill(message, attempt, null);
        agenda.add(
                arrival + retryAfter(attempt),
                later -> attempt(message, course, attempt + 1, text, lags.later(later), later));
        return events.attempt(message, attempt, Outcome.DEFERRED, reply, text, at, arrival);
    }

    /** As servers do it: not all at the same moment, one tenth sooner or later. */
    private long retryAfter(int attempt) {
        int millis = (int) RETRY_AFTER_MINUTES[Math.min(attempt, RETRY_AFTER_MINUTES.length) - 1] * MINUTE;
        return millis - millis / 10 + random.nextInt(millis / 5);
    }

    private void announce(Course.Sequel sequel, Message message, long arrival) {
        switch (sequel) {
            case NONE -> {}
            case REPORT -> {
                Reply reply = mail.reply(Cause.REPORTED, message.receiver());
                agenda.add(
                        arrival + MINUTE / 2 + random.nextInt(3 * HOUR),
                        later -> events.report(message, reply, reply.fill(message, 1, null), lags.later(later), later));
            }
            case COMPLAINT ->
                agenda.add(
                        arrival + MINUTE + random.nextInt(2 * HOUR),
                        later -> events.complaint(message, lags.later(later), later));
        }
    }
}
