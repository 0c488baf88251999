/**
 * Changes of suppressions, and their topics: removal in bulk, import and erasure go by interfaces for the feed, the commands that
 * were given and those that are to be written; {@link dev.rebound.suppressions.SuppressionChanges} puts them together with the
 * topics behind.
 */
package dev.rebound.suppressions;
