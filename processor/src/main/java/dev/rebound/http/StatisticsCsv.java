package dev.rebound.http;

import dev.rebound.lookup.Measure;
import dev.rebound.statistics.Counts;
import dev.rebound.statistics.Subject.Kind;
import io.javalin.http.Context;
import io.javalin.http.Header;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;

/** Statistics as comma-separated values (RFC 4180) with a header. */
final class StatisticsCsv {

    private static final String MEDIA_TYPE = "text/csv; charset=utf-8; header=present";

    private static final List<Measure> COUNTED = Arrays.stream(Measure.values())
            .filter(measure -> measure.compareTo(Measure.TROUBLE) < 0)
            .toList();

    private static final List<String> RATES =
            List.of("deliveryRate", "bounceRate", "deferralRate", "complaintRate", "blockedRate");

    /** Some 64 KiB. */
    private static final int ROWS_IN_A_PART = 500;

    private StatisticsCsv() {}

    /** Sends a row for each domain with its provider, or for each provider. */
    static void sendSubjects(Context context, Kind kind, List<Map.Entry<String, Counts>> rows) {
        boolean isDomain = kind == Kind.DOMAIN;
        send(
                context,
                isDomain ? "domains" : "providers",
                isDomain ? List.of("domain", "provider") : List.of("provider"),
                rows,
                row -> row(
                        isDomain ? Arrays.asList(row.getKey(), row.getValue().provider()) : List.of(row.getKey()),
                        row.getValue()));
    }

    /** Sends a row for each window. */
    static void sendSeries(Context context, SortedMap<Long, Counts> windows) {
        send(
                context,
                "series",
                List.of("start"),
                windows.entrySet(),
                window -> row(List.of(Instant.ofEpochMilli(window.getKey())), window.getValue()));
    }

    private static <T> void send(
            Context context, String name, List<String> first, Collection<T> rows, Function<T, List<Object>> row) {
        context.header(Header.CONTENT_DISPOSITION, "attachment; filename=\"" + name + ".csv\"");
        StreamedAnswer.send(context, MEDIA_TYPE, (stream, partOut) -> {
            Writer out = new OutputStreamWriter(stream, StandardCharsets.UTF_8);
            List<Object> header = new ArrayList<>(first);
            COUNTED.forEach(measure -> header.add(measure.text()));
            header.addAll(RATES);
            CSVFormat.RFC4180.printRecord(out, header.toArray());
            int written = 0;
            for (T each : rows) {
                CSVFormat.RFC4180.printRecord(out, row.apply(each).toArray());
                if (++written % ROWS_IN_A_PART == 0) {
                    out.flush();
                    partOut.run();
                }
            }
            out.close();
        });
    }

    private static List<Object> row(List<?> first, Counts counts) {
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
        return row;
    }

    private static Object orEmpty(Optional<Double> rate) {
        return rate.isPresent() ? rate.get() : "";
    }
}
