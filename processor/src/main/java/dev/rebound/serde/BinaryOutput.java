package dev.rebound.serde;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.io.Encoder;

/** Makes bytes of one value after the other, in the same buffer. Not safe for use by several threads. */
final class BinaryOutput {

    private final BytesEncoder encoder = new BytesEncoder();

    /** Writes a value. */
    @FunctionalInterface
    interface Writing {
        void to(Encoder encoder) throws IOException;
    }

    /** Avro binary of what is written, with so many bytes free in front of it. */
    byte[] bytesBehind(int free, Writing value) {
        // Not after the value: one that failed leaves something.
        encoder.clear();
        try {
            value.to(encoder);
        } catch (IOException e) {
            throw new UncheckedIOException("an array cannot fail", e);
        }
        return encoder.copyBehind(free);
    }
}
