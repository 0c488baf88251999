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

/** What became of mail to a domain, to be counted. Each event is of the moment, tenant, provider and recipient last named. */
public final class Mail {

    private final String domain;
    private String tenant = "default";
    private String provider;
    private String recipient = "kim";
    private Instant at = FakeCluster.NOW;

    private Mail(String domain) {
        this.domain = domain;
    }

    /** Mail to a domain, of tenant {@code default}, now, whose provider is not recognised. */
    public static Mail to(String domain) {
        return new Mail(domain);
    }

    public Mail of(String tenant) {
        this.tenant = tenant;
        return this;
    }

    public Mail with(String provider) {
        this.provider = provider;
        return this;
    }

    public Mail at(Instant at) {
        this.at = at;
        return this;
    }

    public Mail recipient(String localPart) {
        this.recipient = localPart;
        return this;
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
