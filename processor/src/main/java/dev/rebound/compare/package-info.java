/**
 * The difference between two sides, the live one and a replay or two replays: events that were classified differently, and what follows
 * from that for suppressions and statistics. {@link dev.rebound.compare.Comparer} reads the topics of both; what it finds is a
 * {@link dev.rebound.compare.Comparison}, which is written as JSON, as a page and, by the command line, as a table. What is held in memory
 * is bounded; the rest is on disk while it is compared.
 */
package dev.rebound.compare;
