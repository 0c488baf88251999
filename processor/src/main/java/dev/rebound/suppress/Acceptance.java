package dev.rebound.suppress;

/**
 * A receiving server took a message for the address.
 *
 * @param id id of the event
 * @param time when, in milliseconds since 1970
 * @param message stands for the Message-ID; 0 when it is not known. See {@link Items}
 */
public record Acceptance(String id, long time, long message) implements Item {}
