package dev.rebound.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rebound.address.EmailAddress;
import dev.rebound.classify.Classifier;
import dev.rebound.classify.ShippedCodes;
import dev.rebound.json.PlainJson;
import dev.rebound.schema.Classification;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.schema.Outcome;
import dev.rebound.schema.StatusCode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What generated traffic promises. */
class TrafficTest {

    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final Path GOLDEN =
            Path.of(System.getProperty("basedir", "."), "src", "test", "resources", "generate", "digests.txt");

    /** With fewer, not all retries of the first messages are over. */
    private static final int A_MORNING = 120_000;

    private static TrafficPlan plan(long seed, Scenario scenario) {
        return new TrafficPlan(seed, scenario, START, TrafficPlan.USUAL_PER_SECOND);
    }

    private static List<DeliveryEvent> events(TrafficPlan plan, int count) {
        return Stream.generate(new Traffic(plan)::next).limit(count).toList();
    }

    private static String digest(TrafficPlan plan, int count) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        Traffic traffic = new Traffic(plan);
        for (int i = 0; i < count; i++) {
            digest.update(PlainJson.write(traffic.next(), PlainJson.Nulls.OMIT).getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The digests are kept, so that the bytes are the same on every machine and with every Java. */
    @Test
    void theSamePlanGivesTheSameBytes() throws Exception {
        StringBuilder digests = new StringBuilder();
        for (Scenario scenario : Scenario.values()) {
            digests.append(scenario.text())
                    .append(' ')
                    .append(digest(plan(42, scenario), 20_000))
                    .append('\n');
        }
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(GOLDEN, digests);
        }
        assertThat(digests.toString()).isEqualTo(Files.readString(GOLDEN));
    }

    @Test
    void aMorningHasAThrottleAndThenACampaignToAStaleList() {
        TrafficPlan plan = new TrafficPlan(3, Scenario.MORNING, START, 1);
        Map<Long, Long> deferred = new TreeMap<>();
        Map<Long, Long> ofCampaign = new TreeMap<>();
        for (DeliveryEvent event : events(plan, (int) plan.eventsIn(Duration.ofHours(6)))) {
            long hour = Duration.between(START, event.getEventTime()).toHours();
            if (event.getOutcome() == Outcome.DEFERRED && event.getRecipient().endsWith("@bigpost.example")) {
                deferred.merge(hour, 1L, Long::sum);
            }
            if ("stale-list".equals(event.getCampaign()) && event.getOutcome() == Outcome.BOUNCED) {
                ofCampaign.merge(hour, 1L, Long::sum);
            }
        }
        assertThat(deferred.get(2L)).isGreaterThan(5 * deferred.get(1L)).isGreaterThan(5 * deferred.get(4L));
        assertThat(ofCampaign.keySet()).containsExactly(4L);
        assertThat(ofCampaign.get(4L)).isGreaterThan(100);
    }

    @Test
    void localeAndTimeZoneMakeNoDifference() throws Exception {
        String here = digest(plan(1, Scenario.ORDINARY), 1_000);
        Locale locale = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Apia"));
            assertThat(digest(plan(1, Scenario.ORDINARY), 1_000)).isEqualTo(here);
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
    }

    @Test
    void whateverThePlanSaysChangesTheEvents() throws Exception {
        List<TrafficPlan> plans = List.of(
                plan(1, Scenario.ORDINARY),
                plan(2, Scenario.ORDINARY),
                plan(1L << 60, Scenario.ORDINARY),
                plan(1, Scenario.OUTAGE),
                new TrafficPlan(1, Scenario.ORDINARY, START.plusMillis(1), TrafficPlan.USUAL_PER_SECOND),
                new TrafficPlan(1, Scenario.ORDINARY, START, TrafficPlan.USUAL_PER_SECOND + 1));
        Set<String> ids = new HashSet<>();
        for (TrafficPlan plan : plans) {
            events(plan, 100).forEach(event -> ids.add(event.getEventId()));
        }
        assertThat(ids).hasSize(plans.size() * 100);
    }

    @ParameterizedTest
    @CsvSource({"3, ORDINARY, 10000", "-4, OUTAGE, 10000", "99, THROTTLE, 10000", "0, STALE_LIST, 15000"})
    void eachOfTheSeedsCodesOccursAmongTheFirstEvents(long number, Scenario scenario, int events) {
        Set<String> occurring = new HashSet<>();
        events(plan(number, scenario), events).forEach(event -> {
            Classification classification = Classifier.classify(event, ShippedCodes.table());
            occurring.add(classification.getRule());
            occurring.add(classification.getEnhancedCode());
            occurring.add(classification.getBasicCode());
        });
        List<String> seed = ShippedCodes.rows().stream()
                .filter(row -> row.getOrigin().equals("seed"))
                .map(StatusCode::getId)
                .toList();
        assertThat(seed).hasSize(70);
        assertThat(occurring).containsAll(seed);
    }

    @Test
    void allOutcomesOccurInTheirUsualMeasure() {
        Map<Outcome, Long> counts = events(plan(4, Scenario.ORDINARY), A_MORNING).stream()
                .collect(Collectors.groupingBy(DeliveryEvent::getOutcome, Collectors.counting()));
        assertThat(share(counts, Outcome.DELIVERED)).isBetween(0.83, 0.88);
        assertThat(share(counts, Outcome.DEFERRED)).isBetween(0.07, 0.11);
        assertThat(share(counts, Outcome.BOUNCED)).isBetween(0.03, 0.06);
        assertThat(share(counts, Outcome.EXPIRED)).isBetween(0.003, 0.01);
        assertThat(share(counts, Outcome.COMPLAINED)).isBetween(0.001, 0.005);
        assertThat(share(counts, Outcome.SUPPRESSED)).isBetween(0.004, 0.01);
    }

    private static double share(Map<Outcome, Long> counts, Outcome outcome) {
        return counts.getOrDefault(outcome, 0L) / (double) A_MORNING;
    }

    @ParameterizedTest
    @EnumSource(Scenario.class)
    void everyMessageThatIsPutOffComesToAnEndWithinTheTimeOfItsAttempts(Scenario scenario) {
        List<DeliveryEvent> all = events(plan(5, scenario), A_MORNING);
        Instant lastArrival = all.get(all.size() - 1).getReceivedAt();
        Map<String, DeliveryEvent> lastAttempt = new HashMap<>();
        Set<String> putOff = new HashSet<>();
        for (DeliveryEvent event : all) {
            if (event.getAttempt() == null) {
                continue;
            }
            DeliveryEvent earlier = lastAttempt.put(event.getMessageId(), event);
            if (earlier != null) {
                assertThat(earlier.getOutcome()).isEqualTo(Outcome.DEFERRED);
                assertThat(event.getAttempt()).isEqualTo(earlier.getAttempt() + 1);
                assertThat(event.getEventTime()).isAfter(earlier.getEventTime());
                assertThat(event.getRecipient()).isEqualTo(earlier.getRecipient());
                putOff.add(event.getMessageId());
            } else {
                assertThat(event.getAttempt()).isEqualTo(1);
            }
        }
        assertThat(putOff).hasSizeGreaterThan(1_000);
        Set<Outcome> ends = new HashSet<>();
        for (DeliveryEvent event : lastAttempt.values()) {
            if (event.getOutcome() != Outcome.DEFERRED) {
                ends.add(putOff.contains(event.getMessageId()) ? event.getOutcome() : Outcome.UNKNOWN);
            } else {
                assertThat(event.getReceivedAt()).isAfter(lastArrival.minus(Duration.ofMinutes(70)));
            }
        }
        assertThat(ends)
                .containsExactlyInAnyOrder(Outcome.DELIVERED, Outcome.BOUNCED, Outcome.EXPIRED, Outcome.UNKNOWN);
    }

    @Test
    void arrivalsAreInOrderAndEventTimesAreNotButForAFew() {
        List<DeliveryEvent> all = events(plan(6, Scenario.ORDINARY), A_MORNING);
        Instant lastArrival = START;
        Instant latest = START;
        int behind = 0;
        int late = 0;
        for (DeliveryEvent event : all) {
            assertThat(event.getReceivedAt()).isAfterOrEqualTo(lastArrival);
            assertThat(event.getEventTime()).isBetween(START, event.getReceivedAt());
            lastArrival = event.getReceivedAt();
            if (event.getEventTime().isBefore(latest.minusSeconds(1))) {
                behind++;
            } else {
                latest = event.getEventTime();
            }
            if (Duration.between(event.getEventTime(), event.getReceivedAt()).toMinutes() >= 10) {
                late++;
            }
        }
        assertThat(all.get(0).getEventTime()).isEqualTo(START);
        assertThat(behind / (double) A_MORNING).isBetween(0.02, 0.06);
        assertThat(late / (double) A_MORNING).isBetween(0.002, 0.006);
    }

    @Test
    void trafficFallsWithTheRankOfTheDomainAndTheFirstHasAThird() {
        Map<String, Long> counts = events(plan(7, Scenario.ORDINARY), A_MORNING).stream()
                .collect(Collectors.groupingBy(TrafficTest::domain, Collectors.counting()));
        List<Long> big = Stream.of("gmail.com", "hotmail.com", Receivers.TROUBLED, "yahoo.com", "outlook.com")
                .map(counts::get)
                .toList();
        assertThat(big).isSortedAccordingTo((a, b) -> Long.compare(b, a));
        assertThat(big.get(0) / (double) A_MORNING).isBetween(0.30, 0.37);
        assertThat(counts).hasSizeGreaterThan(1_500);
    }

    @Test
    void repliesComeInAllForms() {
        List<String> replies = events(plan(8, Scenario.ORDINARY), 50_000).stream()
                .map(DeliveryEvent::getReply)
                .filter(reply -> reply != null)
                .toList();
        assertThat(replies)
                .anyMatch(reply -> reply.contains("\n"))
                .anyMatch(reply -> reply.contains("\r\n"))
                .anyMatch(reply -> reply.contains("[TSS04]"))
                .anyMatch(reply -> reply.contains("(S3150)"))
                .anyMatch(reply -> reply.equals("550"))
                .anyMatch(reply -> reply.equals("550-5.1.1 The mailbox you are writi"))
                .anyMatch(reply -> reply.chars().anyMatch(c -> c > 0x3000))
                .noneMatch(reply -> reply.replace("null MX", "").contains("null") || reply.contains("{"));
    }

    @Test
    void aDeliveryReportAndAComplaintComeAfterTheDelivery() {
        Map<String, DeliveryEvent> delivered = new HashMap<>();
        int reports = 0;
        int complaints = 0;
        for (DeliveryEvent event : events(plan(9, Scenario.ORDINARY), A_MORNING)) {
            boolean report = Boolean.TRUE.equals(event.getAsynchronous());
            if (event.getOutcome() == Outcome.DELIVERED) {
                delivered.put(event.getMessageId(), event);
            } else if (report || event.getOutcome() == Outcome.COMPLAINED) {
                assertThat(delivered.get(event.getMessageId()).getEventTime()).isBefore(event.getEventTime());
                reports += report ? 1 : 0;
                complaints += report ? 0 : 1;
            }
        }
        assertThat(reports).isGreaterThan(100);
        assertThat(complaints).isGreaterThan(100);
    }

    @Test
    void aThousandEventsInAMillisecondStayWithinTheAgenda() {
        Traffic traffic = new Traffic(new TrafficPlan(10, Scenario.THROTTLE, START, TrafficPlan.MOST_PER_SECOND));
        long deferred = 0;
        for (int i = 0; i < 3_000_000; i++) {
            deferred += traffic.next().getOutcome() == Outcome.DEFERRED ? 1 : 0;
        }
        assertThat(deferred).isBetween(Agenda.CAPACITY / 2L, (long) Agenda.CAPACITY);
    }

    @Test
    void inAnOutageTheProviderKnowsNobodyForAnHourAndThenTakesMailForTheSame() {
        Instant from = START.plus(Outage.BEGINS_AFTER);
        Instant to = from.plus(Outage.LASTS);
        Set<String> refused = new HashSet<>();
        Set<String> takenLater = new HashSet<>();
        int inTheHour = 0;
        int elsewhereDelivered = 0;
        int elsewhere = 0;
        for (DeliveryEvent event : events(plan(11, Scenario.OUTAGE), A_MORNING)) {
            boolean troubled = domain(event).equals(Receivers.TROUBLED);
            boolean outage = event.getReply() != null && event.getReply().contains("user unknown in the directory");
            boolean inWindow =
                    !event.getEventTime().isBefore(from) && event.getEventTime().isBefore(to);
            if (outage) {
                assertThat(troubled && inWindow).isTrue();
            }
            if (event.getAttempt() == null) {
                continue;
            }
            if (troubled && inWindow) {
                inTheHour++;
                assertThat(event.getOutcome()).isEqualTo(Outcome.BOUNCED);
                assertThat(event.getReply()).startsWith("550 5.1.1 ");
                refused.add(event.getRecipient());
            } else if (inWindow) {
                elsewhere++;
                elsewhereDelivered += event.getOutcome() == Outcome.DELIVERED ? 1 : 0;
            } else if (event.getOutcome() == Outcome.DELIVERED
                    && !event.getEventTime().isBefore(to)) {
                takenLater.add(event.getRecipient());
            }
        }
        assertThat(inTheHour).isGreaterThan(2_000);
        assertThat(elsewhereDelivered / (double) elsewhere).isGreaterThan(0.8);
        long recovered = refused.stream().filter(takenLater::contains).count();
        assertThat(recovered / (double) refused.size()).isGreaterThan(0.8);
    }

    @Test
    void aThrottlingProviderPutsOffAllMailWithGrowingDelaysAndTakesItInTheEnd() {
        Instant from = START.plus(Throttle.BEGINS_AFTER);
        Instant to = from.plus(Throttle.LASTS);
        Map<String, List<DeliveryEvent>> throttled = new LinkedHashMap<>();
        for (DeliveryEvent event : events(plan(12, Scenario.THROTTLE), A_MORNING)) {
            if (event.getAttempt() == null || !domain(event).equals(Receivers.TROUBLED)) {
                continue;
            }
            boolean inWindow =
                    !event.getEventTime().isBefore(from) && event.getEventTime().isBefore(to);
            if (inWindow) {
                assertThat(event.getOutcome()).isEqualTo(Outcome.DEFERRED);
                assertThat(event.getReply()).matches("(?s)(421|451).4\\.7\\..*");
            }
            if (inWindow || throttled.containsKey(event.getMessageId())) {
                throttled
                        .computeIfAbsent(event.getMessageId(), id -> new ArrayList<>())
                        .add(event);
            }
        }
        assertThat(throttled).hasSizeGreaterThan(1_000);
        throttled.values().stream()
                .filter(attempts -> attempts.size() > 3)
                .forEach(attempts -> assertThat(gap(attempts, 1)).isGreaterThan(gap(attempts, 0)));
        long delivered = throttled.values().stream()
                .filter(attempts -> attempts.get(attempts.size() - 1).getOutcome() == Outcome.DELIVERED)
                .count();
        assertThat(delivered / (double) throttled.size()).isGreaterThan(0.9);
    }

    /** Between two attempts, by their arrivals: the event of a first attempt can be late. */
    private static Duration gap(List<DeliveryEvent> attempts, int after) {
        return Duration.between(
                attempts.get(after).getReceivedAt(), attempts.get(after + 1).getReceivedAt());
    }

    @Test
    void aThirdOfAStaleListFails() {
        List<DeliveryEvent> campaign = events(plan(13, Scenario.STALE_LIST), 30_000).stream()
                .filter(event -> StaleList.CAMPAIGN.equals(event.getCampaign()) && event.getAttempt() != null)
                .toList();
        assertThat(campaign).hasSizeGreaterThan(5_000);
        assertThat(campaign.stream()
                                .filter(event -> event.getOutcome() == Outcome.BOUNCED)
                                .count()
                        / (double) campaign.size())
                .isBetween(0.32, 0.38);
        Set<String> codes = campaign.stream()
                .map(event -> Classifier.classify(event, ShippedCodes.table()).getEnhancedCode())
                .collect(Collectors.toSet());
        assertThat(codes).contains("5.1.1", "5.1.2", "5.1.10", "5.2.1", "5.2.2", "5.4.4");
    }

    @Test
    void whoeverIsGoneIsGoneForEveryMessage() {
        Map<String, Integer> unknown = new HashMap<>();
        Set<String> delivered = new HashSet<>();
        TrafficPlan busy = new TrafficPlan(14, Scenario.ORDINARY, START, 100);
        for (DeliveryEvent event : events(busy, 400_000)) {
            if (event.getOutcome() == Outcome.DELIVERED) {
                delivered.add(event.getRecipient());
            } else if (event.getReply() != null && event.getReply().contains("nobody of that name here")) {
                unknown.merge(event.getRecipient(), 1, Integer::sum);
            }
        }
        assertThat(unknown.values()).filteredOn(times -> times > 1).isNotEmpty();
        assertThat(unknown.keySet()).doesNotContainAnyElementsOf(delivered);
    }

    @Test
    void aPlanThatMakesNoSenseIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TrafficPlan(1, Scenario.ORDINARY, START, 0))
                .withMessageContaining("events per second 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TrafficPlan(1, Scenario.ORDINARY, Instant.EPOCH.minusMillis(1), 1))
                .withMessageContaining("1969-12-31");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Scenario.of("outrage"))
                .withMessageContaining("ordinary, throttle, stale-list, outage")
                .withMessageContaining("did you mean outage?");
    }

    private static String domain(DeliveryEvent event) {
        try {
            return EmailAddress.parse(event.getRecipient()).domain();
        } catch (Exception e) {
            throw new AssertionError(event.toString(), e);
        }
    }
}
