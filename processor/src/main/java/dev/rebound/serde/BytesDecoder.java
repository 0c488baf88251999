package dev.rebound.serde;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.apache.avro.InvalidNumberEncodingException;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;

/**
 * Avro's binary encoding over an array of bytes. Avro's own decoder allocates what a length in the bytes asks for before it
 * looks whether so many bytes follow, up to two gigabytes for a record of ten; this one looks first, so that hostile bytes cost
 * no more memory than honest ones of their size.
 */
final class BytesDecoder extends Decoder {

    private static final int MAX_INT_BYTES = 5;
    private static final int MAX_LONG_BYTES = 10;

    private final byte[] bytes;
    private int position;
    private boolean shortest = true;

    /** Reads from this position to the end of the array, which is not copied. */
    BytesDecoder(byte[] bytes, int position) {
        this.bytes = bytes;
        this.position = position;
    }

    /** Nothing is left. */
    boolean isEnd() {
        return position == bytes.length;
    }

    /** Where the next value begins in the array. */
    int position() {
        return position;
    }

    /** All values so far were written as Avro's encoders write them; the encoding allows longer forms of most of them. */
    boolean isShortest() {
        return shortest;
    }

    @Override
    public void readNull() {
        // Null has no bytes.
    }

    @Override
    public boolean readBoolean() throws IOException {
        byte value = bytes[advance(1)];
        shortest &= value >> 1 == 0;
        return value == 1;
    }

    @Override
    public int readInt() throws IOException {
        long value = unzigzag(varint(MAX_INT_BYTES));
        if (value != (int) value) {
            throw new InvalidNumberEncodingException("Invalid int encoding");
        }
        return (int) value;
    }

    @Override
    public long readLong() throws IOException {
        return unzigzag(varint(MAX_LONG_BYTES));
    }

    /** As {@link #readLong}, for its length only. */
    void skipLong() throws IOException {
        int end = Math.min(bytes.length, position + MAX_LONG_BYTES);
        int last = position;
        while (last < end && bytes[last] < 0) {
            last++;
        }
        if (last == end) {
            // Throws: the number has no end.
            readLong();
        } else {
            shortest &= isShortest(last - position, bytes[last]);
            position = last + 1;
        }
    }

    /** Whether a number ends as the shortest form does, with this byte behind so many. */
    private static boolean isShortest(int before, byte last) {
        return last != 0 && (before < MAX_LONG_BYTES - 1 || last == 1) || before == 0;
    }

    /** Most numbers, and all nulls, take one byte. */
    private long varint(int longest) throws IOException {
        if (position < bytes.length && bytes[position] >= 0) {
            return bytes[position++];
        }
        return longerVarint(longest);
    }

    private long longerVarint(int longest) throws IOException {
        long value = 0;
        for (int i = 0; i < longest; i++) {
            byte next = bytes[advance(1)];
            value |= (long) (next & 0x7f) << (7 * i);
            if (next >= 0) {
                shortest &= isShortest(i, next);
                return value;
            }
        }
        throw new InvalidNumberEncodingException("a number of more than " + longest + " bytes");
    }

    private static long unzigzag(long value) {
        return (value >>> 1) ^ -(value & 1);
    }

    @Override
    public float readFloat() throws IOException {
        return littleEndian(Float.BYTES).getFloat();
    }

    @Override
    public double readDouble() throws IOException {
        return littleEndian(Double.BYTES).getDouble();
    }

    private ByteBuffer littleEndian(int length) throws IOException {
        return ByteBuffer.wrap(bytes, advance(length), length).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public Utf8 readString(Utf8 old) throws IOException {
        int length = length();
        byte[] text = new byte[length];
        System.arraycopy(bytes, advance(length), text, 0, length);
        return new Utf8(text);
    }

    @Override
    public String readString() throws IOException {
        int length = length();
        return new String(bytes, advance(length), length, StandardCharsets.UTF_8);
    }

    @Override
    public void skipString() throws IOException {
        skipText();
    }

    /** As {@link #skipString}; the number of its bytes, behind which the decoder is then. */
    int skipText() throws IOException {
        int length = length();
        advance(length);
        return length;
    }

    @Override
    public ByteBuffer readBytes(ByteBuffer old) throws IOException {
        int length = length();
        byte[] copy = new byte[length];
        System.arraycopy(bytes, advance(length), copy, 0, length);
        return ByteBuffer.wrap(copy);
    }

    @Override
    public void skipBytes() throws IOException {
        advance(length());
    }

    @Override
    public void readFixed(byte[] into, int start, int length) throws IOException {
        System.arraycopy(bytes, advance(length), into, start, length);
    }

    @Override
    public void skipFixed(int length) throws IOException {
        advance(length);
    }

    @Override
    public int readEnum() throws IOException {
        return readInt();
    }

    @Override
    public long readArrayStart() throws IOException {
        return items();
    }

    @Override
    public long arrayNext() throws IOException {
        long count = items();
        shortest &= count == 0;
        return count;
    }

    @Override
    public long skipArray() throws IOException {
        return skipItems();
    }

    @Override
    public long readMapStart() throws IOException {
        return items();
    }

    @Override
    public long mapNext() throws IOException {
        return items();
    }

    @Override
    public long skipMap() throws IOException {
        return skipItems();
    }

    @Override
    public int readIndex() throws IOException {
        return readInt();
    }

    /** The number of items in a block; a negative one is followed by the block's length in bytes. */
    private long items() throws IOException {
        long count = readLong();
        if (count < 0) {
            shortest = false;
            readLong();
            count = -count;
        }
        return plausible(count);
    }

    private long skipItems() throws IOException {
        long count = readLong();
        while (count < 0) {
            advance(checked(readLong()));
            count = readLong();
        }
        return plausible(count);
    }

    /** Items without bytes do not occur in Rebound's schemas, and would let a few bytes ask for any number of them. */
    private long plausible(long count) throws EOFException {
        if (count < 0 || count > bytes.length - position) {
            throw new EOFException("a block of " + count + " items in " + (bytes.length - position) + " bytes");
        }
        return count;
    }

    private int length() throws IOException {
        return checked(readLong());
    }

    private int checked(long length) throws IOException {
        if (length < 0 || length > bytes.length - position) {
            throw new EOFException("a length of " + length + " with " + (bytes.length - position) + " bytes left");
        }
        return (int) length;
    }

    /** Moves on by so many bytes. @return where they begin */
    private int advance(int length) throws IOException {
        if (length < 0 || length > bytes.length - position) {
            throw new EOFException(length + " bytes wanted, " + (bytes.length - position) + " left");
        }
        int start = position;
        position += length;
        return start;
    }
}
