package dev.rebound.classify;

import dev.rebound.bench.CodeRows;
import dev.rebound.schema.Classification;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.schema.Outcome;
import dev.rebound.schema.StatusCode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a reply costs: finding its codes, finding what rules say of its words, and the whole classification; with the shipped
 * rules, and with thousands more. Each operation takes the next of some replies as large receivers send them.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ClassifyBenchmark {

    private static final List<String> FAILURES = List.of(
            "550-5.1.1 The email account that you tried to reach does not exist. Please try\n"
                    + "550-5.1.1 double-checking the recipient's email address for typos or\n"
                    + "550-5.1.1 unnecessary spaces. For more information, go to\n"
                    + "550 5.1.1  https://support.google.com/mail/?p=NoSuchUser d9443c01a7336-29f0a4c1 - gsmtp",
            "host mx.example.org[192.0.2.1] said: 550 5.1.1 <jo@example.org>: Recipient address rejected: User unknown in"
                    + " virtual mailbox table (in reply to RCPT TO command)",
            "421 4.7.0 [TSS04] Messages from 192.0.2.1 temporarily deferred due to unexpected volume or user complaints -"
                    + " 4.16.55.1; see https://postmaster.yahooinc.com/error-codes",
            "550 5.7.1 Service unavailable, Client host [192.0.2.1] blocked using Spamhaus. To request removal from this"
                    + " list see https://www.spamhaus.org/query/ip/192.0.2.1 (AS3130).",
            "452 4.2.2 The recipient's inbox is out of storage space. Please direct the recipient to"
                    + " https://support.google.com/mail/?p=OverQuotaTemp",
            "554 5.0.0 Service unavailable");

    private static final String DELIVERED = "250 2.0.0 OK  1700000000 d9443c01a7336-29f0a4c1si123456 - gsmtp";

    /** Rules beside those that ship. */
    @Param({"0", "10000"})
    public int moreRules;

    /** What became of the attempts. */
    @Param({"FAILED", "DELIVERED"})
    public String replies;

    private CodeTable table;
    private TextRules rules;
    private List<DeliveryEvent> events;
    private List<Codes> codes;
    private int next;

    /** Makes table and events. */
    @Setup(Level.Trial)
    public void prepare() {
        List<StatusCode> rows = new ArrayList<>(ShippedCodes.rows());
        IntStream.range(0, moreRules).forEach(i -> rows.add(CodeRows.madeUp(i)));
        table = CodeTable.of(rows);
        rules = table.texts();
        boolean failed = replies.equals("FAILED");
        events = (failed ? FAILURES : List.of(DELIVERED))
                .stream()
                        .map(reply -> event(reply, failed ? Outcome.BOUNCED : Outcome.DELIVERED))
                        .toList();
        codes = events.stream()
                .map(event -> Codes.settle(event.getReply(), event.getStatus()))
                .toList();
    }

    private static DeliveryEvent event(String reply, Outcome outcome) {
        return DeliveryEvent.newBuilder()
                .setEventId("id")
                .setEventTime(Instant.EPOCH)
                .setTenant("default")
                .setRecipient("jo@example.org")
                .setOutcome(outcome)
                .setReply(reply)
                .setRemoteHost("mx.example.org")
                .build();
    }

    private int turn() {
        next = next + 1 < events.size() ? next + 1 : 0;
        return next;
    }

    /** Codes and vendors' tags, and which of them counts. */
    @Benchmark
    public Object codes() {
        return Codes.settle(events.get(turn()).getReply(), null);
    }

    /** The best text rule. */
    @Benchmark
    public Object words() {
        int at = turn();
        return rules.best(new Evidence(events.get(at).getReply(), codes.get(at), null, null, Instant.EPOCH));
    }

    /** The whole. */
    @Benchmark
    public Classification classify() {
        return Classifier.classify(events.get(turn()), table);
    }
}
