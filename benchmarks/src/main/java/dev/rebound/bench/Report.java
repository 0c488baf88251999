package dev.rebound.bench;

/**
 * What a worker answers once all events are processed and committed, as a line of JSON on its standard output.
 *
 * @param cpuSeconds processor time of the worker from when it was ready to take events
 * @param peakBytes most memory of the worker during the run, by the kernel's count; null where the kernel does not tell
 */
record Report(double cpuSeconds, Long peakBytes) {}
