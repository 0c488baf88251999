package dev.rebound.bench;

import java.lang.management.ManagementFactory;

/**
 * What a {@link LiveWorker} says of itself, as a line of JSON on its standard output: once it takes events, and when asked.
 *
 * @param cpuSeconds processor time since its start
 * @param collectionSeconds time that collections of garbage have taken since its start
 * @param heapBytes what the last collection, of whichever kind, left in the heap
 * @param residentBytes memory of the process, by the kernel's count; null where the kernel does not tell
 * @param storeBytes what the state stores hold of the memory that they share; part of the resident memory
 * @param threads live threads of the virtual machine
 */
record Status(
        double cpuSeconds, double collectionSeconds, long heapBytes, Long residentBytes, long storeBytes, int threads) {

    static Status of(RunningTopology topology) {
        return new Status(
                Usage.cpuSeconds(),
                Usage.collectionSeconds(),
                Usage.heapAfterCollectionBytes(),
                Usage.residentBytes(),
                topology.storeBytes(),
                ManagementFactory.getThreadMXBean().getThreadCount());
    }
}
