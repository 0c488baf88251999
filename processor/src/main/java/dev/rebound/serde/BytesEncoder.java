package dev.rebound.serde;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.avro.io.BinaryData;
import org.apache.avro.io.Encoder;
import org.apache.avro.util.Utf8;

/**
 * Avro's binary encoding into an array that is used again and again: the counterpart of {@link BytesDecoder}. Avro's own encoder keeps its
 * bytes in one buffer, copies them to another, and makes a third of every text.
 */
final class BytesEncoder extends Encoder {

    private static final int LONGEST_NUMBER = 10;

    private byte[] bytes = new byte[1024];
    private int size;

    /** Forgets what was written. */
    void clear() {
        size = 0;
    }

    /** Copy of what was written since, with so many bytes free in front of it. */
    byte[] copyBehind(int free) {
        byte[] copy = new byte[free + size];
        System.arraycopy(bytes, 0, copy, free, size);
        return copy;
    }

    private void need(int more) {
        if (more > bytes.length - size) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), bytes.length * 2));
        }
    }

    private void put(int value) {
        need(1);
        bytes[size++] = (byte) value;
    }

    @Override
    public void writeNull() {
        // Null has no bytes.
    }

    @Override
    public void writeBoolean(boolean value) {
        put(value ? 1 : 0);
    }

    @Override
    public void writeInt(int value) {
        writeLong(value);
    }

    @Override
    public void writeLong(long value) {
        need(LONGEST_NUMBER);
        size += BinaryData.encodeLong(value, bytes, size);
    }

    @Override
    public void writeFloat(float value) {
        need(Float.BYTES);
        size += BinaryData.encodeFloat(value, bytes, size);
    }

    @Override
    public void writeDouble(double value) {
        need(Double.BYTES);
        size += BinaryData.encodeDouble(value, bytes, size);
    }

    @Override
    public void writeString(Utf8 text) {
        writeBytes(text.getBytes(), 0, text.getByteLength());
    }

    /** Most texts are short and ASCII, and are written without making anything of them first. */
    @Override
    public void writeString(String text) {
        int start = size;
        int length = text.length();
        writeLong(length);
        need(length);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                size = start;
                byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
                writeBytes(encoded, 0, encoded.length);
                return;
            }
            bytes[size++] = (byte) c;
        }
    }

    @Override
    public void writeBytes(ByteBuffer value) {
        byte[] copy = new byte[value.remaining()];
        value.duplicate().get(copy);
        writeBytes(copy, 0, copy.length);
    }

    @Override
    public void writeBytes(byte[] value, int start, int length) {
        writeLong(length);
        writeFixed(value, start, length);
    }

    @Override
    public void writeFixed(byte[] value, int start, int length) {
        need(length);
        System.arraycopy(value, start, bytes, size, length);
        size += length;
    }

    @Override
    public void writeEnum(int symbol) {
        writeLong(symbol);
    }

    @Override
    public void writeIndex(int branch) {
        writeLong(branch);
    }

    /** All items are one block, whose length comes with {@link #setItemCount}. */
    @Override
    public void writeArrayStart() {
        // Nothing comes before the block.
    }

    @Override
    public void setItemCount(long items) {
        if (items > 0) {
            writeLong(items);
        }
    }

    @Override
    public void startItem() {
        // Nothing stands between items.
    }

    @Override
    public void writeArrayEnd() {
        put(0);
    }

    @Override
    public void writeMapStart() {
        // As of arrays.
    }

    @Override
    public void writeMapEnd() {
        put(0);
    }

    @Override
    public void flush() {
        // What is written is where it belongs.
    }
}
