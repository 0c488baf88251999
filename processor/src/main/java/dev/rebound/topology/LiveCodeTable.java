package dev.rebound.topology;

import dev.rebound.classify.CodeTable;
import dev.rebound.classify.InvalidRowException;
import dev.rebound.classify.Origin;
import dev.rebound.schema.StatusCode;
import dev.rebound.serde.AvroDecoder;
import dev.rebound.serde.UndecodableException;
import dev.rebound.serde.WriterSchemas;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The code table as topic {@code status-codes} has it right now: decoded once per change, shared by all threads of an
 * instance. A row that cannot be used leaves the previous one in force and is reported.
 */
public final class LiveCodeTable {

    private static final Logger LOG = LoggerFactory.getLogger(LiveCodeTable.class);
    private static final int MAX_BAD_ROWS = 1000;

    /**
     * A row that cannot be used.
     *
     * @param key the record's key as text; empty when it has none
     * @param offset the record's offset in the topic
     * @param reason what is wrong with it
     */
    public record BadRow(String key, long offset, String reason) {}

    private final AvroDecoder<StatusCode> decoder;
    private final Map<String, BadRow> badRows = new ConcurrentSkipListMap<>();
    private volatile CodeTable current = CodeTable.empty();

    /** An empty table, to be filled by the records of the topic. */
    public LiveCodeTable(WriterSchemas schemas) {
        this.decoder = new AvroDecoder<>(schemas, StatusCode.getClassSchema());
    }

    /** The table now. */
    public CodeTable current() {
        return current;
    }

    /** Rows whose latest record cannot be used, by key. */
    public Collection<BadRow> badRows() {
        return badRows.values();
    }

    /** Takes in one record of the topic; called by one thread, in offset order. A null value removes the row. */
    void apply(byte[] key, byte[] value, long offset) {
        if (key == null) {
            reject("", offset, "the record has no key");
            return;
        }
        String text = new String(key, StandardCharsets.UTF_8);
        if (value == null && !isKey(text)) {
            // Whoever clears a bad record away leaves nothing to complain of.
            badRows.remove(text);
            current = current.at(offset);
            return;
        }
        try {
            int slash = text.indexOf('/');
            Origin origin = Origin.parse(slash < 0 ? text : text.substring(0, slash));
            String id = text.substring(slash + 1);
            current = value == null
                    ? current.without(origin, id, offset)
                    : current.with(CodeRecord.row(decoder, text, value), offset);
            badRows.remove(text);
        } catch (UndecodableException | InvalidRowException e) {
            reject(text, offset, e.getMessage());
        }
    }

    private static boolean isKey(String text) {
        return Arrays.stream(Origin.values()).anyMatch(origin -> text.startsWith(origin.text() + '/'));
    }

    private void reject(String key, long offset, String reason) {
        current = current.at(offset);
        if (badRows.size() < MAX_BAD_ROWS || badRows.containsKey(key)) {
            badRows.put(key, new BadRow(key, offset, reason));
        }
        LOG.error(
                "Row {} of status-codes at offset {} cannot be used, the previous one stays: {}", key, offset, reason);
    }
}
