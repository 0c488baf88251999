/**
 * Files of {@code delivery-events}, so that a replay reaches further back than the topic's retention, and back into a topic.
 * {@link dev.rebound.archive.ArchiveTopic} writes them, {@link dev.rebound.archive.Archive} reads them. What is in an archive is what its
 * manifest says: a file only counts once a whole line of it names the file.
 */
package dev.rebound.archive;
