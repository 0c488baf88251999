package dev.rebound.suppress.imports;

/**
 * A row that was not imported.
 *
 * @param row line of the file on which the row begins, from 1
 * @param reason what is wrong and what was expected; holds no address
 */
public record BadRow(long row, String reason) {}
