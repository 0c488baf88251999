/**
 * From files to delivery events: mails, which {@link dev.rebound.mail} reads, and events as NDJSON. Readers turn bytes into events
 * or into a reason and never fail on content; {@link dev.rebound.ingest.IngestDsn} and
 * {@link dev.rebound.ingest.IngestNdjson} drive them, count everything, and remember in the {@link dev.rebound.ingest.Ledger}
 * what an {@link dev.rebound.ingest.EventSink} has acknowledged. {@link dev.rebound.ingest.IngestTraffic} does so for events
 * that are generated and come from nowhere.
 */
package dev.rebound.ingest;
