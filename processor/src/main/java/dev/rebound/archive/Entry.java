package dev.rebound.archive;

/** What a line of the manifest says. */
sealed interface Entry permits Origin, KeptSchema, OffsetGap, ArchivedFile {}
