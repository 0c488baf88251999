package dev.rebound.bench;

import dev.rebound.app.Connections;
import dev.rebound.config.ReboundConfig;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;

/** The least that Kafka Streams can do: bytes from one topic to another. */
final class PassTopology implements StreamsJob.Plan {

    private static final Serde<byte[]> BYTES = Serdes.ByteArray();

    @Override
    public Topology build(ReboundConfig config, Connections connections, Properties properties) {
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream(config.topics().deliveryEvents().name(), Consumed.with(BYTES, BYTES))
                .to(Outputs.copies(config.topics()).name(), Produced.with(BYTES, BYTES));
        return builder.build();
    }

    @Override
    public boolean goesOn() {
        return false;
    }
}
