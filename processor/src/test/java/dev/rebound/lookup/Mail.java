package dev.rebound.lookup;

import dev.rebound.classify.Categories;
import dev.rebound.classify.Category;
import dev.rebound.schema.BounceType;
import dev.rebound.schema.Classification;
import dev.rebound.schema.Confidence;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.schema.Layer;
import dev.rebound.schema.Outcome;
import dev.rebound.schema.Scope;
import dev.rebound.statistics.Fact;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/**
 * Mail to a domain, of which an event is to be counted.
 *
 * @param domain receiving domain
 * @param tenant whose mail
 * @param provider who hosts the domain; null when not recognised
 * @param recipient local part of the recipient
 * @param at time of the event
 */
public record Mail(String domain, String tenant, String provider, String recipient, Instant at) {

    /** Mail to somebody at a domain, of tenant {@code default}, now, whose provider is not recognised. */
    public static Mail to(String domain) {
        return new Mail(domain, "default", null, "kim", FakeCluster.NOW);
    }

    public Mail of(String other) {
        return new Mail(domain, other, provider, recipient, at);
    }

    public Mail with(String other) {
        return new Mail(domain, tenant, other, recipient, at);
    }

    public Mail at(Instant other) {
        return new Mail(domain, tenant, provider, recipient, other);
    }

    public Mail recipient(String other) {
        return new Mail(domain, tenant, provider, other, at);
    }

    public Fact delivered() {
        return fact(event(Outcome.DELIVERED), BounceType.NONE, "DELIVERED", null);
    }

    /** Delivered at the first attempt, so long after it was queued. */
    public Fact deliveredAfter(Duration time) {
        return fact(
                event(Outcome.DELIVERED).setQueuedAt(at.minus(time)).setAttempt(1), BounceType.NONE, "DELIVERED", null);
    }

    /** Because of its rate. */
    public Fact deferred() {
        return fact(
                event(Outcome.DEFERRED).setReply("421 4.7.0 Too many messages"),
                BounceType.NONE,
                "RATE_LIMITED",
                "4.7.0");
    }

    /** Because nobody is called so. */
    public Fact hard() {
        return hard("550 5.1.1 User unknown");
    }

    public Fact hard(String reply) {
        return fact(event(Outcome.BOUNCED).setReply(reply), BounceType.HARD, "BAD_MAILBOX", "5.1.1");
    }

    /** Because the mailbox is full. */
    public Fact soft() {
        return fact(event(Outcome.BOUNCED), BounceType.SOFT, "MAILBOX_FULL", "4.2.2");
    }

    /** After it had been accepted, with nothing that explains it. */
    public Fact bouncedLater() {
        return fact(event(Outcome.BOUNCED).setAsynchronous(true), BounceType.SOFT, "UNDETERMINED", null);
    }

    public Fact expired() {
        return fact(event(Outcome.EXPIRED), BounceType.SOFT, "EXPIRED", "4.4.7");
    }

    public Fact complained() {
        return fact(event(Outcome.COMPLAINED), BounceType.NONE, "COMPLAINT", null);
    }

    public Fact notAttempted() {
        return fact(event(Outcome.SUPPRESSED), BounceType.NONE, "LOCAL_REJECTED", null);
    }

    private DeliveryEvent.Builder event(Outcome outcome) {
        return DeliveryEvent.newBuilder()
                .setEventId("e1")
                .setTenant(tenant)
                .setEventTime(at)
                .setRecipient(recipient + "@" + domain)
                .setOutcome(outcome);
    }

    private Fact fact(DeliveryEvent.Builder event, BounceType type, String category, String code) {
        Classification classification = Classification.newBuilder()
                .setStatusClass(5)
                .setBounceType(type)
                .setCategory(category)
                .setScope(Categories.shipped()
                        .byName(category)
                        .map(Category::scope)
                        .orElse(Scope.UNKNOWN))
                .setRecipientGone(false)
                .setConfidence(Confidence.HIGH)
                .setEnhancedCode(code)
                .setLayer(Layer.EXACT)
                .setTablePosition(-1)
                .setReceivingDomain(domain)
                .setProvider(provider)
                .build();
        return Fact.of(event.build(), classification, (recipient + "@" + domain).getBytes(StandardCharsets.UTF_8));
    }
}
