package dev.rebound.ingest;

/**
 * How far a file of lines was read.
 *
 * @param bytes length of the part that was read
 * @param lines number of lines in it, blank ones included
 * @param sha256 hexadecimal digest of that part: tells whether the file still begins with it
 */
record LineMark(long bytes, long lines, String sha256) {}
