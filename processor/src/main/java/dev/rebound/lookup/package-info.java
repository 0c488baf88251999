/**
 * Looking up suppressions while the processor runs. Each instance holds some partitions of the state; whichever is asked reads its
 * own, asks the others for theirs, and says when an answer may be stale.
 */
package dev.rebound.lookup;
