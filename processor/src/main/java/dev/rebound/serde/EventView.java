package dev.rebound.serde;

import dev.rebound.schema.Correlation;
import dev.rebound.schema.DeliveryEvent;
import dev.rebound.schema.Outcome;
import dev.rebound.schema.ReplySource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.AvroTypeException;
import org.apache.avro.Schema;

/**
 * A delivery event over its bytes: one walk finds where its fields are and that all can be decoded; each is decoded when it is asked for
 * first, as most never are. For bytes that were written with the layout of this version's schema. Its fields are those of the event that Avro
 * makes of the same bytes; only code that reads them past the getters, as a builder that copies does, would find them empty. For one thread.
 */
final class EventView extends DeliveryEvent {

    private static final long serialVersionUID = 1L;

    private static final Field[] FIELDS = DeliveryEvent.getClassSchema().getFields().stream()
            .map(field -> Field.of(field.schema()))
            .toArray(Field[]::new);

    private static final Outcome[] OUTCOMES = Outcome.values();
    private static final Correlation[] CORRELATIONS = Correlation.values();
    private static final ReplySource[] REPLY_SOURCES = ReplySource.values();

    private static final int NULL = -1;
    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long NOT_ASCII = 0x8080808080808080L;

    private final byte[] bytes;
    private final int start;

    /** Where the value of each field begins; {@value #NULL} where there is none. */
    private final int[] places = new int[FIELDS.length];

    private final boolean plain;

    /** A bit for each field that has been decoded. */
    private long decoded;

    private enum Kind {
        TEXT,
        TEXTS,
        TIME,
        LONG,
        INT,
        BOOLEAN,
        OUTCOME,
        CORRELATION,
        REPLY_SOURCE
    }

    private record Field(Kind kind, boolean nullable) {

        static Field of(Schema schema) {
            boolean nullable = schema.isUnion();
            return new Field(kind(nullable ? schema.getTypes().get(1) : schema), nullable);
        }

        private static Kind kind(Schema schema) {
            return switch (schema.getType()) {
                case STRING -> Kind.TEXT;
                case ARRAY -> Kind.TEXTS;
                case LONG -> schema.getLogicalType() == null ? Kind.LONG : Kind.TIME;
                case INT -> Kind.INT;
                case BOOLEAN -> Kind.BOOLEAN;
                case ENUM ->
                    switch (schema.getName()) {
                        case "Outcome" -> Kind.OUTCOME;
                        case "Correlation" -> Kind.CORRELATION;
                        case "ReplySource" -> Kind.REPLY_SOURCE;
                        default -> throw new AvroTypeException("an event has no " + schema.getName());
                    };
                default -> throw new AvroTypeException("an event has no " + schema.getType());
            };
        }
    }

    /**
     * An event.
     *
     * @param start where it begins in the bytes, which end with it; they are not copied
     * @throws IOException when they are no event
     */
    EventView(byte[] bytes, int start) throws IOException {
        this.bytes = bytes;
        this.start = start;
        BytesDecoder in = new BytesDecoder(bytes, start);
        boolean wellFormed = true;
        for (int i = 0; i < FIELDS.length; i++) {
            Field field = FIELDS[i];
            if (field.nullable && isNull(in)) {
                places[i] = NULL;
            } else {
                places[i] = in.position();
                wellFormed &= pass(field.kind, in);
            }
        }
        if (!in.isEnd()) {
            throw new IOException("bytes are left over behind the record");
        }
        this.plain = wellFormed && in.isShortest();
    }

    private static boolean isNull(BytesDecoder in) throws IOException {
        int branch = in.readIndex();
        if (branch != 0 && branch != 1) {
            throw new IOException("a union has no branch " + branch);
        }
        return branch == 0;
    }

    /** Goes to the end of a value. @return false when it is a text that is not well-formed, which decoding mends */
    private boolean pass(Kind kind, BytesDecoder in) throws IOException {
        switch (kind) {
            case TEXT -> {
                return passText(in);
            }
            case TEXTS -> {
                return passTexts(in);
            }
            case TIME, LONG -> in.skipLong();
            case INT -> in.readInt();
            case BOOLEAN -> in.readBoolean();
            case OUTCOME -> passSymbol(in, OUTCOMES);
            case CORRELATION -> passSymbol(in, CORRELATIONS);
            case REPLY_SOURCE -> passSymbol(in, REPLY_SOURCES);
        }
        return true;
    }

    private boolean passText(BytesDecoder in) throws IOException {
        int length = in.skipText();
        int from = in.position() - length;
        return isAscii(from, length) || isUtf8(from, length);
    }

    private boolean passTexts(BytesDecoder in) throws IOException {
        boolean wellFormed = true;
        for (long left = in.readArrayStart(); left > 0; left = in.arrayNext()) {
            for (long i = 0; i < left; i++) {
                wellFormed &= passText(in);
            }
        }
        return wellFormed;
    }

    private static void passSymbol(BytesDecoder in, Object[] symbols) throws IOException {
        int symbol = in.readEnum();
        if (symbol < 0 || symbol >= symbols.length) {
            throw new IOException("an enum has no symbol " + symbol);
        }
    }

    private boolean isAscii(int from, int length) {
        int end = from + length;
        if (length < Long.BYTES) {
            return isShortAscii(from, length);
        }
        long seen = (long) EIGHT_BYTES.get(bytes, end - Long.BYTES);
        for (int at = from; at < end - Long.BYTES; at += Long.BYTES) {
            seen |= (long) EIGHT_BYTES.get(bytes, at);
        }
        return (seen & NOT_ASCII) == 0;
    }

    private boolean isShortAscii(int from, int length) {
        if (length > 0 && from + Long.BYTES <= bytes.length) {
            // What stands behind the text is shifted out.
            return ((long) EIGHT_BYTES.get(bytes, from) << Long.SIZE - Byte.SIZE * length & NOT_ASCII) == 0;
        }
        int seen = 0;
        for (int at = from; at < from + length; at++) {
            seen |= bytes[at];
        }
        return seen >= 0;
    }

    private boolean isUtf8(int from, int length) {
        byte[] again = new String(bytes, from, length, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
        return Arrays.equals(again, 0, again.length, bytes, from, from + length);
    }

    /** Its bytes are those that encoding it gives. */
    boolean isPlain() {
        return plain;
    }

    /** Number of its bytes. */
    int length() {
        return bytes.length - start;
    }

    /** Copies its bytes. */
    void copy(byte[] to, int position) {
        System.arraycopy(bytes, start, to, position, length());
    }

    private void decode(int field) {
        long bit = 1L << field;
        if ((decoded & bit) == 0) {
            decoded |= bit;
            if (places[field] != NULL) {
                super.put(field, value(field));
            }
        }
    }

    private Object value(int field) {
        BytesDecoder in = new BytesDecoder(bytes, places[field]);
        try {
            return switch (FIELDS[field].kind) {
                case TEXT -> in.readString();
                case TEXTS -> texts(in);
                case TIME -> Instant.ofEpochMilli(in.readLong());
                case LONG -> in.readLong();
                case INT -> in.readInt();
                case BOOLEAN -> in.readBoolean();
                case OUTCOME -> OUTCOMES[in.readEnum()];
                case CORRELATION -> CORRELATIONS[in.readEnum()];
                case REPLY_SOURCE -> REPLY_SOURCES[in.readEnum()];
            };
        } catch (IOException e) {
            throw new UncheckedIOException("bytes that were walked over can be decoded", e);
        }
    }

    private static List<String> texts(BytesDecoder in) throws IOException {
        List<String> texts = new ArrayList<>();
        for (long left = in.readArrayStart(); left > 0; left = in.arrayNext()) {
            for (long i = 0; i < left; i++) {
                texts.add(in.readString());
            }
        }
        return texts;
    }

    @Override
    public Object get(int field) {
        decode(field);
        return super.get(field);
    }

    @Override
    public void put(int field, Object value) {
        throw new UnsupportedOperationException("an event that was read is not changed");
    }

    @Override
    public String getEventId() {
        decode(0);
        return super.getEventId();
    }

    @Override
    public Instant getEventTime() {
        decode(1);
        return super.getEventTime();
    }

    @Override
    public Instant getReceivedAt() {
        decode(2);
        return super.getReceivedAt();
    }

    @Override
    public Instant getQueuedAt() {
        decode(3);
        return super.getQueuedAt();
    }

    @Override
    public String getTenant() {
        decode(4);
        return super.getTenant();
    }

    @Override
    public String getStream() {
        decode(5);
        return super.getStream();
    }

    @Override
    public String getCampaign() {
        decode(6);
        return super.getCampaign();
    }

    @Override
    public List<String> getTags() {
        decode(7);
        return super.getTags();
    }

    @Override
    public String getMessageId() {
        decode(8);
        return super.getMessageId();
    }

    @Override
    public String getRecipient() {
        decode(9);
        return super.getRecipient();
    }

    @Override
    public String getOriginalRecipient() {
        decode(10);
        return super.getOriginalRecipient();
    }

    @Override
    public String getFinalRecipient() {
        decode(11);
        return super.getFinalRecipient();
    }

    @Override
    public String getSender() {
        decode(12);
        return super.getSender();
    }

    @Override
    public String getFromDomain() {
        decode(13);
        return super.getFromDomain();
    }

    @Override
    public Outcome getOutcome() {
        decode(14);
        return super.getOutcome();
    }

    @Override
    public Boolean getAsynchronous() {
        decode(15);
        return super.getAsynchronous();
    }

    @Override
    public Correlation getCorrelation() {
        decode(16);
        return super.getCorrelation();
    }

    @Override
    public Integer getAttempt() {
        decode(17);
        return super.getAttempt();
    }

    @Override
    public String getReply() {
        decode(18);
        return super.getReply();
    }

    @Override
    public boolean getReplyTruncated() {
        decode(19);
        return super.getReplyTruncated();
    }

    @Override
    public ReplySource getReplySource() {
        decode(20);
        return super.getReplySource();
    }

    @Override
    public String getSmtpCommand() {
        decode(21);
        return super.getSmtpCommand();
    }

    @Override
    public String getStatus() {
        decode(22);
        return super.getStatus();
    }

    @Override
    public String getAction() {
        decode(23);
        return super.getAction();
    }

    @Override
    public String getDiagnosticType() {
        decode(24);
        return super.getDiagnosticType();
    }

    @Override
    public String getRemoteHost() {
        decode(25);
        return super.getRemoteHost();
    }

    @Override
    public String getRemoteAddress() {
        decode(26);
        return super.getRemoteAddress();
    }

    @Override
    public String getSourceAddress() {
        decode(27);
        return super.getSourceAddress();
    }

    @Override
    public String getReportingMta() {
        decode(28);
        return super.getReportingMta();
    }

    @Override
    public Long getSizeBytes() {
        decode(29);
        return super.getSizeBytes();
    }

    @Override
    public String getFeedbackType() {
        decode(30);
        return super.getFeedbackType();
    }

    @Override
    public String getNativeClass() {
        decode(31);
        return super.getNativeClass();
    }

    @Override
    public String getIngestSource() {
        decode(32);
        return super.getIngestSource();
    }

    @Override
    public String getSourceRef() {
        decode(33);
        return super.getSourceRef();
    }
}
