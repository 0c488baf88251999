package dev.rebound.generate;

/**
 * A message to one recipient.
 *
 * @param number its place among all messages, from 0
 * @param mailing what it belongs to
 * @param receiver where it goes
 * @param recipient the address
 * @param queuedAt when it entered the queue, in milliseconds since 1970
 * @param sizeBytes its size
 */
record Message(long number, Mailing mailing, Receiver receiver, String recipient, long queuedAt, int sizeBytes) {}
