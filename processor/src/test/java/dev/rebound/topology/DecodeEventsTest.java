package dev.rebound.topology;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;

class DecodeEventsTest {

    /** Where a record stands is compared with where Kafka's own producers put it. */
    @Property
    void aKeysPlaceIsTheOneOfKafkasPartitioner(@ForAll byte[] key, @ForAll("partitions") int partitions) {
        DecodeEvents.Place place = DecodeEvents.Place.amongPartitions(partitions);
        int right = BuiltInPartitioner.partitionForKey(key, partitions);

        for (int partition = 0; partition < partitions; partition++) {
            assertThat(place.isRight(key, partition)).isEqualTo(partition == right);
        }
    }

    @Provide
    Arbitrary<Integer> partitions() {
        return Arbitraries.of(1, 2, 3, 8, 12);
    }
}
