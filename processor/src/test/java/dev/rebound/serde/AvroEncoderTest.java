package dev.rebound.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rebound.schema.StatusCode;
import dev.rebound.schema.StatusCodeRevision;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;

class AvroEncoderTest {

    private static final StatusCode ROW = new StatusCode(
            "5.1.1",
            "operator",
            List.of(StatusCodeRevision.newBuilder().setSummary("s").build()));

    private final FakeRegistry registry = new FakeRegistry();
    private final int id = registry.put(StatusCode.getClassSchema());
    private final WriterSchemas schemas = new WriterSchemas(registry, Duration.ZERO);
    private final AvroEncoder<StatusCode> encoder = new AvroEncoder<>(StatusCode.getClassSchema());

    @Test
    void theFrameStandsInFrontOfTheBody() {
        assertThat(encoder.framed(7, ROW)).isEqualTo(WireFormat.frame(7, encoder.body(ROW)));
    }

    /** The encoder is used again after a value that it could not write; nothing of that one may come out later. */
    @Test
    void aRefusedValueLeavesNothingBehind() {
        byte[] clean = encoder.body(ROW);
        StatusCode broken = new StatusCode("long enough to be seen", "operator", Collections.singletonList(null));

        assertThatThrownBy(() -> encoder.body(broken)).isInstanceOf(NullPointerException.class);
        assertThat(encoder.body(ROW)).isEqualTo(clean);
    }

    @Test
    void aTombstoneIsNullBothWays() {
        try (AvroSerde<StatusCode> serde = new AvroSerde<>(schemas, StatusCode.getClassSchema(), id)) {
            assertThat(serde.serializer().serialize("status-codes", null)).isNull();
            assertThat(serde.deserializer().deserialize("status-codes", null)).isNull();
        }
    }

    @Test
    void theSerdeSaysWhichTopicHoldsWhatCannotBeRead() {
        try (AvroSerde<StatusCode> serde = new AvroSerde<>(schemas, StatusCode.getClassSchema(), id)) {
            byte[] value = serde.serializer().serialize("status-codes", ROW);
            assertThat(serde.deserializer().deserialize("status-codes", value)).isEqualTo(ROW);
            assertThatThrownBy(() -> serde.deserializer().deserialize("status-codes", new byte[] {1}))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageStartingWith("status-codes: NOT_WIRE_FORMAT: value of 1 bytes");
        }
    }

    /** Streams gives one serializer to all threads that write a topic. */
    @Test
    void oneSerializerServesSeveralThreads() {
        try (AvroSerde<StatusCode> serde = new AvroSerde<>(schemas, StatusCode.getClassSchema(), id)) {
            Serializer<StatusCode> shared = serde.serializer();
            byte[] alone = shared.serialize("status-codes", ROW);
            boolean allRight = IntStream.range(0, 200_000)
                    .parallel()
                    .allMatch(i -> Arrays.equals(alone, shared.serialize("status-codes", ROW)));
            assertThat(allRight).isTrue();
        }
    }
}
