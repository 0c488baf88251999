/** Confluent's wire format (byte 0, four-byte schema id, Avro binary) over Confluent's registry client. */
package dev.rebound.serde;
