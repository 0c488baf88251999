package dev.rebound.bench;

/**
 * What one run of a variant took.
 *
 * @param eventsPerSecond from when the first event was written to when the last one was
 * @param cpuSecondsPerMillion processor time of the workers, per million events
 * @param brokerCpuSecondsPerMillion processor time of the broker, per million events
 * @param bytesWrittenPerEvent all that was written to topics, as it is stored, per event
 * @param peakMemoryBytes most memory of the workers; null where the system does not tell
 */
record Figures(
        double eventsPerSecond,
        double cpuSecondsPerMillion,
        double brokerCpuSecondsPerMillion,
        double bytesWrittenPerEvent,
        Long peakMemoryBytes) {}
