package dev.rebound.topology;

/** What counts, or can change whether an address may be written to: an event, somebody's instruction, the end of a replay. */
sealed interface Signal permits Classified, Instructed.Instruction, EndOfReplay {}
