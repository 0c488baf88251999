package dev.rebound.archive;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.file.DataFileWriter;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What the header of a file says of it, beside Avro's own. Numbers of offsets have twenty digits. */
final class FileMetadata {

    static final String CLUSTER_ID = "rebound.cluster.id";
    static final String TOPIC = "rebound.topic";
    static final String TOPIC_ID = "rebound.topic.id";
    static final String PARTITION = "rebound.partition";
    static final String FROM = "rebound.from";
    static final String TO = "rebound.to";
    static final String FIRST_OFFSET = "rebound.first.offset";
    static final String LAST_OFFSET = "rebound.last.offset";

    /** Where the header is looked for: it has some names, numbers and the schema of a record. */
    private static final int MOST_HEADER_BYTES = 16 * 1024;

    private FileMetadata() {}

    /** Twenty digits, so that names in their order are offsets in theirs. */
    static String offset(long offset) {
        return String.format(Locale.ROOT, "%020d", offset);
    }

    /** Says what is known before the records are written; what is not is a place of the same size. */
    static void write(
            DataFileWriter<ConsumerRecord<byte[], byte[]>> out,
            Origin origin,
            long from,
            ConsumerRecord<byte[], byte[]> first) {
        out.setMeta(CLUSTER_ID, origin.clusterId())
                .setMeta(TOPIC, origin.topic())
                .setMeta(TOPIC_ID, origin.topicId())
                .setMeta(PARTITION, Integer.toString(first.partition()))
                .setMeta(FROM, offset(from))
                .setMeta(TO, offset(0))
                .setMeta(FIRST_OFFSET, offset(first.offset()))
                .setMeta(LAST_OFFSET, offset(0));
    }

    /** Says in a file that is written otherwise where it ends, and forces the file to disk. */
    static void complete(Path file, long last, long to) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            byte[] header = new byte[(int) Math.min(MOST_HEADER_BYTES, bytes.length())];
            bytes.readFully(header);
            put(bytes, header, LAST_OFFSET, last);
            put(bytes, header, TO, to);
            bytes.getFD().sync();
        }
    }

    private static void put(RandomAccessFile file, byte[] header, String name, long offset) throws IOException {
        byte[] before = entry(name, offset(0));
        byte[] after = entry(name, offset(offset));
        int at = 0;
        while (!Arrays.equals(header, at, at + before.length, before, 0, before.length)) {
            at++;
        }
        file.seek(at);
        file.write(after);
    }

    /** As Avro writes it: each text with its length in front, whose number is doubled (zigzag) and below 128 here. */
    private static byte[] entry(String name, String value) {
        String text = (char) (2 * name.length()) + name + (char) (2 * value.length()) + value;
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * A number of the header.
     *
     * @throws NumberFormatException when it is missing or no number
     */
    static long number(DataFileStream<?> in, String name) {
        return Long.parseLong(text(in, name));
    }

    /** A text of the header; empty when it is missing. */
    static String text(DataFileStream<?> in, String name) {
        byte[] value = in.getMeta(name);
        return value == null ? "" : new String(value, StandardCharsets.UTF_8);
    }
}
