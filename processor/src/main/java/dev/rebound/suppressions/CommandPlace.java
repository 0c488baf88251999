package dev.rebound.suppressions;

import org.apache.kafka.common.utils.Bytes;

/**
 * Where a record of {@code suppression-commands} stands.
 *
 * @param partition its partition
 * @param offset its offset
 * @param key its key
 */
public record CommandPlace(int partition, long offset, Bytes key) {}
