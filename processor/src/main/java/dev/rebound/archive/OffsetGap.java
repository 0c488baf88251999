package dev.rebound.archive;

/**
 * Offsets that the topic had lost, to its retention or to someone who deleted records, before they were archived.
 *
 * @param partition partition
 * @param from first offset that is missing
 * @param to the offset behind the last one that is missing
 */
public record OffsetGap(int partition, long from, long to) implements Entry {}
