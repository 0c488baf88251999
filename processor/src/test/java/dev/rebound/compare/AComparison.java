package dev.rebound.compare;

import dev.rebound.compare.Comparison.Change;
import dev.rebound.compare.Comparison.Day;
import dev.rebound.compare.Comparison.Domain;
import dev.rebound.compare.Comparison.Events;
import dev.rebound.compare.Comparison.Keys;
import dev.rebound.compare.Comparison.Move;
import dev.rebound.compare.Comparison.Sample;
import dev.rebound.compare.Comparison.Statistics;
import dev.rebound.compare.Comparison.Suppressions;
import dev.rebound.compare.Comparison.Verdict;
import dev.rebound.schema.Scope;
import dev.rebound.schema.Suppression;
import dev.rebound.schema.SuppressionEvidence;
import dev.rebound.schema.SuppressionReason;
import dev.rebound.schema.SuppressionSource;
import dev.rebound.suppress.SuppressionKey;
import dev.rebound.suppress.SuppressionList;
import dev.rebound.topology.Coordinates;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** What a comparison can find, for tests of what is made of it. */
public final class AComparison {

    private static final Instant TIME = Instant.parse("2026-03-01T10:00:00Z");

    private AComparison() {}

    /** Of a row that was made soft. */
    public static Comparison ordinary() {
        return of("live", "march", "550 5.1.1 <***@example.com>: no such user", "jane.doe@example.com");
    }

    /** Where all that comes from outside is hostile. */
    static Comparison hostile(String text) {
        return of(text, text, text, text);
    }

    /** Nothing differs. */
    public static Comparison same() {
        return new Comparison(
                "live",
                "march",
                TIME,
                true,
                false,
                new Events(12, 0, 0, 0, 0, 0, List.of(), List.of(), List.of(), List.of(), 0, 0, Map.of(), List.of()),
                new Statistics(List.of(), 0, 0, List.of()),
                new Suppressions(4, 0, 0, 0, 0, Map.of(), 0, List.of()),
                null);
    }

    private static Comparison of(String before, String after, String text, String address) {
        Verdict hard = new Verdict("hard", "BAD_MAILBOX", text, "5.1.1", null, true);
        Verdict soft = new Verdict("soft", "MAILBOX_FULL", null, null, "google", false);
        Sample sample = new Sample(new Coordinates("delivery-events", 3, 120, 0), TIME, "BOUNCED", hard, soft, text);
        SuppressionKey key = new SuppressionKey(SuppressionList.of("default"), address);
        Suppression bounced = Suppression.newBuilder()
                .setList("default")
                .setAddress(address)
                .setReason(SuppressionReason.BOUNCE)
                .setCategory("BAD_MAILBOX")
                .setScope(Scope.RECIPIENT)
                .setSource(SuppressionSource.POLICY)
                .setRule("gone")
                .setPolicy("default")
                .setSince(TIME)
                .setEvidence(List.of(SuppressionEvidence.newBuilder()
                        .setEventId("e1")
                        .setEventTime(TIME)
                        .setOutcome("BOUNCED")
                        .setCategory("BAD_MAILBOX")
                        .setCode("5.1.1")
                        .setReply(text + " jane.doe")
                        .setTopic("delivery-events")
                        .setPartition(3)
                        .setOffset(120)
                        .build()))
                .setEvidenceOmitted(2)
                .build();
        Suppression commanded = Suppression.newBuilder(bounced)
                .setReason(SuppressionReason.MANUAL)
                .setRule(null)
                .setEvidence(List.of())
                .setEvidenceOmitted(0)
                .setCommandId("c1")
                .setBy(text)
                .setWhy("asked for by " + address)
                .setExpires(TIME.plusSeconds(60))
                .build();
        return new Comparison(
                before,
                after,
                TIME,
                false,
                true,
                new Events(
                        1_234_567,
                        1_180,
                        12,
                        1,
                        2,
                        4,
                        List.of(new Move("hard", "soft", 1_179), new Move("soft", "none", 1)),
                        List.of(new Move("BAD_MAILBOX", "MAILBOX_FULL", 1_180)),
                        List.of(new Move(text, "none", 1_180)),
                        List.of(new Move("none", "google", 7)),
                        1,
                        1_179,
                        Map.of("bounceType", 1_180L),
                        List.of(new Domain("example.com", 1_180, 1_179, List.of(sample)))),
                new Statistics(
                        List.of(new Day(
                                "example.com",
                                LocalDate.of(2026, 3, 1),
                                Map.of("hard", new Change(1_179, 0)),
                                Map.of("BAD_MAILBOX", new Change(1_180, 0)))),
                        5,
                        6,
                        List.of(new Keys("domain-stats", 10, 2, 0, 1, List.of("default|example.com|P1D|0")))),
                new Suppressions(
                        4_000,
                        1,
                        1,
                        2,
                        80,
                        Map.of(Outside.EVIDENCE, 80L),
                        9,
                        List.of(
                                new SuppressionDifference(key, bounced, null),
                                new SuppressionDifference(key, null, bounced),
                                new SuppressionDifference(key, bounced, commanded))),
                null);
    }
}
