package dev.rebound.suppress;

import dev.rebound.schema.Suppression;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * What follows from a history under a policy, as of a moment. A function of these and nothing else: what was decided before does not
 * matter, nor in which order things became known.
 *
 * @param suppression the suppression that is in force; null when the address may be written to
 * @param next when the answer can change although nothing happens, in milliseconds since 1970; {@link #NEVER} when it cannot
 */
public record Decision(Suppression suppression, long next) {

    /** No moment. */
    public static final long NEVER = Long.MAX_VALUE;

    /** Where several suppress, the one that lasts longest is told; of equal ones the earliest. */
    private static final Comparator<Candidate> STRONGEST =
            Comparator.comparingLong(Candidate::expires).reversed().thenComparingLong(Candidate::since);

    /**
     * Decides.
     *
     * @param key what it is about
     * @param history what is known of it
     * @param policy the policy of its tenant
     * @param now the moment, in milliseconds since 1970; what happens later is not taken into account yet
     */
    public static Decision of(SuppressionKey key, History history, Policy policy, long now) {
        Next next = new Next(now);
        Timeline timeline = Timeline.of(history, policy.settles(), now);
        List<Command> standing = history.standing(now);
        List<Candidate> candidates = new ArrayList<>();
        standing.forEach(command -> Candidate.of(command).ifPresent(candidates::add));
        for (Rule rule : policy.rules()) {
            if (rule.canPutOn(key.list())) {
                for (RuleRun.Result run : new RuleRun(rule, key.list().stream()).over(timeline)) {
                    candidates.add(Candidate.of(run, policy));
                }
            }
        }
        Candidate strongest = candidates.stream()
                .map(candidate -> extended(candidate, standing))
                .filter(candidate -> candidate.isInForce(now))
                .min(STRONGEST)
                .orElse(null);
        upcoming(history.evidence(), next);
        upcoming(history.acceptances(), next);
        upcoming(history.contradictions(), next);
        upcoming(history.commands(), next);
        timeline.unsettled().stream()
                .filter(acceptance -> strongest != null || timeline.isAmongFailures(acceptance))
                .forEach(acceptance -> next.accept(Times.plus(acceptance.time(), policy.settles())));
        if (strongest == null) {
            return new Decision(null, next.moment);
        }
        next.accept(strongest.expires());
        return new Decision(strongest.toRecord(key), next.moment);
    }

    /** The latest of the extensions that found the candidate in force and make it last longer. */
    private static Candidate extended(Candidate candidate, List<Command> standing) {
        Candidate longest = candidate;
        for (Command command : standing) {
            longest = longest.extendedBy(command);
        }
        return longest;
    }

    /** What is dated later than now counts once its time has come. */
    private static void upcoming(List<? extends Item> items, LongConsumer next) {
        for (Item item : items) {
            next.accept(item.time());
        }
    }

    /** The earliest of the moments that are still to come. */
    private static final class Next implements LongConsumer {

        private final long now;
        private long moment = NEVER;

        Next(long now) {
            this.now = now;
        }

        @Override
        public void accept(long time) {
            if (time > now) {
                moment = Math.min(moment, time);
            }
        }
    }
}
