package dev.rebound.lookup;

import dev.rebound.suppress.Erasure;
import dev.rebound.suppress.SuppressionKey;
import dev.rebound.suppress.SuppressionList;
import dev.rebound.topology.Partitions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Under which keys, in which partitions, an address can be suppressed.
 *
 * @param partitions number of partitions of the state
 * @param erasure makes the stand-ins of erased addresses; empty when none can have been erased
 */
record AddressKeys(int partitions, Optional<Erasure> erasure) {

    /**
     * A key where it can be.
     *
     * @param key the key
     * @param partition the partition
     */
    record Placed(SuppressionKey key, int partition) {}

    /**
     * On these lists: the address, its domain, and what stands for it since it was erased.
     *
     * @param address an address, {@code @domain}, or stand-in of an erased address, in normal form
     */
    List<Placed> all(List<SuppressionList> lists, String address) {
        List<Placed> all = new ArrayList<>();
        for (SuppressionList list : lists) {
            all.addAll(own(list, address));
            int at = address.lastIndexOf('@');
            if (at > 0) {
                SuppressionKey domain = new SuppressionKey(list, address.substring(at));
                all.add(new Placed(domain, partition(domain.home())));
            }
        }
        return all;
    }

    /** On this list: the address, and what stands for it since it was erased. */
    List<Placed> own(SuppressionList list, String address) {
        SuppressionKey key = new SuppressionKey(list, address);
        if (key.isErased()) {
            // It is where the address was, which it does not tell.
            return IntStream.range(0, partitions)
                    .mapToObj(partition -> new Placed(key, partition))
                    .toList();
        }
        int partition = partition(key.home());
        List<Placed> own = new ArrayList<>();
        own.add(new Placed(key, partition));
        erasure.ifPresent(secret -> own.add(new Placed(new SuppressionKey(list, secret.standIn(address)), partition)));
        return own;
    }

    private int partition(byte[] home) {
        return Partitions.of(home, partitions);
    }
}
