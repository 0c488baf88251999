package dev.rebound.compare;

import dev.rebound.compare.Comparison.Domain;
import dev.rebound.compare.Comparison.Sample;
import dev.rebound.compare.Comparison.Verdict;
import dev.rebound.schema.Classification;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.statistics.Fact;
import dev.rebound.topology.Coordinates;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.avro.Schema;

/** Takes what both sides say of events, and sums up where they differ. */
final class Changes {

    /** Differs between sides that read the same rows: it is a place in a topic. */
    private static final String POSITION = "tablePosition";

    private static final List<Schema.Field> FIELDS = Classification.getClassSchema().getFields().stream()
            .filter(field -> !field.name().equals(POSITION))
            .toList();

    private final int mostSamples;
    private final int mostDomains;
    private final DayFigures days;
    private final Matrix bounceTypes = new Matrix();
    private final Matrix categories = new Matrix();
    private final Matrix rules = new Matrix();
    private final Matrix providers = new Matrix();
    private final Map<String, Long> fields = new TreeMap<>();
    private final Map<String, OfDomain> domains = new HashMap<>();
    private long compared;
    private long changed;
    private long becameGone;
    private long noLongerGone;

    Changes(Settings settings) {
        this.mostSamples = settings.samples();
        this.mostDomains = settings.domains();
        this.days = new DayFigures(settings.days());
    }

    /** Takes an event. @return false when both sides say the same of it */
    boolean add(Coordinates source, DeliveryEvent event, Classification before, Classification after) {
        compared++;
        List<String> differ = differing(before, after);
        if (differ.isEmpty()) {
            return false;
        }
        changed++;
        differ.forEach(field -> fields.merge(field, 1L, Long::sum));
        bounceTypes.count(bounceType(before), bounceType(after));
        categories.count(before.getCategory(), after.getCategory());
        rules.count(before.getRule(), after.getRule());
        providers.count(before.getProvider(), after.getProvider());
        becameGone += !before.getRecipientGone() && after.getRecipientGone() ? 1 : 0;
        noLongerGone += before.getRecipientGone() && !after.getRecipientGone() ? 1 : 0;

        byte[] recipient = event.getRecipient().getBytes(StandardCharsets.UTF_8);
        Fact factBefore = Fact.of(event, before, recipient);
        days.add(factBefore, Fact.of(event, after, recipient));
        ofDomain(after.getReceivingDomain())
                .add(
                        before.getBounceType() != after.getBounceType(),
                        new Sample(
                                source,
                                event.getEventTime(),
                                event.getOutcome().name(),
                                verdict(before),
                                verdict(after),
                                factBefore.reply()));
        return true;
    }

    private static List<String> differing(Classification before, Classification after) {
        List<String> names = List.of();
        for (Schema.Field field : FIELDS) {
            if (!Objects.equals(before.get(field.pos()), after.get(field.pos()))) {
                names = names.isEmpty() ? new ArrayList<>() : names;
                names.add(field.name());
            }
        }
        return names;
    }

    private OfDomain ofDomain(String domain) {
        boolean own = domains.size() < mostDomains || domains.containsKey(domain);
        return domains.computeIfAbsent(own ? domain : Comparison.OTHER, OfDomain::new);
    }

    private static String bounceType(Classification classification) {
        return classification.getBounceType().name().toLowerCase(Locale.ROOT);
    }

    private static Verdict verdict(Classification classification) {
        return new Verdict(
                bounceType(classification),
                classification.getCategory(),
                classification.getRule(),
                classification.getEnhancedCode() == null
                        ? classification.getBasicCode()
                        : classification.getEnhancedCode(),
                classification.getProvider(),
                classification.getRecipientGone());
    }

    /** What was found. @param around counts of what could not be brought together */
    Comparison.Events events(Around around) {
        return new Comparison.Events(
                compared,
                changed,
                around.onlyBefore(),
                around.onlyAfter(),
                around.withoutSource(),
                around.unreadable(),
                bounceTypes.moves(),
                categories.moves(),
                rules.moves(),
                providers.moves(),
                becameGone,
                noLongerGone,
                mostFirst(fields),
                domains.values().stream()
                        .sorted(OfDomain.ORDER)
                        .map(OfDomain::result)
                        .toList());
    }

    private static Map<String, Long> mostFirst(Map<String, Long> counts) {
        Map<String, Long> sorted = new LinkedHashMap<>();
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .forEach(count -> sorted.put(count.getKey(), count.getValue()));
        return Collections.unmodifiableMap(sorted);
    }

    /** Figures that differ. */
    DayFigures days() {
        return days;
    }

    /**
     * Counts of what could not be brought together; see {@link Comparison.Events}.
     *
     * @param onlyBefore only on the first side
     * @param onlyAfter only on the second side
     * @param withoutSource without coordinates
     * @param unreadable not to be decoded
     */
    record Around(long onlyBefore, long onlyAfter, long withoutSource, long unreadable) {}

    /** Changed events of a domain. */
    private final class OfDomain {

        private static final Comparator<OfDomain> ORDER = Comparator.<OfDomain, Boolean>comparing(
                        of -> of.domain.equals(Comparison.OTHER))
                .thenComparing(of -> of.changed, Comparator.reverseOrder())
                .thenComparing(of -> of.domain);

        private final String domain;
        private final List<Sample> moves = new ArrayList<>();
        private final List<Sample> others = new ArrayList<>();
        private long changed;
        private long moved;

        OfDomain(String domain) {
            this.domain = domain;
        }

        void add(boolean isMove, Sample sample) {
            changed++;
            moved += isMove ? 1 : 0;
            List<Sample> samples = isMove ? moves : others;
            if (samples.size() < mostSamples) {
                samples.add(sample);
            }
        }

        Domain result() {
            List<Sample> samples = new ArrayList<>(moves);
            samples.addAll(others);
            return new Domain(domain, changed, moved, samples.subList(0, Math.min(mostSamples, samples.size())));
        }
    }
}
