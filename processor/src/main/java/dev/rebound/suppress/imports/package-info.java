/**
 * Reads the suppression lists that other systems export. {@link dev.rebound.suppress.imports.SuppressionImport} recognises
 * whose export a file is by its column names and hands over one {@link dev.rebound.suppress.imports.ImportedRow} after the
 * other; rows that cannot or must not be used are reported by their number. Pure: no Kafka, no network, no clock.
 */
package dev.rebound.suppress.imports;
