/**
 * What a replay came to, brought to live and taken back: differences of suppressions as commands, rows of the code table as revisions. What
 * is to be done about one address or one row is decided by pure functions ({@link dev.rebound.promote.AddressPlan}, {@link
 * dev.rebound.promote.RowPlan}); {@link dev.rebound.promote.Promotion} and {@link dev.rebound.promote.Rollback} do it, by interfaces for
 * live and for the record of what was promoted; {@link dev.rebound.promote.ReplayChanges} puts them together with the topics behind.
 */
package dev.rebound.promote;
