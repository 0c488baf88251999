package dev.rebound.bench;

import dev.rebound.generate.Scenario;
import dev.rebound.generate.Traffic;
import dev.rebound.generate.TrafficPlan;
import dev.rebound.schema.DeliveryEvent;
import java.time.Instant;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** The events of a shape: ordinary traffic, the same for the same shape. */
final class Mail implements Supplier<DeliveryEvent> {

    private static final TrafficPlan PLAN =
            new TrafficPlan(1, Scenario.ORDINARY, Instant.parse("2026-03-01T00:00:00Z"), 10_000);

    /** How generated traffic calls the domains that are not among the largest: a quarter of the events go there. */
    private static final Pattern SMALL_DOMAIN = Pattern.compile("@d\\d+\\.example$");

    private final Traffic traffic;
    private final Integer domains;

    Mail(Shape shape) {
        this(shape, PLAN);
    }

    private Mail(Shape shape, TrafficPlan plan) {
        this.traffic = new Traffic(plan, shape.recipients());
        this.domains = shape.domains();
    }

    /**
     * Events that happen from now on, so many a second.
     *
     * @param seed others than with other seeds
     */
    static Mail fromNow(Shape shape, long seed, double eventsPerSecond) {
        int rate = (int) Math.max(1, Math.min(TrafficPlan.MOST_PER_SECOND, Math.round(eventsPerSecond)));
        return new Mail(shape, new TrafficPlan(seed, Scenario.ORDINARY, Instant.now(), rate));
    }

    @Override
    public DeliveryEvent get() {
        DeliveryEvent event = traffic.next();
        if (domains == null || !SMALL_DOMAIN.matcher(event.getRecipient()).find()) {
            return event;
        }
        String recipient = event.getRecipient();
        int domain = Math.floorMod(recipient.hashCode(), domains);
        return DeliveryEvent.newBuilder(event)
                .setRecipient(recipient.substring(0, recipient.indexOf('@')) + "@d" + domain + ".example")
                .build();
    }
}
