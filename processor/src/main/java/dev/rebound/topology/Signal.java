package dev.rebound.topology;

/** What can change whether an address may be written to: an event, or somebody's instruction. */
sealed interface Signal permits Judged.Classified, Instructed.Instruction {}
