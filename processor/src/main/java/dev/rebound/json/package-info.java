/**
 * Rebound's records as plain JSON: no wrappers around union values, times as ISO 8601, enums as their symbols. Knows Avro
 * schemas, and nothing of any particular record. Also how input is read, and appears in messages.
 */
package dev.rebound.json;
