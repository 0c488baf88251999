package dev.rebound.bench;

/**
 * What one run of a variant took.
 *
 * @param eventsPerSecond from the first output to the last
 * @param cpuSecondsPerMillion processor time of the worker, per million events
 * @param brokerCpuSecondsPerMillion of broker and bench, per million events
 * @param bytesWrittenPerEvent all that was written to topics, as it is stored, per event
 * @param peakBytes most memory of the worker; null where that is not known
 */
record Figures(
        double eventsPerSecond,
        double cpuSecondsPerMillion,
        double brokerCpuSecondsPerMillion,
        double bytesWrittenPerEvent,
        Long peakBytes) {}
