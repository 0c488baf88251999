package dev.rebound.measure;

import static dev.rebound.measure.Workbench.megabytes;
import static dev.rebound.measure.Workbench.seconds;
import static dev.rebound.measure.Workbench.size;

import dev.rebound.schema.DeliveryEvent;
import dev.rebound.schema.Outcome;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What statistics of a day with 50,000 receiving domains cost: disk and memory of the processor, topics on the broker, and look-ups.
 * Domains are as real ones are, in that the largest has a tenth of all mail and most have a few messages. Prints a line for each figure.
 */
public final class StatisticsState {

    private static final int DOMAINS = 50_000;
    private static final int TIMES = 20;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static final List<String> INTERNAL = List.of(
            "statistics-fold-journal-changelog",
            "statistics-sums-repartition",
            "statistics-roll-up-journal-changelog",
            "statistics-counts-changelog",
            "statistics-details-changelog");

    private static final String[] HOSTS = {
        "gmail-smtp-in.l.google.com", "mail.protection.outlook.com", "mta5.am0.yahoodns.net", "mx.pphosted.com", null
    };

    private final int events;
    private final Workbench bench;
    private final Instant day = Instant.parse("2026-03-01T00:00:00Z");
    private final Random random = new Random(1);
    private final double[] shares = new double[DOMAINS];

    private StatisticsState(int events, Workbench bench) {
        this.events = events;
        this.bench = bench;
        double sum = 0;
        for (int rank = 0; rank < DOMAINS; rank++) {
            sum += 1.0 / (rank + 1);
            shares[rank] = sum;
        }
    }

    /** Measures with so many events, 5,000,000 when none are given. */
    public static void main(String[] args) throws Exception {
        int events = args.length == 0 ? 5_000_000 : Integer.parseInt(args[0]);
        try (Workbench bench = Workbench.open("statistics-state", System.out)) {
            new StatisticsState(events, bench).run();
        }
    }

    private void run() throws Exception {
        bench.produce(events, this::event);
        Path state = bench.path("state");
        Processor processor = bench.start("a", state, Map.of());
        long begin = System.nanoTime();
        processor.awaitReady();
        new Committed(bench.config()).awaitAll(events);
        double taken = seconds(begin);
        bench.say("events of a day, to " + String.format("%,d domains", DOMAINS), String.format("%,d", events));
        bench.say("taken in, all of the topology", String.format("%,.0f/s", events / taken));
        String url = processor.url() + "/api/v1/";
        awaitAll(url);
        bench.say("memory of the process (RSS, -Xmx1g)", megabytes(processor.residentBytes()));
        String span = "from=2026-03-01T00:00:00Z&to=2026-03-02T00:00:00Z";
        time("totals of the day", url + "overview?" + span);
        time("all domains of the day", url + "domains?" + span);
        time(
                "50 domains in most trouble, with 24 points each",
                url + "domains?order=trouble&limit=50&spark=PT1H&" + span);
        time(
                "the same of all but the day's first and last minute",
                url + "domains?order=trouble&limit=50&from=2026-03-01T00:01:00Z&to=2026-03-01T23:59:00Z");
        time("one domain's day", url + "domains/d0.example?" + span);
        time("one domain's day by minutes", url + "domains/d0.example/series?step=PT1M&" + span);
        processor.stop();
        bench.say("state directory, counts", megabytes(size(state, "statistics-counts")));
        bench.say("state directory, sketches and replies", megabytes(size(state, "statistics-details")));
        bench.say("topic domain-stats, before compaction", megabytes(size(bench.path("broker"), "domain-stats-")));
        for (String topic : INTERNAL) {
            bench.say(topic + ", before compaction", megabytes(size(bench.path("broker"), topic + "-")));
        }
        Processor kept = bench.start("a", state, Map.of());
        bench.say("start to ready, state directory kept", Workbench.time(kept.awaitReady()));
        kept.stop();
        Workbench.delete(state);
        Processor restored = bench.start("a", state, Map.of());
        bench.say("start to ready, state directory lost", Workbench.time(restored.awaitReady()));
    }

    private void awaitAll(String url) throws Exception {
        while (!get(url + "overview").body().contains("\"attempts\":" + events + ",")) {
            Thread.sleep(200);
        }
    }

    private void time(String what, String url) throws Exception {
        long[] nanos = new long[TIMES];
        for (int i = -TIMES / 4; i < TIMES; i++) {
            long begin = System.nanoTime();
            HttpResponse<String> answer = get(url);
            if (answer.statusCode() != 200) {
                throw new IllegalStateException("answered " + answer.statusCode() + ": " + answer.body());
            }
            if (i >= 0) {
                nanos[i] = System.nanoTime() - begin;
            }
        }
        Arrays.sort(nanos);
        bench.say(what + ", over HTTP, median", String.format("%.0f ms", nanos[TIMES / 2] / 1e6));
    }

    private static HttpResponse<String> get(String url) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(url))
                        .timeout(Duration.ofSeconds(30))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private DeliveryEvent event(int number) {
        int found = Arrays.binarySearch(shares, random.nextDouble() * shares[DOMAINS - 1]);
        int domain = found < 0 ? -found - 1 : found;
        Instant time = day.plusMillis(number * Duration.ofDays(1).toMillis() / events);
        String recipient = "u" + random.nextInt(1_000_000) + "@d" + domain + ".example";
        int draw = random.nextInt(100);
        DeliveryEvent.Builder event = DeliveryEvent.newBuilder()
                .setEventId(String.format("%032x", number * 0x9e3779b97f4a7c15L))
                .setEventTime(time)
                .setQueuedAt(time.minusMillis(500 + (long) (1_000 * Math.exp(random.nextGaussian() * 2))))
                .setTenant("default")
                .setAttempt(1)
                .setMessageId(number + ".mailing@sender.example")
                .setRecipient(recipient)
                .setRemoteHost(HOSTS[domain % HOSTS.length]);
        if (draw < 90) {
            return event.setOutcome(Outcome.DELIVERED).setReply("250 2.0.0 OK").build();
        }
        if (draw < 96) {
            return event.setOutcome(Outcome.DEFERRED)
                    .setReply("451 4.7.1 Try again later, session " + Integer.toHexString(number))
                    .build();
        }
        return event.setOutcome(Outcome.BOUNCED)
                .setReply("550 5.1.1 <" + recipient + ">: Recipient address rejected: User unknown")
                .build();
    }
}
