package dev.rebound.serde;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;

/** Makes bytes of one value after the other, in the same buffers. Not safe for use by several threads. */
final class BinaryOutput {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
    private BinaryEncoder reused;

    /** Writes a value. */
    @FunctionalInterface
    interface Writing {
        void to(Encoder encoder) throws IOException;
    }

    /** Avro binary of what is written. */
    byte[] bytes(Writing value) {
        try {
            reused = EncoderFactory.get().binaryEncoder(out, reused);
            // In this order: taking the encoder up again flushes what a value that failed left in it.
            out.reset();
            value.to(reused);
            reused.flush();
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("a byte array cannot fail", e);
        }
    }
}
