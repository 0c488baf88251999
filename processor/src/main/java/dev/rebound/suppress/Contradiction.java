package dev.rebound.suppress;

/**
 * A message that a server had accepted came back, for a reason that says nothing against the recipient. It takes back what that
 * acceptance seemed to say, and no more.
 *
 * @param id id of the event
 * @param time when, in milliseconds since 1970
 * @param message stands for the Message-ID; 0 when it is not known. See {@link Items}
 */
public record Contradiction(String id, long time, long message) implements Item {}
