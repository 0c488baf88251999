package dev.rebound.suppress;

import dev.rebound.schema.Outcome;
import dev.rebound.schema.Suppression;
import dev.rebound.schema.SuppressionAction;
import dev.rebound.schema.SuppressionEvidence;
import dev.rebound.schema.SuppressionReason;
import dev.rebound.schema.SuppressionSource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A reason to suppress, one of perhaps several.
 *
 * @param run what a rule came to; null when it is a command
 * @param policy whose rule it is; null when it is a command
 * @param command what was decided; null when it is a rule
 * @param since since when, in milliseconds since 1970
 * @param expires when it ends; {@link Decision#NEVER} for never
 * @param extension the command that makes it last so long; null when none does
 */
record Candidate(RuleRun.Result run, Policy policy, Command command, long since, long expires, Command extension) {

    /** So many events are told of at most. */
    private static final int MOST_TOLD = 32;

    static Candidate of(RuleRun.Result run, Policy policy) {
        return new Candidate(run, policy, null, run.since(), run.expires(), null);
    }

    /** What a command asks for; empty when it does not ask for a suppression. */
    static Optional<Candidate> of(Command command) {
        if (command.action() != SuppressionAction.ADD) {
            return Optional.empty();
        }
        long since = command.since() == null
                ? command.time()
                : Math.min(command.time(), command.since().toEpochMilli());
        return Optional.of(new Candidate(null, null, command, since, Times.of(command.expires()), null));
    }

    boolean isInForce(long now) {
        return expires > now;
    }

    /** Longer, when the command extends and found this in force. */
    Candidate extendedBy(Command other) {
        long end = Times.of(other.expires());
        boolean applies = other.action() == SuppressionAction.EXTEND
                && since <= other.time()
                && expires > other.time()
                && end > expires;
        return applies ? new Candidate(run, policy, command, since, end, other) : this;
    }

    Suppression toRecord(SuppressionKey key) {
        Suppression.Builder record = Suppression.newBuilder()
                .setList(key.list().text())
                .setAddress(key.address())
                .setSince(Instant.ofEpochMilli(since))
                .setExpires(Times.instant(expires));
        if (run == null) {
            describeCommand(record);
        } else {
            describeRun(record);
        }
        Command last = extension == null ? command : extension;
        if (last != null) {
            record.setCommandId(last.id()).setBy(last.by()).setWhy(last.why());
        }
        return record.build();
    }

    private void describeCommand(Suppression.Builder record) {
        record.setReason(command.reason())
                .setSource(command.source())
                .setCategory(command.category())
                .setDetail(command.detail());
        if (command.category() != null) {
            record.setScope(Evidence.scope(command.category()));
        }
    }

    private void describeRun(Suppression.Builder record) {
        List<Evidence> chain = run.chain();
        Evidence last = chain.get(chain.size() - 1);
        record.setReason(last.outcome() == Outcome.COMPLAINED ? SuppressionReason.COMPLAINT : SuppressionReason.BOUNCE)
                .setSource(SuppressionSource.POLICY)
                .setCategory(last.category())
                .setScope(last.scope())
                .setProvider(last.provider())
                .setPolicy(policy.name())
                .setPolicyRevision(policy.revision())
                .setRule(run.rule().id())
                .setOccurrence(run.occurrence())
                .setEvidence(told(chain))
                .setEvidenceOmitted(Math.max(0, chain.size() - MOST_TOLD));
    }

    /** The first and the latest: a sender that does not stop must not make the record grow with each failure. */
    private static List<SuppressionEvidence> told(List<Evidence> chain) {
        int half = MOST_TOLD / 2;
        Stream<Evidence> told = chain.size() <= MOST_TOLD
                ? chain.stream()
                : Stream.concat(
                        chain.subList(0, half).stream(), chain.subList(chain.size() - half, chain.size()).stream());
        return told.map(Candidate::told).toList();
    }

    private static SuppressionEvidence told(Evidence found) {
        return SuppressionEvidence.newBuilder()
                .setEventId(found.id())
                .setEventTime(Instant.ofEpochMilli(found.time()))
                .setOutcome(found.outcome().name())
                .setCategory(found.category())
                .setCode(found.code())
                .setReply(found.reply())
                .setTopic(found.topic())
                .setPartition(found.partition())
                .setOffset(found.offset())
                .build();
    }
}
