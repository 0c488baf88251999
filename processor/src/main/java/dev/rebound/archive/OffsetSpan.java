package dev.rebound.archive;

/**
 * Offsets of a partition. Not each of them need have a record: transactions leave marks and aborted records, which nobody reads.
 *
 * @param from first offset
 * @param to the offset behind the last one
 */
public record OffsetSpan(long from, long to) {}
