package dev.rebound.http;

import dev.rebound.lookup.Measure;
import dev.rebound.statistics.Counts;
import dev.rebound.statistics.Subject.Kind;
import io.javalin.http.Context;
import io.javalin.http.Header;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;

/** Statistics as comma-separated values (RFC 4180) with a header. */
final class StatisticsCsv {

    private static final String MEDIA_TYPE = "text/csv; charset=utf-8; header=present";

    private static final List<Measure> COUNTED = Arrays.stream(Measure.values())
            .filter(measure -> measure.compareTo(Measure.TROUBLE) < 0)
            .toList();

    private final StringBuilder text = new StringBuilder();

    private StatisticsCsv(String... first) {
        print(Stream.concat(
                        Arrays.stream(first),
                        Stream.concat(
                                COUNTED.stream().map(Measure::text),
                                Stream.of(
                                        "deliveryRate", "bounceRate", "deferralRate", "complaintRate", "blockedRate")))
                .toList());
    }

    /** A row for each domain with its provider, or for each provider. */
    static StatisticsCsv subjects(Kind kind, List<Map.Entry<String, Counts>> rows) {
        StatisticsCsv csv =
                kind == Kind.DOMAIN ? new StatisticsCsv("domain", "provider") : new StatisticsCsv("provider");
        for (Map.Entry<String, Counts> row : rows) {
            csv.add(
                    row.getValue(),
                    kind == Kind.DOMAIN
                            ? Arrays.asList(row.getKey(), row.getValue().provider())
                            : List.of(row.getKey()));
        }
        return csv;
    }

    /** A row for each window. */
    static StatisticsCsv series(SortedMap<Long, Counts> windows) {
        StatisticsCsv csv = new StatisticsCsv("start");
        windows.forEach((start, counts) -> csv.add(counts, List.of(Instant.ofEpochMilli(start))));
        return csv;
    }

    private void add(Counts counts, List<?> first) {
        List<Object> row = new ArrayList<>(first);
        COUNTED.forEach(measure -> row.add((long) measure.of(counts)));
        Stream.of(
                        Measure.deliveryRate(counts),
                        Measure.bounceRate(counts),
                        Measure.deferralRate(counts),
                        Measure.complaintRate(counts),
                        Measure.blockedRate(counts))
                .map(StatisticsCsv::orEmpty)
                .forEach(row::add);
        print(row);
    }

    private static Object orEmpty(Optional<Double> rate) {
        return rate.isPresent() ? rate.get() : "";
    }

    private void print(List<?> row) {
        try {
            CSVFormat.RFC4180.printRecord(text, row.toArray());
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
    }

    /** Sends it as a file. */
    void send(Context context, String name) {
        context.header(Header.CONTENT_DISPOSITION, "attachment; filename=\"" + name + ".csv\"");
        context.contentType(MEDIA_TYPE).result(text.toString());
    }
}
