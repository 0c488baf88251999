package dev.rebound.topology;

import dev.rebound.classify.CodeTable;
import dev.rebound.classify.InvalidRowException;
import dev.rebound.schema.StatusCode;
import dev.rebound.serde.AvroDecoder;
import dev.rebound.serde.UndecodableException;
import dev.rebound.serde.WriterSchemas;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
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

    /** Guards the rows and how far they are read; never held while a table is made of them. */
    private final Object lock = new Object();

    private final Map<String, StatusCode> rows = new HashMap<>();
    private long position = CodeTable.NO_POSITION;

    /** Goes up with every record read. */
    private volatile long version;

    private volatile Snapshot current = new Snapshot(CodeTable.empty(), 0);

    /** Everything that was ever read, where earlier tables are asked for; else null. */
    private final TableVersions versions;

    private record Snapshot(CodeTable table, long version) {}

    /** An empty table, to be filled by the records of the topic. */
    public LiveCodeTable(WriterSchemas schemas) {
        this(schemas, null);
    }

    private LiveCodeTable(WriterSchemas schemas, TableVersions versions) {
        this.decoder = new AvroDecoder<>(schemas, StatusCode.getClassSchema());
        this.versions = versions;
    }

    /** As {@link #LiveCodeTable(WriterSchemas)}, for a reader that asks for the table as it was, too. */
    public static LiveCodeTable withPast(WriterSchemas schemas) {
        return new LiveCodeTable(schemas, new TableVersions());
    }

    /**
     * The table now. Who asks first after a change makes it anew: many changes at once, as when the topic is read from its
     * beginning, cost one new table and not one each.
     */
    public CodeTable current() {
        Snapshot snapshot = current;
        return snapshot.version == version ? snapshot.table : refreshed();
    }

    private synchronized CodeTable refreshed() {
        if (current.version != version) {
            List<StatusCode> content;
            long readTo;
            long asOf;
            synchronized (lock) {
                content = List.copyOf(rows.values());
                readTo = position;
                asOf = version;
            }
            current = new Snapshot(current.table.changed(content, readTo), asOf);
        }
        return current.table;
    }

    /** Whether earlier tables can be asked for. */
    boolean keepsPast() {
        return versions != null;
    }

    /**
     * The table as it was when the topic had been read up to an offset.
     *
     * @throws IllegalStateException when this table keeps no past
     */
    CodeTable at(long offset) {
        if (versions == null) {
            throw new IllegalStateException("this table keeps no past");
        }
        synchronized (lock) {
            return versions.at(offset);
        }
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
        if (value == null) {
            badRows.remove(text);
            change(text, null, offset);
            return;
        }
        try {
            change(text, CodeRecord.row(decoder, text, value), offset);
            badRows.remove(text);
        } catch (UndecodableException | InvalidRowException e) {
            reject(text, offset, e.getMessage());
        }
    }

    private void change(String key, StatusCode row, long offset) {
        synchronized (lock) {
            if (row == null) {
                rows.remove(key);
            } else {
                rows.put(key, row);
            }
            if (versions != null) {
                versions.add(offset, key, row);
            }
            readTo(offset);
        }
    }

    private void readTo(long offset) {
        synchronized (lock) {
            position = offset;
            version++;
        }
    }

    private void reject(String key, long offset, String reason) {
        readTo(offset);
        if (badRows.size() < MAX_BAD_ROWS || badRows.containsKey(key)) {
            badRows.put(key, new BadRow(key, offset, reason));
        }
        LOG.error(
                "Row {} of status-codes at offset {} cannot be used, the previous one stays: {}", key, offset, reason);
    }
}
