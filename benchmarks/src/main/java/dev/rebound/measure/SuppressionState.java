package dev.rebound.measure;

import static dev.rebound.measure.Workbench.megabytes;
import static dev.rebound.measure.Workbench.seconds;
import static dev.rebound.measure.Workbench.size;
import static dev.rebound.measure.Workbench.time;

import dev.rebound.schema.DeliveryEvent;
import dev.rebound.schema.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * What two million suppressed addresses cost: disk and memory of the processor, a start with the state directory and without it, the
 * takeover by a standby, and look-ups. Prints a line for each figure.
 */
public final class SuppressionState {

    private static final int LOOK_UPS = 20_000;
    private static final int AT_ONCE = 10_000;
    private static final String LISTED = "u%d@d%d.example";

    private final int recipients;
    private final Workbench bench;
    private final Instant now = Instant.now();

    private SuppressionState(int recipients, Workbench bench) {
        this.recipients = recipients;
        this.bench = bench;
    }

    /** Measures with so many addresses, 2,000,000 when none are given. */
    public static void main(String[] args) throws Exception {
        int recipients = args.length == 0 ? 2_000_000 : Integer.parseInt(args[0]);
        try (Workbench bench = Workbench.open("suppression-state", System.out)) {
            new SuppressionState(recipients, bench).run();
        }
    }

    private void run() throws Exception {
        bench.produce(recipients, this::bounce);
        Path state = bench.path("state-a");
        Processor first = bench.start("a", state, Map.of());
        long begin = System.nanoTime();
        first.awaitReady();
        new Committed(bench.config()).awaitAll(recipients);
        double taken = seconds(begin);
        bench.say("addresses suppressed", String.format("%,d", recipients));
        bench.say("taking the bounces in, a state write each", String.format("%,.0f/s", recipients / taken));
        bench.say("memory of the process (RSS, -Xmx1g)", megabytes(first.residentBytes()));
        new LookUps(first.url(), LISTED, recipients).measure(LOOK_UPS, AT_ONCE).forEach(bench::say);
        first.stop();
        long disk = size(state);
        bench.say("state directory", megabytes(disk) + perAddress(disk));
        long log = size(bench.path("broker"));
        bench.say("all topics on the broker, one copy", megabytes(log) + perAddress(log));

        Processor kept = bench.start("a", state, Map.of());
        bench.say("start to ready, state directory kept", time(kept.awaitReady()));
        kept.stop();
        Workbench.delete(state);
        Processor restored = bench.start("a", state, Map.of());
        bench.say("start to ready, state directory lost", time(restored.awaitReady()));

        Path other = bench.path("state-b");
        Map<String, String> standby = Map.of("num.standby.replicas", "1");
        restored.stop();
        Processor active = bench.start("a", state, standby);
        active.awaitReady();
        begin = System.nanoTime();
        Processor second = bench.start("b", other, standby);
        second.awaitReady();
        LookUps all = new LookUps(second.url(), LISTED, recipients);
        bench.say("a second instance with standbys has its copies after", time(awaitAtRest(other, begin)));
        active.kill();
        begin = System.nanoTime();
        all.awaitAllAnswered();
        bench.say(
                "first instance killed, all addresses answered for after",
                time(Duration.ofNanos(System.nanoTime() - begin)));
        all.awaitAllFresh();
        bench.say("... and none of the answers stale after", time(Duration.ofNanos(System.nanoTime() - begin)));
    }

    /** Until a directory has not grown for some time: standbys do not say when they have caught up. */
    private static Duration awaitAtRest(Path directory, long begin) throws Exception {
        long last = -1;
        long changed = System.nanoTime();
        while (System.nanoTime() - changed < Duration.ofSeconds(10).toNanos()) {
            long now = size(directory);
            if (now != last) {
                last = now;
                changed = System.nanoTime();
            }
            Thread.sleep(200);
        }
        return Duration.ofNanos(changed - begin);
    }

    private DeliveryEvent bounce(int number) {
        return DeliveryEvent.newBuilder()
                .setEventId(String.format("%032x", number * 0x9e3779b97f4a7c15L))
                .setEventTime(now.minusMillis(number))
                .setTenant("default")
                .setMessageId(number + ".mailing@sender.example")
                .setRecipient(String.format(LISTED, number, number % 500))
                .setOutcome(Outcome.BOUNCED)
                .setRemoteHost("mx.d" + number % 500 + ".example")
                .setReply("550 5.1.1 <" + String.format(LISTED, number, number % 500)
                        + ">: Recipient address rejected: User unknown in virtual mailbox table")
                .build();
    }

    private String perAddress(long bytes) {
        return String.format(", %,d bytes an address", bytes / recipients);
    }
}
