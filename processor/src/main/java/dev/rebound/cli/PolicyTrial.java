package dev.rebound.cli;

import dev.rebound.address.InvalidAddressException;
import dev.rebound.classify.Classifier;
import dev.rebound.classify.CodeTable;
import dev.rebound.classify.ShippedCodes;
import dev.rebound.ingest.EventSink;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.suppress.Evidence;
import dev.rebound.suppress.Item;
import dev.rebound.suppress.Items;
import dev.rebound.suppress.Playback;
import dev.rebound.suppress.Policies;
import dev.rebound.suppress.Policy;
import dev.rebound.suppress.SuppressionKey;
import dev.rebound.suppress.SuppressionList;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What becomes of addresses under policies, by events that are classified by what ships. */
final class PolicyTrial {

    /** Events of a file have no place in a topic. */
    private static final Items.Source NO_SOURCE = new Items.Source("", -1, -1, Long.MAX_VALUE);

    private final Policies policies;
    private final String tenant;
    private final CodeTable codes = ShippedCodes.table();
    private final Map<SuppressionKey, Known> addresses = new LinkedHashMap<>();

    /** @param tenant whose events count; null for all */
    PolicyTrial(Policies policies, String tenant) {
        this.policies = policies;
        this.tenant = tenant;
    }

    /** What is known of an address of a tenant. */
    private static final class Known {
        private final List<Told> told = new ArrayList<>();
        private int events;
    }

    /** What an event says, with its stream; null when it names none. */
    private record Told(Item item, String stream) {}

    /** What takes the events. @param now when they are read; a receipt at that time says nothing */
    EventSink sink(Instant now) {
        return new EventSink() {
            @Override
            public void accept(DeliveryEvent event) throws IOException {
                // Read just now, not received: a script of what is to come keeps its own times.
                add(
                        now.equals(event.getReceivedAt())
                                ? DeliveryEvent.newBuilder(event)
                                        .setReceivedAt(null)
                                        .build()
                                : event);
            }

            @Override
            public void flush() {}
        };
    }

    private void add(DeliveryEvent event) throws IOException {
        if (tenant != null && !tenant.equals(event.getTenant())) {
            return;
        }
        Known known = addresses.computeIfAbsent(key(event), key -> new Known());
        known.events++;
        Optional<Item> item = Items.of(event, Classifier.classify(event, codes), NO_SOURCE);
        String stream = event.getStream() == null || event.getStream().isEmpty() ? null : event.getStream();
        item.ifPresent(said -> known.told.add(new Told(said, stream)));
    }

    private static SuppressionKey key(DeliveryEvent event) throws IOException {
        try {
            return SuppressionKey.of(SuppressionList.of(event.getTenant()), event.getRecipient());
        } catch (InvalidAddressException e) {
            throw new IOException(event.getSourceRef() + ": recipient: " + e.getMessage(), e);
        }
    }

    /** What becomes of each address, in the order of the events: on its tenant's list, and on those of streams that it got on. */
    List<TrialOutcome> outcomes() {
        List<TrialOutcome> outcomes = new ArrayList<>();
        addresses.forEach((key, known) -> {
            Policy policy = policies.of(key.list().tenant());
            outcomes.add(outcome(key, known.events, known.told, policy));
            if (policy.hasStreamRules()) {
                known.told.stream()
                        .map(Told::stream)
                        .filter(Objects::nonNull)
                        .collect(Collectors.toCollection(TreeSet::new))
                        .forEach(stream -> onStream(key, stream, known, policy).ifPresent(outcomes::add));
            }
        });
        return outcomes;
    }

    private static Optional<TrialOutcome> onStream(SuppressionKey key, String stream, Known known, Policy policy) {
        SuppressionKey ofStream =
                new SuppressionKey(new SuppressionList(key.list().tenant(), stream), key.address());
        List<Told> told =
                known.told.stream().filter(one -> stream.equals(one.stream())).toList();
        return Optional.of(outcome(ofStream, told.size(), told, policy))
                .filter(outcome -> !outcome.changes().isEmpty());
    }

    private static TrialOutcome outcome(SuppressionKey key, int events, List<Told> told, Policy policy) {
        List<Item> items = told.stream().map(Told::item).toList();
        int evidence = (int) items.stream().filter(Evidence.class::isInstance).count();
        return new TrialOutcome(key, events, evidence, Playback.of(key, items, policy));
    }
}
