package dev.rebound.compare;

import dev.rebound.compare.Comparison.Keys;
import dev.rebound.serde.AvroDecoder;
import dev.rebound.serde.UndecodableException;
import dev.rebound.serde.WriterSchemas;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/** Compares the final values of a topic of statistics, by their keys. */
final class StatisticsComparison {

    private static final int EXAMPLES = 20;

    private final AvroDecoder<SpecificRecord> decoder;
    private final Rows rows;
    private final Meter meter;
    private final List<String> examples = new ArrayList<>();
    private long same;
    private long differ;
    private long onlyBefore;
    private long onlyAfter;

    /** @param table empty */
    StatisticsComparison(WriterSchemas writerSchemas, Schema schema, Table table, Meter meter) {
        this.decoder = new AvroDecoder<>(writerSchemas, schema);
        this.rows = new Rows(table, 2);
        this.meter = meter;
    }

    /** Takes a record of a side. @param side 0 or 1 */
    void take(int side, byte[] key, byte[] value) {
        rows.put(side, key, value);
    }

    /** Compares what was taken. @param topic for people */
    Keys compare(String topic) {
        rows.forEach((key, columns) -> compare(key, columns[0], columns[1]));
        return new Keys(topic, same, differ, onlyBefore, onlyAfter, List.copyOf(examples));
    }

    private void compare(byte[] key, byte[] before, byte[] after) {
        meter.check();
        if (before != null && after != null && isEqual(before, after)) {
            same++;
            return;
        }
        if (before == null) {
            onlyAfter++;
        } else if (after == null) {
            onlyBefore++;
        } else {
            differ++;
        }
        meter.differs();
        if (examples.size() < EXAMPLES) {
            examples.add(new String(key, StandardCharsets.UTF_8));
        }
    }

    /** The same record can be written with schemas of different ids. One that cannot be read is equal to none. */
    private boolean isEqual(byte[] before, byte[] after) {
        if (Arrays.equals(before, after)) {
            return true;
        }
        try {
            return decoder.decode(before).equals(decoder.decode(after));
        } catch (UndecodableException e) {
            return false;
        }
    }
}
