package dev.rebound.suppress.imports;

/**
 * What became of a file.
 *
 * @param format how it was read
 * @param rows rows with something in them, column names and comments left out; the sum of the other three
 * @param good rows handed over
 * @param bad rows reported
 * @param duplicates rows passed over because an earlier good row has the address
 */
public record ImportSummary(ImportFormat format, long rows, long good, long bad, long duplicates) {}
