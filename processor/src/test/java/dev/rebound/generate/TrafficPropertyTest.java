package dev.rebound.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rebound.classify.Classifier;
import dev.rebound.classify.ShippedCodes;
import dev.rebound.event.EventKey;
import dev.rebound.ingest.InputSources;
import dev.rebound.ingest.LineReading;
import dev.rebound.ingest.NdjsonReader;
import dev.rebound.json.PlainJson;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.schema.Outcome;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** What holds of each event, whatever the plan. */
class TrafficPropertyTest {

    private static final int EVENTS = 3_000;

    /** Defaults of this clock would show: it is no time of any plan. */
    private static final Clock NEVER = Clock.fixed(Instant.parse("1999-01-01T00:00:00Z"), ZoneOffset.UTC);

    @Property(tries = 20)
    void ingestReadsBackJustTheEventThatWasPrinted(
            @ForAll long seed,
            @ForAll Scenario scenario,
            @ForAll @LongRange(min = 0, max = 4_000_000_000_000L) long start,
            @ForAll @IntRange(min = 1, max = TrafficPlan.MOST_PER_SECOND) int eventsPerSecond)
            throws Exception {
        Traffic traffic = new Traffic(new TrafficPlan(seed, scenario, Instant.ofEpochMilli(start), eventsPerSecond));
        NdjsonReader reader = new NdjsonReader(NEVER);
        var source =
                InputSources.lines(List.of("-"), InputStream.nullInputStream()).get(0);
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < EVENTS; i++) {
            DeliveryEvent event = traffic.next();
            byte[] line = PlainJson.write(event, PlainJson.Nulls.OMIT).getBytes(StandardCharsets.UTF_8);
            assertThat(reader.read(line, source, i + 1L)).isEqualTo(new LineReading.Event(event));
            assertThat(EventKey.of(event)).isNotEmpty();
            assertThat(ids.add(event.getEventId())).isTrue();
        }
    }

    @Property(tries = 10)
    void everyEventIsClassified(@ForAll long seed, @ForAll Scenario scenario) {
        Traffic traffic = new Traffic(new TrafficPlan(seed, scenario, Instant.EPOCH, 10));
        for (int i = 0; i < EVENTS; i++) {
            DeliveryEvent event = traffic.next();
            var classification = Classifier.classify(event, ShippedCodes.table());
            assertThat(classification.getReceivingDomain()).isNotEmpty();
            if (event.getOutcome() == Outcome.DELIVERED) {
                assertThat(classification.getCategory()).isEqualTo("DELIVERED");
            }
        }
    }
}
