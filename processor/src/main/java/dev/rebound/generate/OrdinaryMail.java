package dev.rebound.generate;

import dev.rebound.schema.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * New messages of a sender who does most things right, and how each goes. Whether a mailbox is gone, disabled or full is a
 * fact of the recipient, the same for every message; everything else is drawn.
 */
final class OrdinaryMail {

    /** One message in so many has an answer with the next one of the seed's codes, in a drawn order. */
    static final int SEED_CODE_EVERY = 100;

    private static final long CAMPAIGN_MILLIS = Duration.ofHours(1).toMillis();
    private static final int LONGEST_IN_QUEUE_MILLIS = 30_000;

    private static final List<Mailing> TRANSACTIONAL = List.of(
            Mailing.transactional("shop", "receipt"),
            Mailing.transactional("shop", "password"),
            Mailing.transactional("bank", "statement"));

    private final TrafficPlan plan;
    private final Random random;
    private final Receivers receivers;
    private final List<Replies.SeedReply> seedReplies;
    private long messages;
    private long drawn;

    OrdinaryMail(TrafficPlan plan, Random random, Receivers receivers) {
        this.plan = plan;
        this.random = random;
        this.receivers = receivers;
        this.seedReplies = new ArrayList<>(Replies.seed());
        Collections.shuffle(seedReplies, random);
    }

    /** The next message, and how it goes. */
    Dispatch next(long at) {
        Mailing mailing = mailing(at);
        if (++drawn % SEED_CODE_EVERY == 0) {
            return withSeedCode(at, mailing);
        }
        int draw = below(1000);
        if (draw < 2) {
            return bounced(at, mailing, missingReceiver(), Cause.NO_SUCH_DOMAIN);
        }
        if (draw < 3) {
            return bounced(at, mailing, refusingReceiver(), Cause.NULL_MX);
        }
        Receiver receiver = receiver();
        int recipient = below(receiver.population());
        return new Dispatch(message(at, mailing, receiver, "r", recipient), course(draw, mailing, receiver, recipient));
    }

    private Dispatch bounced(long at, Mailing mailing, Receiver receiver, Cause cause) {
        return new Dispatch(
                message(at, mailing, receiver, "r", below(receiver.population())), bounced(receiver, cause));
    }

    /** What the servers of the troubled provider answer is for the incidents to say. */
    private Dispatch withSeedCode(long at, Mailing mailing) {
        Receiver receiver = receiver();
        while (receiver.isTroubled()) {
            receiver = receiver();
        }
        Replies.SeedReply next = seedReplies.get((int) ((drawn / SEED_CODE_EVERY - 1) % seedReplies.size()));
        Course course = next.outcome() == Outcome.DEFERRED
                ? new Course(1, next.reply(), Outcome.DELIVERED, reply(Cause.DELIVERED, receiver), Course.Sequel.NONE)
                : Course.ends(next.outcome(), next.reply());
        return new Dispatch(message(at, mailing, receiver, "s", below(receiver.population())), course);
    }

    /** @param draw from 3 to below 1000 */
    private Course course(int draw, Mailing mailing, Receiver receiver, int recipient) {
        int standing = Mix.below(1000, Mix.of(plan.seed() + receiver.rank(), recipient));
        if (standing < 12) {
            return bounced(receiver, Cause.GONE);
        }
        if (standing < 15) {
            return bounced(receiver, Cause.DISABLED);
        }
        if (standing < 19) {
            return full(mailing, receiver);
        }
        if (draw < 11) {
            return Course.ends(Outcome.SUPPRESSED, reply(Cause.NOT_TRIED, receiver));
        }
        if (draw < 61) {
            return deferred(mailing, receiver);
        }
        if (draw < 76) {
            return bounced(receiver, refusal());
        }
        Course taken = Course.ends(Outcome.DELIVERED, reply(Cause.DELIVERED, receiver));
        if (draw < 80) {
            return taken.followedBy(Course.Sequel.REPORT);
        }
        return draw < 83 ? taken.followedBy(Course.Sequel.COMPLAINT) : taken;
    }

    private Course bounced(Receiver receiver, Cause cause) {
        return Course.ends(Outcome.BOUNCED, reply(cause, receiver));
    }

    private Cause refusal() {
        int draw = below(100);
        if (draw < 28) {
            return Cause.SPAM;
        }
        if (draw < 43) {
            return Cause.POLICY;
        }
        if (draw < 65) {
            return Cause.BLOCKED;
        }
        if (draw < 77) {
            return Cause.UNAUTHENTICATED;
        }
        if (draw < 82) {
            return Cause.TOO_LARGE;
        }
        return draw < 87 ? Cause.RELAY : Cause.ODD;
    }

    private Course deferred(Mailing mailing, Receiver receiver) {
        int cause = below(100);
        Reply deferral = reply(
                cause < 35 ? Cause.GREYLISTED : cause < 65 ? Cause.SLOWED : cause < 90 ? Cause.BUSY : Cause.UNREACHABLE,
                receiver);
        int end = below(100);
        if (end < 85) {
            return ends(1 + below(1 + below(3)), deferral, Outcome.DELIVERED, Cause.DELIVERED, receiver);
        }
        return end < 95
                ? ends(mailing.attempts() - 1, deferral, Outcome.EXPIRED, Cause.GAVE_UP, receiver)
                : ends(1 + below(2), deferral, Outcome.BOUNCED, refusal(), receiver);
    }

    private Course full(Mailing mailing, Receiver receiver) {
        Reply deferral = reply(Cause.FULL, receiver);
        int end = below(100);
        if (end < 60) {
            return ends(mailing.attempts() - 1, deferral, Outcome.EXPIRED, Cause.GAVE_UP, receiver);
        }
        return end < 80
                ? ends(1, deferral, Outcome.BOUNCED, Cause.FULL_FOR_GOOD, receiver)
                : ends(1 + below(3), deferral, Outcome.DELIVERED, Cause.DELIVERED, receiver);
    }

    private Course ends(int deferrals, Reply deferral, Outcome end, Cause cause, Receiver receiver) {
        return new Course(deferrals, deferral, end, reply(cause, receiver), Course.Sequel.NONE);
    }

    private Mailing mailing(long at) {
        if (below(10) < 4) {
            return TRANSACTIONAL.get(below(TRANSACTIONAL.size()));
        }
        long hour = (at - plan.start().toEpochMilli()) / CAMPAIGN_MILLIS;
        return Mailing.campaign(below(3) == 0 ? "club" : "shop", "offer-" + hour);
    }

    /** A message; who it goes to is the beginning of the local part and a number. */
    Message message(long at, Mailing mailing, Receiver receiver, String who, int recipient) {
        String address = who + Integer.toString(10_000_000 + recipient).substring(1) + '@' + receiver.domain();
        long queuedAt = at - 50 - below(LONGEST_IN_QUEUE_MILLIS);
        return new Message(messages++, mailing, receiver, address, queuedAt, 2_000 + below(100_000));
    }

    /** The same message, written anew. */
    Message again(Message message, long at) {
        return new Message(
                messages++, message.mailing(), message.receiver(), message.recipient(), at, message.sizeBytes());
    }

    Reply reply(Cause cause, Receiver receiver) {
        return Replies.pick(cause, receiver.style(), random);
    }

    Receiver receiver() {
        return receivers.pick(random);
    }

    Receiver missingReceiver() {
        return receivers.missing(random);
    }

    Receiver refusingReceiver() {
        return receivers.refusing(random);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }
}
