package dev.rebound.archive;

/**
 * What was restored.
 *
 * @param topic the topic that was written to
 * @param records records that it has now
 * @param archived records that the archive has
 * @param complete false when it was stopped before its end; then the topic is of no use
 */
public record RestoreReport(String topic, long records, long archived, boolean complete) {}
